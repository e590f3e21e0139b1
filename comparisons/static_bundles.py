"""Style sheets and scripts are written as small files and sent as one each, to save requests.

There is no build step: `collectstatic` and the development server use this finder.
"""

import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

BUNDLES = {
    "css/site.css": tuple(
        f"css/{name}.css"
        for name in (
            "tokens",
            "reset",
            "base",
            "frame",
            "buttons",
            "panel",
            "lists",
            "compare_tray",
            "verdicts",
            "compare",
            "facts",
            "weights",
            "picker",
            "tool",
            "reviewers",
            "search",
            "articles",
            "newsletter",
        )
    ),
    "js/site.js": tuple(
        f"js/{name}.js"
        for name in (
            "new_tabs",
            "bookmarks_panel",
            "folds",
            "newsletter_form",
            "action_queue",
            "visitor_state",
            "request_errors",
            "compare_tray",
            "list_filters",
            "picker",
        )
    ),
}
"""The parts of each bundle, in order."""

WHOLE_COMMENTS = {".css": re.compile(r"/\*.*?\*/", re.DOTALL), ".js": re.compile(r"^\s*//.*$", re.MULTILINE)}


def bundle(parts: Iterable[Path]) -> str:
    """Return the texts of `parts` in order, without comments, indentation and empty lines."""
    texts = (WHOLE_COMMENTS[part.suffix].sub("", part.read_text()) for part in parts)
    lines = map(str.strip, chain.from_iterable(text.splitlines() for text in texts))
    return "\n".join(line for line in lines if line) + "\n"


class BundleFinder(BaseFinder):
    """Finds the files of `BUNDLES`, and writes one anew if a part has changed."""

    @cached_property
    def directory(self) -> tempfile.TemporaryDirectory:
        return tempfile.TemporaryDirectory(prefix="panelship-static-")

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    # The stubs have a signature for each value of `find_all`; Django calls it with both.
    def find(self, path: str, find_all: bool = False) -> str | list[str]:  # type: ignore[override]
        if path not in BUNDLES:
            return []  # as Django's finders: None would count as a file that was found
        written = str(self._written(path))
        return [written] if find_all else written

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        storage = FileSystemStorage(location=self.directory.name)
        for path in BUNDLES:
            self._written(path)
            yield path, storage

    def _written(self, path: str) -> Path:
        written = Path(self.directory.name, path)
        parts = [Path(settings.STATICFILES_DIRS[0], part) for part in BUNDLES[path]]
        if not written.exists() or written.stat().st_mtime < max(part.stat().st_mtime for part in parts):
            written.parent.mkdir(parents=True, exist_ok=True)
            written.write_text(bundle(parts))
        return written
