"""Tools by their facts, in SQL."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from reviews.models.facts import Fact, FactQuerySet
from reviews.models.general_attributes import ENTRY_PRICE, FREE, LICENCE, MAKER, MONTHLY_PRICE
from reviews.models.name_keys import NamedRows

if TYPE_CHECKING:
    from reviews.models.tools import Tool


def fact_of_tool(key: str, *, category: int | None = None) -> FactQuerySet:
    """Return the fact of the tool in the outer query: of a general attribute, or of a category's."""
    facts = Fact.objects.of(key, category=category).filter(tool=OuterRef("pk"))
    return facts.order_by()  # one at most: the usual order would only join other tables


def _text_of(key: str) -> Coalesce:
    return Coalesce(Subquery(fact_of_tool(key).values("text")), Value(""))


def is_free() -> Exists:
    """`Tool.is_free` in SQL."""
    return Exists(fact_of_tool(ENTRY_PRICE).filter(text__iexact=FREE))


def costs_at_most(dollars: int) -> Q:
    """Return the condition that a tool is free, or that its price a month is known and no more."""
    return Q(is_free()) | Q(Exists(fact_of_tool(MONTHLY_PRICE).filter(number__lte=dollars)))


def has_unchecked_facts() -> Q:
    """`ToolFactQuerySet.with_unchecked_facts` as a condition."""
    facts = Fact.objects.filter(tool=OuterRef("pk"))
    return Q(Exists(facts.given())) | ~Q(Exists(facts.known()))


def has_old_facts(today: date) -> Q:
    """`ToolFactQuerySet.with_old_facts` as a condition."""
    return Q(Exists(Fact.objects.filter(tool=OuterRef("pk")).old(today=today)))


class ToolFactQuerySet(NamedRows, models.QuerySet["Tool"]):
    def free(self) -> Self:
        return self.filter(is_free())

    def paid(self) -> Self:
        """Tools that have an entry price, and another than “Free”."""
        return self.filter(Exists(fact_of_tool(ENTRY_PRICE).known().exclude(text__iexact=FREE)))

    def under_licence(self, licence: str) -> Self:
        """Tools under the licence of this name; of an empty one, those whose licence is not known."""
        facts = fact_of_tool(LICENCE)
        return self.filter(Exists(facts.filter(text=licence)) if licence else ~Exists(facts.known()))

    def licences(self) -> models.QuerySet["Tool", str]:
        """The different licences in alphabetical order; an empty one means: not known."""
        rows = self.annotate(licence_text=_text_of(LICENCE)).order_by("licence_text")
        return rows.values_list("licence_text", flat=True).distinct()

    def with_maker_text(self) -> Self:
        """Annotate `maker_text`, empty where the maker is not known."""
        return self.annotate(maker_text=_text_of(MAKER))

    def makers(self) -> models.QuerySet["Tool", str]:
        """The different makers."""
        makers = self.with_maker_text().exclude(maker_text="").order_by()
        return makers.values_list("maker_text", flat=True).distinct()

    def checked(self) -> Self:
        """Tools of which a fact was checked against a source."""
        return self.filter(Exists(Fact.objects.checked().filter(tool=OuterRef("pk"))))

    def with_unchecked_facts(self) -> Self:
        """Tools with a fact that nobody has held against a source, or of which nothing is known."""
        return self.filter(has_unchecked_facts())

    def with_old_facts(self, *, today: date) -> Self:
        """Tools with a fact whose source was looked at more than `VERDICT_STALE_DAYS` ago."""
        return self.filter(has_old_facts(today))
