"""The panel with its questions."""

from typing import Any

from django.db.models import F

from reviews.models import Question, Reviewer

FIELDS = ("id", "position", "text", "label")


def reviewers_with_questions() -> list[Reviewer]:
    """Return the reviewers in panel order, `questions` loaded; one query, where prefetching takes two."""
    questions = {f"question_{name}": F(f"questions__{name}") for name in FIELDS}
    rows: Any = Reviewer.objects.annotate(**questions).order_by("position", "questions__position")
    panel: dict[int, Reviewer] = {}
    asked: dict[int, list[Question]] = {}
    for row in rows:
        reviewer = panel.setdefault(row.pk, row)
        if row.question_id:
            values = {name: getattr(row, f"question_{name}") for name in FIELDS}
            asked.setdefault(row.pk, []).append(Question(reviewer=reviewer, **values))
    for pk, reviewer in panel.items():
        loaded: Any = reviewer.questions.all()  # with its rows, as prefetching leaves it
        loaded._result_cache = asked.get(pk, [])
        loaded._prefetch_done = True
        reviewer._prefetched_objects_cache = {"questions": loaded}  # type: ignore[attr-defined]
    return list(panel.values())
