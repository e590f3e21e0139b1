"""Many tools at once, for tests of what lists do when the catalogue has grown."""

import random
from datetime import date, timedelta
from itertools import pairwise

from comparisons.models import Comparison, Relation
from reviews.models import Answer, Question, Tool, Verdict
from reviews.models.tools import Kind
from tests.cast import YESTERYEAR, make_category, make_panel

LICENCES = ("MIT", "Apache 2.0", "GPL 3.0", "")
BATCH = 500
"""Rows of one statement, so that it ends within the database's limit on a busy machine too."""
PRICES = ("Free", "$20 a month", " free ")


def make_crowd(upto: int) -> None:
    """Have `upto` published tools in three categories, most of them judged, each compared with the next. Repeatable."""
    draw = random.Random(upto)
    panel, categories = make_panel(), [make_category(name) for name in ("Workshop", "Garden", "Kitchen")]
    tools = Tool.objects.bulk_create(
        Tool(
            category=categories[number % 3],
            name=f"Tool {number:04}",
            slug=f"tool-{number:04}",
            kind=Kind.values[number % 5],
            licence=LICENCES[number % 4],
            entry_price=PRICES[number % 3],
            pricing="One line",
            facts_checked_on=date(2026, 1, 4),
            tagline="What it is",
            description="What it does.",
            status="published",
            published_at=YESTERYEAR + timedelta(minutes=number),
        )
        for number in range(Tool.objects.count(), upto)
    )
    verdicts = [
        Verdict(
            tool=tool,
            reviewer=reviewer,
            decision=draw.choice(["ship", "skip"]),
            score=draw.choice([None, *range(101)]),
            body=f"{reviewer.name} on {tool.name}.",
            reviewed_on=date(2026, 1, 1 + draw.randrange(28)),
        )
        for tool in tools
        for reviewer in panel[: draw.choice([0, 1, 2, 3, 4, 4, 4])]
    ]
    Verdict.objects.bulk_create(verdicts, batch_size=BATCH)
    questions = list(Question.objects.all())
    answers = [
        Answer(verdict=verdict, question=question, text="So.")
        for verdict in verdicts
        for question in questions
        if question.reviewer_id == verdict.reviewer_id
    ]
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    Comparison.objects.bulk_create(
        Comparison(first=one, second=other, relation=draw.choice(Relation.values), note="Why.", published_at=YESTERYEAR)
        for one, other in pairwise(tools)
    )
