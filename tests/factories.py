"""Rows for tests, by plain functions."""

from datetime import UTC, date, datetime
from itertools import product

from comparisons.models import Comparison
from reviews.models import Answer, Attribute, Category, Fact, Question, Reviewer, Tool, Verdict

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


USUAL_FACTS = {
    "entry_price": "Free",
    "pricing": "Free / Open-source (MIT)",
    "licence": "",
    "maker": "",
    "website": "",
    "repository": "",
    "documentation": "",
    "monthly_price": "",
    "how_it_runs": "",
    "latest_release": "",
    "released_on": "",
}
SOURCE = "https://source.example/facts"


def make_facts(tools: list[Tool], known: dict[str, str], checked_on: date | None = None) -> None:
    """Give all `tools` the same general facts, by the names of `USUAL_FACTS`."""
    texts = {key.replace("_", "-"): text for key, text in known.items() if text}
    if not texts:
        return
    attributes = {row.key: row for row in Attribute.objects.filter(category=None, key__in=texts)}
    facts = [
        unsaved_fact(tool, attributes[key], text, checked_on)
        for tool, (key, text) in product(tools, texts.items())
    ]
    Fact.objects.bulk_create(facts, batch_size=500)


def unsaved_fact(tool: Tool, attribute: Attribute, text: str, checked_on: date | None = None) -> Fact:
    evidence = {"state": "checked", "source_url": SOURCE, "looked_at_on": checked_on} if checked_on else {}
    fact = Fact(tool=tool, attribute=attribute, **evidence)
    fact.set_value(text)
    return fact


def make_attribute(
    key: str, type: str = "text", category: Category | None = None, **fields: object
) -> Attribute:
    """An attribute of a category's tools, of the Workshop if none is named."""
    values = {"label": key.replace("-", " ").capitalize(), "category": category or make_category()} | fields
    return Attribute.objects.create(key=key, type=type, **values)


def make_fact(tool: Tool, key: str, text: str, checked_on: date | None = None, **fields: object) -> Fact:
    """A fact of an attribute of the tool's category, or of a general one."""
    attribute = Attribute.objects.of_category(tool.category_id).get(key=key)
    fact = unsaved_fact(tool, attribute, text, checked_on)
    for name, value in fields.items():
        setattr(fact, name, value)
    fact.save()
    return fact


def make_tool(name: str, verdicts: str = "", **fields: object) -> Tool:
    """A published tool. A keyword of `USUAL_FACTS` is the text of that fact, empty for one that is not known.

    `facts_checked_on` is when they were looked at, None for facts that nobody checked. `verdicts` are in
    panel order, such as `"ship 84, skip 55, ship, -"`; `-` means: not judged.
    """
    slug = fields.pop("slug", name.lower().replace(" ", "-"))
    known = {key: fields.pop(key, value) for key, value in USUAL_FACTS.items()}
    checked_on = fields.pop("facts_checked_on", date(2026, 1, 4))
    values = {
        "category": fields.pop("category", None) or make_category(),
        "kind": "model",
        "tagline": f"What {name} is",
        "description": f"{name} does what it says.",
        "status": "published",
        "published_at": PUBLISHED_AT,
    }
    tool = Tool.objects.create(name=name, slug=slug, **(values | fields))
    make_facts([tool], known, checked_on=checked_on)
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
