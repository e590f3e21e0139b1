"""The clock of the tests, which TEST_CLOCK_SHIFT_DAYS moves: the sample's dates stand still, and time goes
on.

Run as a program, it runs another one at the shifted clock: `python -m tests.clock manage.py send_digest`.
"""

import os
import runpy
import sys
from datetime import timedelta

import time_machine

SHIFT_DAYS = int(os.environ.get("TEST_CLOCK_SHIFT_DAYS", "0"))


def start_shifted_clock() -> None:
    """Move this process's clock by SHIFT_DAYS, until it ends.

    Databases and browsers keep the machine's clock.
    """
    if SHIFT_DAYS:
        time_machine.travel(timedelta(days=SHIFT_DAYS), tick=True).start()


if __name__ == "__main__":
    start_shifted_clock()
    sys.path[0] = os.getcwd()
    sys.argv = sys.argv[1:]
    runpy.run_path(sys.argv[0], run_name="__main__")
