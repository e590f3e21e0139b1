"""How the community's votes are counted and put beside the panel's verdict."""

from dataclasses import dataclass, replace

from reviews.models import Decision, VoteTally
from reviews.services.panel import PanelSummary, percent

FEWEST_FOR_A_PERCENTAGE = 5
FEWEST_TO_DISAGREE = 20
POINTS_TO_DISAGREE = 20


@dataclass(frozen=True, slots=True)
class CommunitySummary:
    """The votes on one tool that count, and whether more are under review."""

    ships: int = 0
    skips: int = 0
    is_under_review: bool = False

    @property
    def total(self) -> int:
        return self.ships + self.skips

    @property
    def ship_percent(self) -> int | None:
        """The share of votes to ship it, 0 to 100, halves rounded up; None while there are too few votes to say."""
        return percent(self.ships, self.total) if self.total >= FEWEST_FOR_A_PERCENTAGE else None

    def with_own(self, decision: str) -> "CommunitySummary":
        """Return the same count with one vote more: what somebody sees whose own vote is still held back."""
        if decision == Decision.SHIP:
            return replace(self, ships=self.ships + 1)
        return replace(self, skips=self.skips + 1)


def summarise_votes(tally: VoteTally | None) -> CommunitySummary:
    """Return the public count of a tool; a tool without a tally has no votes."""
    if tally is None:
        return CommunitySummary()
    return CommunitySummary(ships=tally.ships, skips=tally.skips, is_under_review=tally.waiting > 0)


def crowd_lead(*, panel: PanelSummary, community: CommunitySummary) -> int | None:
    """Return by how many percentage points the crowd is keener than the panel (negative: less keen), where they disagree.

    None below 20 votes, without verdicts, and where they are less than 20 points apart.
    """
    if panel.ship_percent is None or community.ship_percent is None or community.total < FEWEST_TO_DISAGREE:
        return None
    lead = community.ship_percent - panel.ship_percent
    return lead if abs(lead) >= POINTS_TO_DISAGREE else None
