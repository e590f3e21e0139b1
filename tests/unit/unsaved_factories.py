"""Tools with a panel that never saw a database: what pure rules are tested with."""

from datetime import date

from comparisons.services.compare.side_by_side import SideBySide, side_by_side
from reviews.models import Answer, Attribute, Category, Fact, Question, Reviewer, Tool, Verdict
from reviews.models.general_attributes import GENERAL_ATTRIBUTES
from tests.factories import unsaved_fact

REVIEWERS = [
    Reviewer(pk=number, name=name, slug=name.lower(), position=number)
    for number, name in enumerate(("Builder", "Skeptic", "Futurist", "Founder"), start=1)
]


def prefetched(model, rows):
    """A queryset that has fetched `rows` already, as prefetching leaves it."""
    queryset = model.objects.all()
    queryset._result_cache = rows
    queryset._prefetch_done = True
    return queryset


for _reviewer in REVIEWERS:
    _reviewer._prefetched_objects_cache = {"questions": prefetched(Question, [])}

CATEGORY = Category(pk=1, name="Workshop", slug="workshop")


ATTRIBUTES = {
    key.replace("-", "_"): Attribute(pk=number, key=key, **values)
    for number, (key, values) in enumerate(GENERAL_ATTRIBUTES.items(), start=1)
}
USUAL_FACTS = dict.fromkeys(ATTRIBUTES, "") | {"licence": "MIT", "entry_price": "Free", "pricing": "Free"}


def unsaved_tool(name: str, verdicts: str = "", **fields: object) -> Tool:
    """A tool judged by `"ship 84, skip 55, ship, -"`, in panel order; `-` means: not judged."""
    values = {
        "kind": "model",
        "category": CATEGORY,
    } | fields
    known = {key: values.pop(key, usual) for key, usual in USUAL_FACTS.items()}
    checked_on = values.pop("facts_checked_on", date(2026, 6, 1))
    reviewed_on = values.pop("reviewed_on", date(2026, 6, 1))
    tool = Tool(pk=sum(map(ord, name)), name=name, slug=name.lower(), **values)
    made = []
    for reviewer, words in zip(REVIEWERS, verdicts.split(","), strict=False):
        decision, _, score = words.strip().partition(" ")
        if decision not in ("", "-"):
            verdict = Verdict(
                tool=tool,
                reviewer=reviewer,
                decision=decision,
                score=int(score) if score else None,
                reviewed_on=reviewed_on,
            )
            verdict._prefetched_objects_cache = {"answers": prefetched(Answer, [])}
            made.append(verdict)
    facts = [unsaved_fact(tool, ATTRIBUTES[key], text, checked_on) for key, text in known.items() if text]
    tool._prefetched_objects_cache = {"verdicts": prefetched(Verdict, made), "facts": prefetched(Fact, facts)}
    tool._state.fields_cache["tally"] = None
    return tool


def compare(*tools: Tool) -> SideBySide:
    return side_by_side(tools=tools, reviewers=REVIEWERS)
