"""How the community's votes are counted and compared with the panel."""

from dataclasses import dataclass, replace

from reviews.models import Decision, VoteTally
from reviews.services.panel import PanelSummary, percent
from reviews.services.voting.rules import FEWEST_NETWORKS

FEWEST_TO_DISAGREE = 20
POINTS_TO_DISAGREE = 20


@dataclass(frozen=True, slots=True)
class CommunitySummary:
    """The counted votes on one tool, from how many networks, and whether more are under review."""

    ships: int = 0
    skips: int = 0
    networks: int = 0
    is_under_review: bool = False

    @property
    def total(self) -> int:
        return self.ships + self.skips

    @property
    def ship_percent(self) -> int | None:
        """The share of ships as `percent` gives it; None if from too few networks."""
        return percent(self.ships, self.total) if self.networks >= FEWEST_NETWORKS else None

    def with_own(self, *, said: str, counted: str, is_first: bool) -> "CommunitySummary":
        """Return the count for a voter who said `said` (or nothing), of which `counted` counts now."""
        return replace(
            self,
            ships=self.ships + (said == Decision.SHIP) - (counted == Decision.SHIP),
            skips=self.skips + (said == Decision.SKIP) - (counted == Decision.SKIP),
            networks=self.networks + (bool(said) - bool(counted) if is_first else 0),
        )


def summarise_votes(tally: VoteTally | None) -> CommunitySummary:
    """Return the public count of a tool; one without a tally has no votes."""
    if tally is None:
        return CommunitySummary()
    return CommunitySummary(
        ships=tally.ships, skips=tally.skips, networks=tally.networks, is_under_review=tally.waiting > 0
    )


def crowd_lead(*, panel: PanelSummary, community: CommunitySummary) -> int | None:
    """Return by how many points the crowd is keener than the panel (negative: less keen), if they disagree.

    None below 20 votes, without verdicts, and less than 20 points apart.
    """
    if panel.ship_percent is None or community.ship_percent is None or community.total < FEWEST_TO_DISAGREE:
        return None
    lead = community.ship_percent - panel.ship_percent
    return lead if abs(lead) >= POINTS_TO_DISAGREE else None
