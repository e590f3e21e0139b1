"""The filter that makes the addresses in a plain text links."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

ADDRESS = re.compile(r"(https://[^\s<>\"“”]*[\w/])")
"""It ends with a letter, digit, underscore or slash: a full stop or bracket behind is not part of it."""


@register.filter
def linked(text: str) -> SafeString:
    """Escape a text and make each https address in it a link, shown without its scheme."""
    pieces = enumerate(ADDRESS.split(text))
    return format_html_join("", "{}", ((_link(piece) if number % 2 else piece,) for number, piece in pieces))


def _link(address: str) -> SafeString:
    shown = address.removeprefix("https://").removesuffix("/")
    return format_html('<a href="{}" rel="external">{}</a>', address, shown)
