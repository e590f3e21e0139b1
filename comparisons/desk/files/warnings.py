"""Warnings about imported verdicts and facts, by the rules of the tool's page."""

from collections.abc import Collection, Sequence
from typing import Any

from django.utils import timezone

from comparisons.desk.files.columns import typed_answers
from reviews.admin.wording import early_look_sentence, warning_sentence
from reviews.models import Fact, Verdict
from reviews.services.editing.day_warnings import early_look, verdict_day_warnings
from reviews.services.editing.releases import releases_of
from reviews.services.editing.similar_texts import VerdictKey, VerdictText, similar_texts
from reviews.services.editing.warnings import verdict_warnings

Changed = Collection[str] | None
"""The columns of a row that changed; None for a new row."""


def file_warnings(*, rows: Sequence[Any], changed: Sequence[Changed]) -> list[tuple[str, ...]]:
    """Return the warnings about each imported row, as sentences. `rows` are all of one model."""
    if not rows:
        return []
    if isinstance(rows[0], Verdict):
        return _verdict_warnings(rows, changed)
    if isinstance(rows[0], Fact):
        return _fact_warnings(rows, changed)
    return [()] * len(rows)


def _verdict_warnings(verdicts: Sequence[Verdict], changed: Sequence[Changed]) -> list[tuple[str, ...]]:
    """Unchanged texts are not compared. Two queries."""
    texts: dict[VerdictKey, VerdictText] = {
        (verdict.tool_id, verdict.reviewer_id): VerdictText(
            body=verdict.body, tool=verdict.tool.name, reviewer=verdict.reviewer.name
        )
        for verdict, columns in zip(verdicts, changed, strict=True)
        if columns is None or "body" in columns
    }
    similar = similar_texts(texts=texts)
    releases = releases_of(tools={verdict.tool_id for verdict in verdicts})
    today = timezone.localdate()
    sentences = []
    for verdict, columns in zip(verdicts, changed, strict=True):
        warnings = verdict_warnings(
            decision=verdict.decision,
            score=verdict.score,
            body=verdict.body,
            pick_if=verdict.pick_if,
            authorship=verdict.authorship,
            answered_for_by=verdict.answered_for_by,
            answers=tuple(typed_answers(verdict).values()),
            similar=similar.get((verdict.tool_id, verdict.reviewer_id)),
        )
        warnings += verdict_day_warnings(
            decision=verdict.decision,
            score=verdict.score,
            reviewed_on=verdict.reviewed_on,
            judged_version=verdict.judged_version,
            changed=columns,
            release=releases.get(verdict.tool_id),
            today=today,
        )
        sentences.append(tuple(warning_sentence(warning, is_one_page=False) for warning in warnings))
    return sentences


def _fact_warnings(facts: Sequence[Fact], changed: Sequence[Changed]) -> list[tuple[str, ...]]:
    """One query."""
    releases = releases_of(tools={fact.tool_id for fact in facts})
    sentences: list[tuple[str, ...]] = []
    for fact, columns in zip(facts, changed, strict=True):
        is_new_day = columns is None or "looked_at_on" in columns
        look = early_look(fact=fact, stored=None, release=releases.get(fact.tool_id)) if is_new_day else None
        sentences.append((early_look_sentence(look),) if look else ())
    return sentences
