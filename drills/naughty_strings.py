"""Texts that broke programs before, in every parameter, field, header, cookie and path, on both databases.

The long form of `tests/security/test_naughty_strings.py`, with as many texts per place as given. It prints
what was not answered clearly, and the number of requests.
"""

import argparse
import os
import re
import subprocess
import sys

from drills.site import ROOT

TEST = "tests/security/test_naughty_strings.py"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", type=int, default=50, help="how many strings each place gets, of some 580")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options = parser.parse_args()
    environment = os.environ | {"NAUGHTY_STRINGS_EACH": str(options.each), "TEST_DATABASE": options.database}
    command = [
        sys.executable,
        "-m",
        "pytest",
        TEST,
        "--numprocesses",
        "2",
        "--quiet",
        "-rP",
        "-p",
        "no:logging",
    ]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    requests = sum(int(number) for number in re.findall(r"(\d+) requests sent", done.stdout))
    print(f"{requests:,} requests on {options.database}")
    print(
        "\n".join(
            sorted(
                {
                    line[4:]
                    for line in done.stdout.splitlines()
                    if line.startswith("E   ") and " with " in line
                }
            )
        )
    )
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
