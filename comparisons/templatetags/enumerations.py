"""Several things named in one phrase."""

from collections.abc import Sequence

from django import template

from reviews.models import Reviewer

register = template.Library()


@register.filter
def names(things: Sequence[object]) -> str:
    """“A”, “A and B”, “A, B and C”."""
    words = [str(thing) for thing in things]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


@register.filter
def all_of(columns: Sequence[object]) -> str:
    """“both”, “all three”, “all four”."""
    return {2: "both", 3: "all three", 4: "all four"}[len(columns)]


def the_reviewers(reviewers: Sequence[Reviewer]) -> str:
    """“the Skeptic”, “the Skeptic and the Futurist”."""
    return names([f"the {reviewer.name}" for reviewer in reviewers])
