"""Saving a verdict with its answers."""

from collections.abc import Mapping

from django.db import transaction

from reviews.models import Answer, Question, Verdict
from reviews.services.editing import history


@transaction.atomic
def save_verdict(
    *,
    verdict: Verdict,
    answers: Mapping[Question, str],
    by: str,
    reason: str = "",
    was_seen: bool | None = None,
) -> None:
    """Save a validated verdict and its answers with their history.

    An empty answer is deleted; a question not named keeps its answer. The caller has checked
    `history.needs_reason`. `was_seen` is that of `history.save`.
    """
    history.save(row=verdict, by=by, reason=reason, was_seen=was_seen)
    stored = {answer.question_id: answer for answer in Answer.objects.filter(verdict=verdict)}
    for question, text in answers.items():
        answer = stored.get(question.pk) or Answer(verdict=verdict, question=question)
        if answer.text == text:
            continue
        if text:
            answer.text = text
            history.save(row=answer, by=by, was_seen=was_seen)
        else:
            history.delete(row=answer, by=by)
