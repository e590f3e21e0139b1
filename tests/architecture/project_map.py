"""Writes docs/map.md from module docstrings: `python -m tests.architecture.project_map`."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "docs" / "map.md"
APPS = ("reviews", "comparisons")
HEAD = """# Map

Every module and what it is for, in its own words. `make map` writes this file and a test compares it with
the code, so it is changed by changing a docstring. Templates, styles and scripts are named after the view or
the part of the page they belong to; a template whose name begins with an underscore is only ever included.
"""


def modules() -> Iterator[Path]:
    """Yield the Python files of both apps with code or a docstring, in alphabetical order; no migrations."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py"), key=lambda path: (path.parent.as_posix(), path.name)):
            if "migrations" not in path.parts and path.read_text().strip():
                yield path


def first_sentence(path: Path) -> str:
    """Return the first sentence of a module's docstring on one line, or ""."""
    docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
    paragraph = " ".join(docstring.split("\n\n")[0].split())
    end = paragraph.find(". ")
    return paragraph if end < 0 else paragraph[: end + 1]


def project_map() -> str:
    """Return the text of docs/map.md."""
    lines = [HEAD]
    folder = None
    for path in modules():
        if path.parent != folder:
            folder = path.parent
            package = folder / "__init__.py"
            says = first_sentence(package)
            lines += ["", f"## {folder.relative_to(ROOT).as_posix()}/", ""] + ([says, ""] if says else [])
        if path.name != "__init__.py":
            lines.append(f"- `{path.name}`: {first_sentence(path)}")
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


if __name__ == "__main__":
    MAP.write_text(project_map())
