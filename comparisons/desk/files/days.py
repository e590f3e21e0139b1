"""Days as spreadsheets write them: 22.11.2026, 22/11/2026 or 11/22/2026 become 2026-11-22.

Whether the day or the month comes first is one question for a whole file, answered by those of its days that
leave no doubt. Where none does, or where they disagree, the cells stay as they are and are refused.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from comparisons.desk.files import messages
from comparisons.desk.files.tables import Table

WRITTEN = re.compile(
    r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T]+(\d{1,2})(:\d\d(?::\d\d)?))?\s*", re.ASCII
)
YEAR_FIRST = re.compile(r"\s*(\d{4})([./])(\d{1,2})\2(\d{1,2})\s*", re.ASCII)
LAST_MONTH = 12


def with_iso_days(table: Table, columns: Iterable[str]) -> tuple[Table, list[str]]:
    """Return the table with the days and moments of `columns` in ISO 8601, and notes for the editor."""
    columns = list(columns)
    texts: list[str] = []
    for row in table.rows:
        texts += [row[name] for name in columns if name in row]
    is_day_first = _is_day_first(texts)
    rows = [
        row | {name: _iso(row[name], is_day_first=is_day_first) for name in columns if name in row}
        for row in table.rows
    ]
    if is_day_first is None or rows == table.rows:
        return replace(table, rows=rows), []
    example = next(text.strip() for text in texts if WRITTEN.fullmatch(text))
    return replace(table, rows=rows), [messages.days_read(example=example, is_day_first=is_day_first)]


def _is_day_first(texts: Iterable[str]) -> bool | None:
    """Say whether the day comes before the month; None without an answer. Full stops mean that it does."""
    answers = set()
    for text in texts:
        if written := WRITTEN.fullmatch(text):
            first = int(written[1])
            second = int(written[3])
            if first > LAST_MONTH or (written[2] == "." and second <= LAST_MONTH):
                answers.add(True)
            elif second > LAST_MONTH:
                answers.add(False)
    return answers.pop() if len(answers) == 1 else None


def _iso(text: str, *, is_day_first: bool | None) -> str:
    """Return a day in ISO 8601, or the text as it is. Whether there is such a day, its column knows."""
    if written := YEAR_FIRST.fullmatch(text):
        return f"{written[1]}-{int(written[3]):02}-{int(written[4]):02}"
    written = WRITTEN.fullmatch(text)
    if not written or (is_day_first is None and written[1] != written[3]):
        return text
    first = f"{int(written[1]):02}"
    second = f"{int(written[3]):02}"
    time = f" {int(written[5]):02}{written[6]}" if written[5] else ""
    day = f"{second}-{first}" if is_day_first else f"{first}-{second}"
    return f"{written[4]}-{day}{time}"
