"""Files that editors uploaded: they wait in the database between the dry run and the writing, whichever process answers next."""

from datetime import datetime, timedelta

from comparisons.models import Upload

KEPT_FOR = timedelta(days=1)


def store_upload(*, kind: str, format: str, text: str, may_be_incomplete: bool, by: str, now: datetime) -> Upload:
    """Store a file for its editor. One with NUL in it is returned unsaved: imports refuse it, and PostgreSQL can't hold it."""
    upload = Upload(kind=kind, format=format, text=text, may_be_incomplete=may_be_incomplete, by=by, at=now)
    if "\0" not in text:
        upload.save()
    return upload


def delete_expired_uploads(*, now: datetime) -> int:
    """Delete files that were not written within a day, and return how many."""
    return Upload.objects.filter(at__lt=now - KEPT_FOR).delete()[0]
