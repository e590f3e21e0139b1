"""The clock of the tests, moved by TEST_CLOCK_SHIFT_DAYS.

As a program it runs another one at the shifted clock: `python -m tests.clock manage.py send_digest`.
"""

import os
import runpy
import sys
from datetime import timedelta

import time_machine

SHIFT_DAYS = int(os.environ.get("TEST_CLOCK_SHIFT_DAYS", "0"))


def start_shifted_clock() -> None:
    """Move this process's clock by SHIFT_DAYS. Databases and browsers keep the machine's."""
    if SHIFT_DAYS:
        time_machine.travel(timedelta(days=SHIFT_DAYS), tick=True).start()


if __name__ == "__main__":
    start_shifted_clock()
    sys.path[0] = os.getcwd()
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
