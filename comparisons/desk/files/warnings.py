"""What an editor should look at twice before imported verdicts are written, by the rules of the tool's page."""

from collections.abc import Sequence
from dataclasses import replace

from comparisons.desk.files.tables import RowChange
from reviews.models import Verdict
from reviews.services.editing.similar_texts_in_file import Text, alike_among_many
from reviews.services.editing.warnings import verdict_warnings


def with_warnings(changes: Sequence[RowChange], verdicts: Sequence[Verdict]) -> list[RowChange]:
    """Return the changes of an import, each with what is odd about its verdict, in the order of both. One query."""
    texts = {
        (verdict.tool_id, verdict.reviewer_id): Text(name=f"the {verdict}", body=verdict.body)
        for change, verdict in zip(changes, verdicts, strict=True)
        if "body" in change.changes
    }
    alike = alike_among_many(texts=texts)
    told = []
    for change, verdict in zip(changes, verdicts, strict=True):
        found = verdict_warnings(
            decision=verdict.decision,
            score=verdict.score,
            body=verdict.body,
            answers=tuple(getattr(verdict, "typed_answers", {}).values()),
            likeness=alike.get((verdict.tool_id, verdict.reviewer_id)) if "body" in change.changes else None,
        )
        told.append(replace(change, warnings=tuple(warning.sentence for warning in found)))
    return told
