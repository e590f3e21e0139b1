"""Correcting what readers are told of a changed verdict: another reason, or that nobody is told."""

from django.db import transaction

from reviews.models import Correction, Revision
from reviews.services.editing.restore import ReasonMissing


class NotTold(Exception):
    """Readers are told nothing of this change, so there is nothing to correct."""


def current_correction(*, revision: Revision) -> Correction | None:
    """Return the correction that counts; None while the change speaks for itself. One query."""
    return revision.corrections.order_by("-pk").first()


@transaction.atomic
def correct_change(*, revision: Revision, by: str, is_told: bool, reason: str = "") -> Correction | None:
    """Record what readers are told of `revision` from now on; None if that is what they are told already.

    `is_told` is False for a typing mistake, of which nobody is told; its `reason` is for the desk and may be
    empty. The old wording stays in the history. Raises NotTold and ReasonMissing.
    """
    Revision.objects.select_for_update().get(pk=revision.pk)  # so that the newest correction is one
    if not revision.is_judgement:
        raise NotTold
    reason = reason.strip()
    if is_told and not reason:
        raise ReasonMissing
    current = current_correction(revision=revision)
    told = (current.is_told, current.reason) if current else (True, revision.reason)
    if told == (is_told, reason):
        return None
    return Correction.objects.create(revision=revision, editor=by, is_told=is_told, reason=reason)
