"""The answer to a comparison in words, from the catalogue in the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from comparisons.models import Comparison
from comparisons.services.compare.fairness import Fairness, fairness
from comparisons.services.compare.headline import Headline, headline
from comparisons.services.compare.panel_matrix import PanelMatrix, panel_matrix
from comparisons.services.compare.reasons import Reason, SkipsAll
from comparisons.services.compare.short_answer import ShortAnswer, short_answer
from comparisons.services.compare.side_by_side import SideBySide, side_by_side
from comparisons.templatetags.answer_wording import reason_words, source_words
from reviews.models import Reviewer, Tool


@dataclass(frozen=True)
class Answered:
    """What the page of some tools says."""

    tools: tuple[Tool, ...]
    question: Fairness
    matrix: PanelMatrix
    answer: ShortAnswer
    headline: Headline
    page: SideBySide


def line(reason: Reason | SkipsAll) -> str:
    """A line of the answer with its small print: “it is for … (what it is best for)”."""
    source = source_words(reason)
    return f"{reason_words(reason)} ({source})" if source else reason_words(reason)


class Answers:
    """Answers from one reading of the catalogue."""

    @cached_property
    def tools(self) -> dict[str, Tool]:
        return {tool.slug: tool for tool in Tool.objects.published().with_answers().order_by("slug")}

    @cached_property
    def reviewers(self) -> list[Reviewer]:
        return list(Reviewer.objects.prefetch_related("questions"))

    @cached_property
    def curated(self) -> dict[frozenset[int], Comparison]:
        comparisons = Comparison.objects.published().select_related("first", "second")
        return {frozenset((each.first_id, each.second_id)): each for each in comparisons}

    def of(self, slugs: Iterable[str]) -> Answered:
        tools: Sequence[Tool] = [self.tools[slug] for slug in slugs]
        comparison = self.curated.get(frozenset(tool.pk for tool in tools))
        question = fairness(tools=tools, comparison=comparison)
        matrix = panel_matrix(tools=tools, reviewers=self.reviewers)
        answer = short_answer(matrix=matrix, is_fair=question.is_fair)
        told = headline(
            matrix=matrix, standing=answer.standing, today=date(2026, 11, 22), stale_days=180, apart_days=90
        )
        page = side_by_side(tools=tools, reviewers=self.reviewers)
        return Answered(tuple(tools), question, matrix, answer, told, page)
