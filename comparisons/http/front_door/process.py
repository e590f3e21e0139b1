"""What a process that serves pages does once at its start."""

import logging
import resource

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created

from comparisons.database import deadline, sqlite

MOST_FILES = 65_536

logger = logging.getLogger("comparisons")


def prepare_process() -> None:
    """Raise the limit of open files, set the database's deadlines, and warn of missing settings."""
    _raise_number_of_files()
    deadline.set_for_process(settings.DATABASE_CALL_SECONDS)
    connection_created.connect(sqlite.watch)
    _connect()
    if not settings.MAIL_IS_SET_UP:
        what = (
            "mails are printed here"
            if settings.DEBUG
            else "nobody can subscribe to the letter, and the form says so"
        )
        logger.warning("MAIL_URL is not set: %s.", what)


def _raise_number_of_files() -> None:
    """Each connection is a file, and many systems allow 1,024 by default."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _connect() -> None:
    """Connect before the first visitor comes, who would wait, or be refused by an opening pool."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        logger.warning("The database does not answer yet: %s", error)
        return
    if connection.vendor == "postgresql":
        connection.close()  # back to the pool
    # On SQLite this thread, which renders nothing, keeps its connection: on a full disk a first one could not
    # even read.
