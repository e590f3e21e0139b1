"""Counts in SQL, so that the database filters and sorts a list of thousands.

Pages print what `services/panel.py` computes; tests/integration/test_tool_counts.py compares the two.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Abs, Cast, Coalesce, Greatest, Least, NullIf, Sqrt
from django.db.models.lookups import Exact

from reviews.models.choices import Decision
from reviews.models.panel import Verdict
from reviews.models.tool_facts import ToolFactQuerySet

if TYPE_CHECKING:
    from reviews.models.tools import Tool

KNOWN_FIRST = {"nulls_last": True}
Z_95 = 1.96  # standard deviations on either side that hold 95 % of what chance does


def _rounded(numerator: models.Expression, denominator: models.Expression) -> models.Expression:
    """Return `panel.rounded` in SQL; NULL if the denominator is 0."""
    return (2 * numerator + denominator) / NullIf(2 * denominator, 0)


def _percent(part: Any, whole: Any) -> models.Expression:
    """Return `panel.percent` in SQL; NULL if `whole` is 0."""
    return Case(
        When(Exact(whole, 0), then=None),
        When(Exact(part, 0), then=0),
        When(Exact(part, whole), then=100),
        default=Greatest(1, Least(99, _rounded(100 * part, whole))),
        output_field=models.IntegerField(),
    )


def _lowest_likely(part: Any, whole: Any) -> models.Expression:
    """Return the lower end of a share's 95 % interval (Wilson's), 0 to 1."""
    part = Cast(part, models.FloatField())
    whole = Cast(whole, models.FloatField())
    return (part + Z_95**2 / 2 - Z_95 * Sqrt(part * (whole - part) / whole + Z_95**2 / 4)) / (whole + Z_95**2)


class CountedToolQuerySet(ToolFactQuerySet):
    def with_panel_counts(self) -> Self:
        """Annotate `panel_total`, `panel_ship` (%), `panel_balance` (ships minus skips) and `panel_mean`.

        All are None for an empty panel; `panel_mean` also if no score is known.
        """
        verdicts = Verdict.objects.filter(tool=OuterRef("pk")).order_by().values("tool")
        ships: Any = Count("pk", filter=Q(decision=Decision.SHIP))
        total: Any = Count("pk")
        scores = Count("score")
        points = Sum("score", output_field=models.IntegerField())

        def of_panel(figure: models.Expression) -> Subquery:
            return Subquery(
                verdicts.annotate(figure=figure).values("figure"), output_field=models.IntegerField()
            )

        return self.annotate(
            panel_ship=of_panel(_percent(ships, total)),
            panel_balance=of_panel(2 * ships - total),
            panel_mean=of_panel(_rounded(points, scores)),
            panel_total=of_panel(total),
        )

    def decided(self, decision: str) -> Self:
        """Tools whose panel says `ship`, `skip`, `split`, or `none` if empty. Needs `with_panel_counts()`."""
        conditions = {
            "ship": Q(panel_balance__gt=0),
            "skip": Q(panel_balance__lt=0),
            "split": Q(panel_balance=0),
            "none": Q(panel_balance=None),
        }
        return self.filter(conditions[decision])

    def of_panel_ship(self, share: int | None) -> Self:
        """Tools with this panel ship, in per cent. Needs `with_panel_counts()`."""
        return self.filter(panel_ship=share)

    def judged(self) -> Self:
        """Needs `with_panel_counts()`."""
        return self.exclude(panel_total=None)

    def rivals_of(self, tool: "Tool") -> Self:
        return self.filter(category=tool.category_id, kind=tool.kind).exclude(pk=tool.pk)

    def by_name(self) -> Self:
        return self.order_by("sort_key")

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "sort_key")

    def by_panel_ship(self) -> Self:
        """Order by panel ship, then by number of verdicts and mean score. Needs `with_panel_counts()`."""
        return self.order_by(
            F("panel_ship").desc(**KNOWN_FIRST),
            F("panel_total").desc(**KNOWN_FIRST),
            F("panel_mean").desc(**KNOWN_FIRST),
            "sort_key",
        )

    def by_mean_score(self) -> Self:
        """Needs `with_panel_counts()`."""
        return self.order_by(F("panel_mean").desc(**KNOWN_FIRST), "sort_key")

    def with_community_counts(self, *, fewest: int) -> Self:
        """Annotate `community_total` (votes that count), `community_ship` (per cent) and `community_floor`.

        The floor is the lower end of the share's 95 % interval, 0 to 1. Share and floor are None if the votes
        come from fewer than `fewest` networks.
        """
        ships: Any = F("tally__ships")
        total: Any = F("tally__ships") + F("tally__skips")
        is_enough = Q(tally__networks__gte=fewest)
        share = When(is_enough, then=_percent(ships, total))
        floor = When(is_enough, then=_lowest_likely(ships, total))
        return self.annotate(community_total=Coalesce(total, 0)).annotate(
            community_ship=Case(share, output_field=models.IntegerField()),
            community_floor=Case(floor, output_field=models.FloatField()),
        )

    def crowd_apart(self, *, votes: int, points: int) -> Self:
        """Tools with at least `votes` votes and a share at least `points` from panel ship, widest first.

        Needs `with_panel_counts()` and `with_community_counts()`.
        """
        apart = self.annotate(crowd_gap=Abs(F("community_ship") - F("panel_ship")))
        return apart.filter(community_total__gte=votes, crowd_gap__gte=points).order_by(
            "-crowd_gap", "sort_key"
        )

    def by_community(self) -> Self:
        """Order by the floor: 1,900 of 2,000 come before five of five. Needs `with_community_counts()`."""
        return self.order_by(
            F("community_floor").desc(**KNOWN_FIRST), F("community_total").desc(), "sort_key"
        )

    def by_weights(self, weights: Mapping[int, int], *, last: Q) -> Self:
        """Order by weighted share of ships, then weighted mean. `weights` are by reviewer's id.

        Tools that meet `last` come after all others; an empty Q holds for none.
        """
        of_reviewer = [When(reviewer=pk, then=weight) for pk, weight in weights.items()]
        weight = Case(*of_reviewer, default=0, output_field=models.IntegerField())
        is_scored = Q(score__isnull=False)
        verdicts = Verdict.objects.filter(tool=OuterRef("pk")).order_by().values("tool")
        verdicts = verdicts.annotate(
            weight_given=NullIf(Sum(weight), 0),
            weight_shipping=Sum(weight, filter=Q(decision=Decision.SHIP), default=0),
            weight_scoring=NullIf(Sum(weight, filter=is_scored, default=0), 0),
            weighted_points=Sum(weight * F("score"), filter=is_scored, default=0),
        )

        def quotient(numerator: str, denominator: str) -> Subquery:
            share = verdicts.annotate(share=Cast(numerator, models.FloatField()) / F(denominator))
            return Subquery(share.values("share"), output_field=models.FloatField())

        weighed = self.annotate(
            weighed_ship=quotient("weight_shipping", "weight_given"),
            weighed_mean=quotient("weighted_points", "weight_scoring"),
        )
        comes_last = [Case(When(last, then=1), default=0)] if last else []
        return weighed.order_by(
            *comes_last,
            F("weighed_ship").desc(**KNOWN_FIRST),
            F("weighed_mean").desc(**KNOWN_FIRST),
            "sort_key",
        )
