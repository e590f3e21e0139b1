"""What a process that serves pages does once, when it starts."""

import logging
import resource

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.signals import connection_created

from comparisons.database import deadline, sqlite

MOST_FILES = 65_536

logger = logging.getLogger("comparisons")


def prepare_process() -> None:
    """Make room for connections, set the database's deadlines and say what is missing."""
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
    """Each connection is a file, and many systems allow 1,024 until a process asks for more."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if most == resource.RLIM_INFINITY else min(most, MOST_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _connect() -> None:
    """Connect before the first visitor comes, who would else wait for it, or be refused by a pool that is
    just opening."""
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        logger.warning("The database does not answer yet: %s", error)
        return
    if connection.vendor == "postgresql":
        connection.close()  # back to the pool
    # On SQLite this thread, which renders nothing, keeps its connection: on a full disk a first one could not
    # even read.
