"""Uploaded files, stored between dry run and writing: another process may answer next."""

from datetime import datetime, timedelta

from comparisons.models import ImportRun, ImportState, Upload

KEPT_FOR = timedelta(days=1)


def store_upload(
    *, kind: str, format: str, text: str, may_be_incomplete: bool, editor: str, now: datetime
) -> Upload:
    """Store a file for its editor; not with NUL, which imports refuse and PostgreSQL can't store."""
    upload = Upload(
        kind=kind,
        format=format,
        text=text,
        may_be_incomplete=may_be_incomplete,
        editor=editor,
        uploaded_at=now,
    )
    if "\0" not in text:
        upload.save()
    return upload


def delete_expired_uploads(*, now: datetime) -> int:
    """Delete files not written within a day, and return their number. Reports of imports go with them."""
    old = ImportRun.objects.filter(started_at__lt=now - KEPT_FOR)
    old.filter(state__in=[ImportState.CHECKING, ImportState.CHECKED]).delete()
    old.filter(report__isnull=False).update(report=None)
    return Upload.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()[0]
