"""A QR code as an SVG in the page: the content security policy allows no data: address."""

from collections.abc import Sequence

import qrcode  # type: ignore[import-untyped]
from django.utils.html import format_html
from django.utils.safestring import SafeString


def qr_svg(text: str, *, label: str) -> SafeString:
    """Return `text` as a QR code, dark on white in both colour schemes. `label` is for screen readers."""
    code = qrcode.QRCode(border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    path = "".join(_row_path(y, row) for y, row in enumerate(rows))
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<rect width="100%" height="100%" fill="#fff"/><path fill="#000" d="{}"/></svg>',
        label,
        len(rows),
        len(rows),
        path,
    )


def _row_path(y: int, row: Sequence[bool]) -> str:
    """Return the part of an SVG path that fills the dark squares of a row, each one unit wide."""
    return "".join(f"M{x} {y}h1v1h-1z" for x, is_dark in enumerate(row) if is_dark)
