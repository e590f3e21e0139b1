"""The file of a SQLite database is readable by its owner alone: it holds password hashes and addresses."""

import logging
import stat
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)

OTHERS = stat.S_IRWXG | stat.S_IRWXO
BESIDE = ("", "-wal", "-shm", "-journal")  # SQLite gives the files it makes later the same mode


def keep_private(connection: Any, **kwargs: Any) -> None:
    """Take all rights from everybody but the owner on each new connection; log it if not allowed to."""
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
