"""Tools by the hundred and thousand, for tests of lists and of the number of queries."""

import random
from datetime import date, timedelta
from itertools import pairwise, product

from comparisons.models import Comparison, Relation
from reviews.models import Answer, Category, Question, Reviewer, Tool, Verdict
from reviews.models.tools import Kind
from tests.factories import PUBLISHED_AT, make_category, make_facts, make_panel

LICENCES = ("MIT", "Apache 2.0", "GPL 3.0", "")
BATCH = 500
"""Rows per statement, so that it ends within the database's limit on a busy machine."""
PRICES = ("Free", "$20 a month", "free")


def make_varied_tools(upto: int) -> None:
    """Have `upto` published tools in three categories, most of them judged, each compared with the next."""
    draw = random.Random(upto)
    first = Tool.objects.count()
    facts_of_tools: dict[tuple[tuple[str, str], ...], list[Tool]] = {}
    panel = make_panel()
    categories = [make_category(name) for name in ("Workshop", "Garden", "Kitchen")]
    tools = Tool.objects.bulk_create(
        Tool(
            category=categories[number % 3],
            name=f"Tool {number:04}",
            slug=f"tool-{number:04}",
            kind=Kind.values[number % 5],
            tagline="What it is",
            description="What it does.",
            status="published",
            published_at=PUBLISHED_AT + timedelta(minutes=number),
        )
        for number in range(first, upto)
    )
    for number, tool in enumerate(tools, start=first):
        known = {"licence": LICENCES[number % 4], "entry_price": PRICES[number % 3], "pricing": "One line"}
        facts_of_tools.setdefault(tuple(known.items()), []).append(tool)
    for known, those in facts_of_tools.items():
        make_facts(those, dict(known), checked_on=date(2026, 1, 4))
    verdicts = []
    for tool in tools:
        judging = panel[: draw.choice([0, 1, 2, 3, 4, 4, 4])]
        verdicts += [_drawn_verdict(tool, reviewer, draw) for reviewer in judging]
    Verdict.objects.bulk_create(verdicts, batch_size=BATCH)
    questions = list(Question.objects.all())
    answers = [
        Answer(verdict=verdict, question=question, text="So.")
        for verdict, question in product(verdicts, questions)
        if question.reviewer_id == verdict.reviewer_id
    ]
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    Comparison.objects.bulk_create(
        Comparison(
            first=one,
            second=other,
            relation=draw.choice(Relation.values),
            note="Why.",
            published_at=PUBLISHED_AT,
        )
        for one, other in pairwise(tools)
    )


def _drawn_verdict(tool: Tool, reviewer: Reviewer, draw: random.Random) -> Verdict:
    return Verdict(
        tool=tool,
        reviewer=reviewer,
        decision=draw.choice(["ship", "skip"]),
        score=draw.choice([None, *range(101)]),
        body=f"{reviewer.name} on {tool.name}.",
        reviewed_on=date(2026, 1, 1 + draw.randrange(28)),
    )


def make_large_catalogue(*, tools: int, categories: int = 10) -> None:
    """Make `tools` published tools with four verdicts each; every tenth pair is compared."""
    panel = make_panel()
    made_categories = Category.objects.bulk_create(
        Category(name=f"Category {n}", slug=f"category-{n}") for n in range(categories)
    )
    made_tools = Tool.objects.bulk_create(
        Tool(
            name=f"Large {n:05d} {Kind.values[n % 5]}",
            slug=f"large-{n:05d}",
            category=made_categories[n // 5 % categories],
            kind=Kind.values[n % 5],
            tagline=f"What {n} is",
            description=f"It does what {n} says.",
            status="published",
            published_at=PUBLISHED_AT,
        )
        for n in range(tools)
    )
    make_facts(made_tools, {"entry_price": "Free", "pricing": "Free"})
    Verdict.objects.bulk_create(
        (
            Verdict(
                tool=tool,
                reviewer=reviewer,
                decision="ship" if (tool.pk + place) % 3 else "skip",
                score=(7 * tool.pk + place) % 101,
                body=" ".join(f"word{(tool.pk * 31 + place * 7 + n * n) % 5000}" for n in range(120)),
                reviewed_on=date(2026, 1, 4),
            )
            for tool, (place, reviewer) in product(made_tools, enumerate(panel))
        ),
        batch_size=BATCH,
    )
    Comparison.objects.bulk_create(
        Comparison(first=first, second=second, relation="rivals", published_at=PUBLISHED_AT)
        for first, second in zip(made_tools[::10], made_tools[5::10], strict=False)
    )
