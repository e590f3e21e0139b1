"""What waits for one editor: proposals to decide or that came back, and tools on their way to readers."""

from dataclasses import dataclass

from django.db.models import Count, Q

from reviews.models import DeskMember, Proposal, ProposalState, Status, Tool


@dataclass(frozen=True, slots=True)
class Waiting:
    """Counts of rows; the desk has a list of the rows of each count."""

    own_reviewer: int | None
    """The one the editor writes for; None: for all."""
    returned: int
    """Proposals of the editor that came back with a word."""
    proposals: int
    """Open ones, which Publishers decide."""
    submitted: int
    """Tools that wait for review."""
    approved: int
    """Tools that are approved and not published yet."""


def waiting_for(*, user: int, name: str, has_publish_permission: bool) -> Waiting:
    """Count what waits for the account of this id and name. Three queries at most."""
    own = DeskMember.objects.filter(user=user).values_list("reviewer", flat=True).first()
    is_own = Q(state=ProposalState.RETURNED, editor=name)
    proposals = Proposal.objects.aggregate(
        returned=Count("pk", filter=is_own), proposals=Count("pk", filter=Q(state=ProposalState.OPEN))
    )
    if own is not None or not has_publish_permission:
        return Waiting(own_reviewer=own, returned=proposals["returned"], proposals=0, submitted=0, approved=0)
    tools = Tool.objects.aggregate(
        submitted=Count("pk", filter=Q(status=Status.WAITING)),
        approved=Count("pk", filter=Q(status=Status.APPROVED)),
    )
    return Waiting(own_reviewer=None, **proposals, **tools)
