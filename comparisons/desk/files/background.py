"""Work that goes on after its page is answered, in a thread of the same process.

If the process ends, the work ends with it: an import says so, and is begun again or taken back by an editor.
"""

import logging
from collections.abc import Callable
from threading import Thread

from django.db import connections

logger = logging.getLogger(__name__)


def start(work: Callable[[], None]) -> None:
    Thread(target=_run, args=[work], name="import", daemon=True).start()


def _run(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception:
        logger.exception("An import failed.")
    finally:
        connections.close_all()
