"""The tag that keeps a piece of a page for several places in it."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import mark_safe

register = template.Library()


class CaptureNode(template.Node):
    """Renders its content once; blocks in it can be filled by templates that extend the page."""

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> str:
        # Rendered text is escaped already; white space is folded, because attributes keep line breaks.
        text = " ".join(self.nodelist.render(context).split())
        context[self.name] = mark_safe(text)  # noqa: S308  # nosec B308 B703
        return ""


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """Render what stands up to `endcapture` into a variable: `{% capture page_title %}…{% endcapture %}`."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)
