"""A SQLite database is a file, and its owner alone may read it.

It holds password hashes and addresses of subscribers.
"""

import logging
import stat
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

OTHERS = stat.S_IRWXG | stat.S_IRWXO
BESIDE = ("", "-wal", "-shm", "-journal")  # SQLite gives the files it makes later the same mode


def keep_private(connection: Any, **kwargs: Any) -> None:
    """Take the rights of everybody but the owner away, as soon as a connection is made.

    Whoever may not do that logs it.
    """
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return
    for ending in BESIDE:
        file = Path(f"{connection.settings_dict['NAME']}{ending}")
        try:
            mode = file.stat().st_mode
            if mode & OTHERS:
                file.chmod(stat.S_IMODE(mode) & ~OTHERS)
        except FileNotFoundError:
            continue
        except OSError as problem:
            logger.warning("Others may read the database file, and that could not be changed: %s", problem)
