"""What an editor handed in waits in the database between the dry run and the writing, whichever process answers next."""

from datetime import datetime, timedelta

from comparisons.models import Upload

KEPT = timedelta(days=1)


def keep(*, kind: str, format: str, text: str, may_be_incomplete: bool, by: str, now: datetime) -> Upload:
    """Keep a file for its editor, and let go of what waited for a day.

    A text with NUL in it is refused by every import, and PostgreSQL can't hold it: it is not kept, only tried out.
    """
    forget_uploads(now=now)
    upload = Upload(kind=kind, format=format, text=text, may_be_incomplete=may_be_incomplete, by=by, at=now)
    if "\0" not in text:
        upload.save()
    return upload


def forget_uploads(*, now: datetime) -> int:
    """Delete what has waited for longer than a day; returns how many files that were."""
    return Upload.objects.filter(at__lt=now - KEPT).delete()[0]
