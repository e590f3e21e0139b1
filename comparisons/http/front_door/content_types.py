"""The content type of a body in the one form that Django is given.

Django decodes forms and the query of a GET in the charset a request names. A page would depend on a header
that caches ignore, so only UTF-8 is allowed.
"""

import re

from comparisons.http.front_door.refused import Refused

_WORD = r"[A-Za-z0-9!#$%&'*+.^_`|~-]+"  # RFC 9110, section 5.6.2
_TYPE = re.compile(rf"({_WORD}/{_WORD})[ \t]*(?:;|$)")
_PARAMETER = re.compile(rf';[ \t]*({_WORD})=(?:({_WORD})|"([^"\\]*)")[ \t]*(?=;|$)')
_BOUNDARY = re.compile(r"[A-Za-z0-9'()+_,./:=? -]{1,70}")  # RFC 2046, section 5.1.1
MOST_CHARACTERS = 200


def clean_content_type(text: str) -> str:
    """Return a content type with its boundary and no other parameter.

    Raises Refused (415) for an invalid one, and for a charset other than UTF-8.
    """
    kind = _TYPE.match(text)
    if not kind or len(text) > MOST_CHARACTERS:
        raise Refused(415, "content type")
    clean = kind[1].lower()
    for name, bare, quoted in _PARAMETER.findall(text, kind.end(1)):
        value = bare or quoted
        if name.lower().startswith("charset") and f"{name}={value}".lower() not in (
            "charset=utf-8",
            "charset=utf8",
        ):
            raise Refused(415, "charset")
        if name.lower() == "boundary" and "boundary" not in clean and _BOUNDARY.fullmatch(value):
            clean += f'; boundary="{value}"'
    return clean
