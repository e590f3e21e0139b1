"""What an editor should look at twice before imported verdicts are written, by the rules of the tool's page."""

from collections.abc import Sequence

from comparisons.desk.files.columns import typed_answers
from reviews.models import Verdict
from reviews.services.editing.similar_texts_in_file import Text, alike_among_many
from reviews.services.editing.warnings import verdict_warnings


def verdict_file_warnings(*, verdicts: Sequence[Verdict], bodies_changed: Sequence[bool]) -> list[tuple[str, ...]]:
    """Return for each of a file's verdicts what is odd about it. Texts that did not change are not compared. One query."""
    changed = [verdict for verdict, is_changed in zip(verdicts, bodies_changed, strict=True) if is_changed]
    texts = {(row.tool_id, row.reviewer_id): Text(name=f"the {row}", body=row.body) for row in changed}
    alike = alike_among_many(texts=texts)
    warnings = []
    for verdict in verdicts:
        found = verdict_warnings(
            decision=verdict.decision,
            score=verdict.score,
            body=verdict.body,
            answers=tuple(typed_answers(verdict).values()),
            likeness=alike.get((verdict.tool_id, verdict.reviewer_id)),
        )
        warnings.append(tuple(warning.sentence for warning in found))
    return warnings
