"""What a reader requires of a tool's facts: filters of lists, and deal-breakers."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from reviews.models import Attribute, AttributeType, Better, Fact

YES = "yes"
PARTLY = "partly"


@dataclass(frozen=True, slots=True)
class Requirement:
    """That a tool has a value for an attribute.

    `wanted` is a value of a choice of several; or `yes`, or `partly` for yes or partly; or a number: at most
    so much where less is better or costs money, at least so much elsewhere.
    """

    attribute: Attribute
    wanted: str

    @property
    def is_ceiling(self) -> bool:
        return is_ceiling(self.attribute)


def is_ceiling(attribute: Attribute) -> bool:
    """Say whether readers require at most a number of this attribute, and not at least."""
    return attribute.better == Better.LOWER or attribute.type == AttributeType.MONEY


def is_filterable(attribute: Attribute) -> bool:
    """Say whether readers can require something of it: texts, addresses and days are only told."""
    texts = (AttributeType.TEXT, AttributeType.ADDRESS, AttributeType.DAY)
    return attribute.is_deal_breaker and attribute.type not in texts


def met_in_sql(requirement: Requirement) -> Q:
    """Return the condition that a tool meets `requirement`. What is not known does not meet it."""
    facts = Fact.objects.filter(attribute=requirement.attribute, tool=OuterRef("pk"))
    match requirement.attribute.type:
        case AttributeType.YES_PARTLY_NO:
            facts = facts.filter(text__in=_enough(requirement.wanted))
        case AttributeType.CHOICES:
            facts = facts.having(requirement.wanted)
        case _:
            bound = "number__lte" if requirement.is_ceiling else "number__gte"
            facts = facts.filter(**{bound: Decimal(requirement.wanted)})
    return Q(Exists(facts))


def is_met(requirement: Requirement, *, fact: Fact | None) -> bool:
    """Say whether a tool's fact, None where there is none, meets `requirement`: `met_in_sql` for one row."""
    if fact is None or not fact.is_known:
        return False
    match requirement.attribute.type:
        case AttributeType.YES_PARTLY_NO:
            return fact.text in _enough(requirement.wanted)
        case AttributeType.CHOICES:
            return requirement.wanted in fact.values
    if fact.number is None:
        return False
    wanted = Decimal(requirement.wanted)
    return fact.number <= wanted if requirement.is_ceiling else fact.number >= wanted


def _enough(wanted: str) -> tuple[str, ...]:
    return (YES, PARTLY) if wanted == PARTLY else (YES,)
