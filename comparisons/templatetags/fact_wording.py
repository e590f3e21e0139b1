"""How facts are put into words: `wording.py` for values, states and what is not known."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.utils.formats import date_format

from comparisons.services.compare.fact_rows import UnknownFacts
from comparisons.templatetags.enumerations import names
from reviews.models import AttributeType, Fact, FactState, Tool
from reviews.models.general_attributes import HOW_IT_RUNS

register = template.Library()

NOT_KNOWN = "Not known"
COMMIT = re.compile(r"\b([0-9a-f]{7})[0-9a-f]{33}\b")


@register.filter
def fact_words(fact: Fact | None) -> str:
    """A fact's value as a reader sees it: “131,072 tokens”, “$20 a month”, “Yes”, “Not known”."""
    if fact is None or not fact.is_known:
        return NOT_KNOWN
    attribute = fact.attribute
    match attribute.type:
        case AttributeType.INTEGER | AttributeType.DECIMAL:
            return f"{_number(fact)} {attribute.unit}".rstrip()
        case AttributeType.MONEY:
            return _price(fact)
        case AttributeType.YES_PARTLY_NO:
            return fact.text.capitalize()
        case AttributeType.CHOICES:
            labels = [attribute.labels.get(value, value) for value in fact.values]
            return any_of(labels) if attribute.key == HOW_IT_RUNS else ", ".join(labels)
        case AttributeType.ADDRESS:
            return address_words(fact.text)
        case AttributeType.DAY:
            return date_format(date.fromisoformat(fact.text), "j F Y")
    return fact.text


@register.filter
def address_words(address: str) -> str:
    """“qdrant.tech/documentation”: a web address without what goes without saying.

    Of the hash of a commit, seven characters are enough to read.
    """
    return COMMIT.sub(r"\1", address.split("://", 1)[-1].removeprefix("www.").rstrip("/"))


def _price(fact: Fact) -> str:
    """“$20 a month”, “$0.15 per million tokens”, or “Free”."""
    number = fact.number or Decimal(0)
    if not number:
        return "Free"
    decimals = 0 if number == int(number) else 2 if number == round(number, 2) else 4
    return f"${number:,.{decimals}f} {fact.attribute.unit}".rstrip()


def any_of(words: Sequence[str]) -> str:
    """“In your process, your own server or your cluster”."""
    texts = [words[0], *(word[:1].lower() + word[1:] if word[1:2].islower() else word for word in words[1:])]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"


@register.filter
def how_it_runs(tool: Tool) -> str:
    """Where a tool works, or an empty text where that is not known."""
    return any_of(tool.how_it_runs) if tool.how_it_runs else ""


@register.filter
def state_words(fact: Fact | None) -> str:
    """How far a fact can be relied on, in a word or two."""
    if fact is None or not fact.is_known:
        return ""
    return {
        FactState.CHECKED: "checked",
        FactState.CLAIMED: "its maker’s claim",
        FactState.GIVEN: "not checked",
    }[FactState(fact.state)]


@register.filter
def unknown_words(unknown: UnknownFacts) -> str:
    """“Scale and index types”: what is not known of a tool."""
    labels = [attribute.label for attribute in unknown.attributes]
    return names([labels[0], *(label[:1].lower() + label[1:] for label in labels[1:])])


def _number(fact: Fact) -> str:
    """“131,072”, “0.5”: without needless zeros."""
    text = f"{fact.number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
