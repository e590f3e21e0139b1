"""Rows for tests, by plain functions."""

from datetime import UTC, date, datetime

from comparisons.models import Comparison
from reviews.models import Answer, Category, Question, Reviewer, Tool, Verdict

REVIEWERS = ("Builder", "Skeptic", "Futurist", "Founder")
PUBLISHED_AT = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def make_category(name: str = "Workshop") -> Category:
    return Category.objects.get_or_create(name=name, defaults={"slug": name.lower()})[0]


def make_panel() -> list[Reviewer]:
    """Return the four reviewers, each with two questions. Repeatable."""
    panel = []
    for position, name in enumerate(REVIEWERS, start=1):
        reviewer, is_new = Reviewer.objects.get_or_create(
            slug=name.lower(),
            defaults={
                "name": name,
                "position": position,
                "motto": f"{name}'s motto",
                "lens": f"{name}'s lens",
            },
        )
        if is_new:
            for number in (1, 2):
                Question.objects.create(
                    reviewer=reviewer, position=number, text=f"{name} asks {number}?", label=f"Label {number}"
                )
        panel.append(reviewer)
    return panel


def make_tool(name: str, verdicts: str = "", **fields: object) -> Tool:
    """Return a published tool.

    `verdicts` are in panel order, such as `"ship 84, skip 55, ship, -"`; `-` is not judged.
    """
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    values = {
        "category": fields.pop("category", None) or make_category(),
        "kind": "model",
        "tagline": f"What {name} is",
        "description": f"{name} does what it says.",
        "entry_price": "Free",
        "pricing": "Free / Open-source (MIT)",
        "facts_checked_on": date(2026, 1, 4),
        "status": "published",
        "published_at": PUBLISHED_AT,
    }
    tool = Tool.objects.create(name=name, slug=slug, **(values | fields))
    if verdicts:
        for reviewer, words in zip(make_panel(), verdicts.split(","), strict=False):
            if words.strip() != "-":
                decision, _, score = words.strip().partition(" ")
                make_verdict(tool, reviewer, decision, int(score) if score else None)
    return tool


def make_verdict(tool: Tool, reviewer: Reviewer, decision: str = "ship", score: int | None = None) -> Verdict:
    """Return a verdict with an answer to each of the reviewer's questions."""
    verdict = Verdict.objects.create(
        tool=tool,
        reviewer=reviewer,
        decision=decision,
        score=score,
        pick_if=f"you need {tool.name}"[:80] if decision == "ship" else "",
        body=f"{reviewer.name} on {tool.name}.",
        reviewed_on=date(2026, 1, 4),
    )
    for question in reviewer.questions.all():
        Answer.objects.create(verdict=verdict, question=question, text=f"{tool.name} answers {question.text}")
    return verdict


def paragraph(about: str, words: int = 60) -> str:
    """Return a text of `words` words unlike any other."""
    return " ".join(f"{about}-{number}" for number in range(words))


def make_comparison(first: Tool, second: Tool, **fields: object) -> Comparison:
    return Comparison.objects.create(
        first=first, second=second, **({"relation": "rivals", "published_at": PUBLISHED_AT} | fields)
    )
