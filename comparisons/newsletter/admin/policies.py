"""Content security policies of the pages that show a mail.

The page may show a frame. The mail in it may use the styles in its tags, and nothing else: no script, form or
request, and no way out of the frame, whatever an editor's text holds.
"""

from typing import Any

from django.utils.csp import CSP

from comparisons.http.content_security_policy import admin_policy

PAGE_POLICY: dict[str, list[str]] = {**admin_policy(), "frame-src": [CSP.SELF]}
MAIL_POLICY: dict[str, Any] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "sandbox": True,
}
