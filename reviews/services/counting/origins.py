"""How the verdicts on a tool were made: one line for all that were made alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from reviews.models import Reviewer, Verdict


@dataclass(frozen=True, slots=True)
class Origin:
    """How some verdicts were made, and whose they are."""

    method_version: str
    basis: str
    basis_note: str
    authorship: str
    answered_for_by: str
    judged_version: str
    reviewers: tuple[Reviewer, ...]


def origins(verdicts: Iterable[Verdict]) -> list[Origin]:
    """Return how `verdicts` were made, in their order, those that were made alike together.

    They come with their reviewers loaded; sends no query.
    """
    groups: dict[tuple[str, str, str, str, str, str], list[Reviewer]] = {}
    for verdict in verdicts:
        how = (
            verdict.method_version,
            verdict.basis,
            verdict.basis_note,
            verdict.authorship,
            verdict.answered_for_by,
            verdict.judged_version,
        )
        groups.setdefault(how, []).append(verdict.reviewer)
    return [Origin(*how, reviewers=tuple(reviewers)) for how, reviewers in groups.items()]
