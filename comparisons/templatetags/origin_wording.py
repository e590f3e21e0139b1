"""How the making of verdicts is put into words."""

from collections.abc import Sequence

from django import template

from comparisons.templatetags.enumerations import the_reviewers
from reviews.models import Authorship, Basis
from reviews.services.counting.origins import Origin

register = template.Library()


@register.filter
def origin_sentences(origins: Sequence[Origin]) -> list[str]:
    """Return a sentence for each way in which verdicts were made, with the reviewers where there are two."""
    return [origin_words(origin, is_only=len(origins) == 1) for origin in origins]


def origin_words(origin: Origin, *, is_only: bool = True) -> str:
    """“Method 2, documents read, written by a machine; nobody answers for it by name.”"""
    of_whom = "" if is_only else f"Of {the_reviewers(origin.reviewers)}: "
    version = f"version {origin.judged_version} judged" if origin.judged_version else ""
    parts = [version, f"method {origin.method_version}", _basis(origin), _written(origin)]
    words = ", ".join(part for part in parts if part)
    answers = f"{origin.answered_for_by} answers" if origin.answered_for_by else "nobody answers"
    ending = "for it" if origin.answered_for_by else "for it by name"
    sentence = f"{words}; {answers} {ending}."
    return of_whom + (sentence if of_whom else sentence[:1].upper() + sentence[1:])


def _basis(origin: Origin) -> str:
    match origin.basis:
        case Basis.BENCHMARK:
            return f"benchmark of {origin.basis_note}" if origin.basis_note else "a benchmark"
        case Basis.HANDS_ON:
            return f"hands-on ({origin.basis_note})" if origin.basis_note else "hands-on"
    return f"documents read ({origin.basis_note})" if origin.basis_note else "documents read"


def _written(origin: Origin) -> str:
    return {
        Authorship.NOT_SAID: "how it was written is not said",
        Authorship.HAND: "written by hand",
        Authorship.DRAFTED: "drafted by a machine and reviewed by a person",
        Authorship.MACHINE: "written by a machine",
    }[Authorship(origin.authorship)]
