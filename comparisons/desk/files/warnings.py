"""Warnings about imported verdicts, by the rules of the tool's page."""

from collections.abc import Sequence

from comparisons.desk.files.columns import typed_answers
from reviews.admin.wording import warning_sentence
from reviews.models import Verdict
from reviews.services.editing.similar_texts import VerdictKey, VerdictText, similar_texts
from reviews.services.editing.warnings import verdict_warnings


def verdict_file_warnings(
    *, verdicts: Sequence[Verdict], bodies_changed: Sequence[bool]
) -> list[tuple[str, ...]]:
    """Return the warnings about a file's verdicts. Unchanged texts are not compared. One query."""
    texts: dict[VerdictKey, VerdictText] = {
        (verdict.tool_id, verdict.reviewer_id): VerdictText(
            body=verdict.body, tool=verdict.tool.name, reviewer=verdict.reviewer.name
        )
        for verdict, is_changed in zip(verdicts, bodies_changed, strict=True)
        if is_changed
    }
    similar = similar_texts(texts=texts)
    sentences = []
    for verdict in verdicts:
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
        sentences.append(tuple(warning_sentence(warning, is_one_page=False) for warning in warnings))
    return sentences
