"""The content security policy, and the scripts it allows.

Scripts are allowed by the hash of their contents, so the policy of a public page is one constant text that
caches may keep, and a changed script does not run. In the admin, whose pages are never cached, Django's own
scripts are allowed by nonce, and a form may show its preview in a frame. Otherwise both policies are equal.
"""

import base64
import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils.csp import CSP

SCRIPTS = ("django_htmx/htmx-2.min.js", "js/site.js")


@cache
def integrity(path: str) -> str:
    """Return `sha384-…` for the static file at `path`, for `integrity` attributes and the policy.

    Raises FileNotFoundError if there is no such file.
    """
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(path)
    digest = hashlib.sha384(Path(found).read_bytes()).digest()
    return f"sha384-{base64.b64encode(digest).decode()}"


def _policy(scripts: list[str]) -> dict[str, list[str]]:
    return {
        "default-src": [CSP.NONE],
        "script-src": scripts,
        "style-src": [CSP.SELF],
        "img-src": [CSP.SELF],
        "font-src": [CSP.SELF],
        "connect-src": [CSP.SELF],
        "form-action": [CSP.SELF],
        "frame-ancestors": [CSP.NONE],
        "base-uri": [CSP.NONE],
        "object-src": [CSP.NONE],
    }


@cache
def public_policy() -> dict[str, list[str]]:
    """Return the policy of every page but the admin's."""
    return _policy([f"'{integrity(path)}'" for path in SCRIPTS])


@cache
def admin_policy() -> dict[str, list[str]]:
    """Return the policy of the admin's pages; Django adds the nonce."""
    return _policy([CSP.NONCE]) | {"frame-src": [CSP.SELF]}
