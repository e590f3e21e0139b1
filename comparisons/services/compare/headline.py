"""The headline of a comparison: standing, differences, date, and what is not known.

`headline_wording` makes the sentences.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from comparisons.services.compare.panel_matrix import MatrixRow, MatrixTotal, PanelMatrix
from comparisons.services.compare.standing import Outcome, Standing
from reviews.models import Reviewer, Tool, Verdict


class Unknown(StrEnum):
    """What a comparison does not know."""

    UNCHECKED = "unchecked"
    """The tool's facts were never checked."""
    MISSING = "missing"
    """Verdicts are missing."""
    UNSCORED = "unscored"
    """Verdicts without a score."""
    OLD = "old"
    """The oldest verdict is old."""
    APART = "apart"
    """The tools were judged far apart in time."""
    RELEASED = "released"
    """Another version came out after the one that was judged."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """One thing not known, about one tool, or about all of them (None)."""

    kind: Unknown
    tool: Tool | None
    number: int
    """Verdicts missing or without a score; or days: the age of the oldest, the distance in time, or how long
    after the newest verdict the other version came out.
    """
    judged_version: str = ""
    released_version: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """A reviewer who ships some of the tools and skips others; verdicts in column order."""

    reviewer: Reviewer
    ships: tuple[Verdict, ...]
    skips: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """What stands above everything else on a comparison."""

    standing: Standing
    totals: tuple[MatrixTotal, ...]
    """Ships and verdicts of each tool: the leader first, else in column order."""
    differences: tuple[Difference, ...]
    """In panel order."""
    skip_all: tuple[Reviewer, ...]
    """Reviewers who skip every tool, in panel order."""
    judged_on: date | None
    """The day of the newest verdict; None without any."""
    caveats: tuple[Caveat, ...]

    @property
    def leader(self) -> Tool | None:
        return self.standing.leader

    @property
    def outcome(self) -> Outcome:
        return self.standing.outcome


def headline(
    *, matrix: PanelMatrix, standing: Standing, today: date, stale_days: int, apart_days: int
) -> Headline:
    """Sum a comparison up. No query.

    Verdicts older than `stale_days`, and tools judged more than `apart_days` apart, are caveats.
    """
    cells = chain.from_iterable(row.cells for row in matrix.rows)
    verdicts = [cell.verdict for cell in cells if cell.verdict]
    return Headline(
        standing=standing,
        totals=tuple(sorted(matrix.totals, key=lambda total: total.tool != standing.leader)),
        differences=tuple(_difference(row) for row in matrix.split_rows),
        skip_all=tuple(
            row.reviewer for row in matrix.rows if {cell.decision for cell in row.cells} == {"skip"}
        ),
        judged_on=max((verdict.reviewed_on for verdict in verdicts), default=None),
        caveats=tuple(caveats(matrix=matrix, today=today, stale_days=stale_days, apart_days=apart_days)),
    )


def _difference(row: MatrixRow) -> Difference:
    verdicts = [cell.verdict for cell in row.cells if cell.verdict]
    return Difference(
        reviewer=row.reviewer,
        ships=tuple(verdict for verdict in verdicts if verdict.is_ship),
        skips=tuple(verdict for verdict in verdicts if not verdict.is_ship),
    )


def caveats(*, matrix: PanelMatrix, today: date, stale_days: int, apart_days: int) -> list[Caveat]:
    """Return what is not known, in the order of `Unknown` and of the columns."""
    found = [Caveat(Unknown.UNCHECKED, tool, 0) for tool in matrix.tools if not tool.is_checked]
    for index, total in enumerate(matrix.totals):
        missing = sum(row.cells[index].verdict is None for row in matrix.rows)
        unscored = total.panel.total - len(total.panel.scores)
        if missing:
            found.append(Caveat(Unknown.MISSING, total.tool, missing))
        if unscored:
            found.append(Caveat(Unknown.UNSCORED, total.tool, unscored))
    days = [_days(matrix, index) for index in range(len(matrix.tools))]
    for tool, given in zip(matrix.tools, days, strict=True):
        if given and today - given[0] > timedelta(days=stale_days):
            found.append(Caveat(Unknown.OLD, tool, (today - given[0]).days))
    found += [caveat for tool in matrix.tools if (caveat := _newer_release(matrix, tool))]
    newest = sorted(given[-1] for given in days if given)
    widest = (newest[-1] - newest[0]).days if newest else 0
    if widest > apart_days:
        found.append(Caveat(Unknown.APART, None, widest))
    return sorted(found, key=lambda caveat: list(Unknown).index(caveat.kind))


def newer_release(
    *, judged_version: str, judged_on: date, released_version: str, released_on: date
) -> int | None:
    """Return how many days after the judging another version came out, or None where none did."""
    if not judged_version or not released_version or judged_version == released_version:
        return None
    days = (released_on - judged_on).days
    return days if days > 0 else None


def _newer_release(matrix: PanelMatrix, tool: Tool) -> Caveat | None:
    """Return the caveat that a tool has a release which its newest verdict with a version did not judge."""
    column = matrix.tools.index(tool)
    given = [row.cells[column].verdict for row in matrix.rows]
    judged = [verdict for verdict in given if verdict and verdict.judged_version]
    if not judged or tool.released_on is None:
        return None
    newest = max(judged, key=lambda verdict: verdict.reviewed_on)
    days = newer_release(
        judged_version=newest.judged_version,
        judged_on=newest.reviewed_on,
        released_version=tool.latest_release,
        released_on=tool.released_on,
    )
    if days is None:
        return None
    return Caveat(Unknown.RELEASED, tool, days, newest.judged_version, tool.latest_release)


def _days(matrix: PanelMatrix, index: int) -> Sequence[date]:
    """Return the days on which a column's tool was judged, oldest first."""
    given = (row.cells[index].verdict for row in matrix.rows)
    return sorted(verdict.reviewed_on for verdict in given if verdict)
