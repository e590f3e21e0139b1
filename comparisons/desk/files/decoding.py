"""From a file's bytes to its text: UTF-8 and UTF-16 are certain, Windows-1252 is a guess that is shown."""

import codecs
import re

from comparisons.desk.files import messages, xlsx_format
from comparisons.desk.files.tables import Unreadable

UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WITH_AN_ACCENT = re.compile(r"[^\x00-\x1f,;\"]{0,30}[^\x00-\x7f][^\x00-\x1f,;\"]{0,30}")


def decode(content: bytes) -> tuple[str, list[str]]:
    """Return the text without its byte order mark, and notes for the editor. Raises Unreadable."""
    if content.startswith(xlsx_format.ARCHIVE):
        raise Unreadable(messages.WORKBOOK_AS_TEXT)
    try:
        return _decode(content)
    except UnicodeDecodeError:
        raise Unreadable(messages.NO_TEXT) from None


def _decode(content: bytes) -> tuple[str, list[str]]:
    if content.startswith(UTF_16_MARKS):
        return content.decode("utf-16"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise error from None
    example = WITH_AN_ACCENT.search(text)
    return text, [messages.read_as_windows_1252(example=example[0].strip() if example else "")]
