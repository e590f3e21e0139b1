"""The tag that prints a script."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from comparisons.http.content_security_policy import integrity

register = template.Library()


@register.simple_tag
def script(path: str) -> SafeString:
    """Print a script tag with the hash that the content security policy allows."""
    return format_html('<script src="{}" integrity="{}" defer></script>', static(path), integrity(path))
