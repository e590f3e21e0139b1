"""Saving a verdict together with its answers, as the tool's page and the import do it."""

from collections.abc import Mapping

from django.db import transaction

from reviews.models import Answer, Question, Verdict
from reviews.services.editing import history


@transaction.atomic
def save_verdict(*, verdict: Verdict, answers: Mapping[Question, str], by: str, reason: str = "") -> None:
    """Save a validated verdict and its answers with their history; `by` is the editor's name.

    `answers` are texts without blanks around them. An empty one deletes the answer; a question that is not named keeps its
    answer. `reason` is needed where `history.needs_reason` says so, which the caller has checked.
    """
    history.save(row=verdict, by=by, reason=reason)
    stored = {answer.question_id: answer for answer in Answer.objects.filter(verdict=verdict)}
    for question, text in answers.items():
        answer = stored.get(question.pk) or Answer(verdict=verdict, question=question)
        if answer.text == text:
            continue
        if text:
            answer.text = text
            history.save(row=answer, by=by)
        else:
            history.delete(row=answer, by=by)
