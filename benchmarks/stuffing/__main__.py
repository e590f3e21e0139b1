"""Play every scenario with several seeds, with and (once) without the defence, and compare with the targets.

Printed are how far the shown share moved from that of the honest votes alone, at worst and at the end, the
part of honest votes that waited over an hour, how many waited at once, and what the page shows at the end.
The worst seed counts. The exit status is 1 if a target was missed.
"""

import argparse
import os
import random
import sys
import zlib

import django


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default="", help="a part of a scenario's name")
    parser.add_argument("--no-control", action="store_true", help="leave the runs without a defence out")
    options = parser.parse_args()
    os.environ |= {
        "DATABASE_URL": "sqlite://:memory:",
        "SECRET_KEY": "k" * 50,
        "DJANGO_SETTINGS_MODULE": "comparisons.settings",
    }
    django.setup()
    from django.core.management import call_command

    from benchmarks.stuffing.control import without_defence
    from benchmarks.stuffing.scenarios import SCENARIOS
    from benchmarks.stuffing.stage import Stage

    call_command("migrate", verbosity=0)
    print(f"{'':48}{'worst':>8}{'end':>9}{'waited > 1 h':>14}{'at once':>9}{'shown':>8}  figure")
    missed = 0
    for scenario in SCENARIOS:
        if options.only not in scenario.name:
            continue

        def run(seed, scenario=scenario):
            draw = random.Random(seed * 1_000_003 + zlib.crc32(scenario.name.encode()))
            return Stage(past=scenario.past).play(scenario.events(draw))

        results = [run(seed) for seed in range(options.seeds)]
        failures = judge(scenario, results)
        missed += bool(failures)
        show(scenario.name, results, "; ".join(failures) or figure_of(scenario))
        if not options.no_control:
            with without_defence():
                show("        without a defence (control)", [run(0)], "")
    sys.exit(bool(missed))


def show(label: str, results: list, words: str) -> None:
    ends = max((result.end for result in results), key=abs)
    shown = ", ".join(sorted({"none" if result.shown is None else f"{result.shown}%" for result in results}))
    worst = max(result.worst for result in results)
    waited = max(result.honest_waited for result in results)
    peak = max(result.honest_peak for result in results)
    print(f"{label:48}{worst:8.4f}{ends:+9.4f}{waited:14.1%}{peak:9d}{shown:>8}  {words}", flush=True)


def figure_of(scenario) -> str:
    parts = []
    if scenario.most_moved is not None:
        parts.append(f"moved at most {scenario.most_moved}")
    if scenario.most_waiting is not None:
        parts.append(f"{scenario.most_waiting:.0%} wait")
    if not scenario.may_show_a_percentage:
        parts.append("no percentage")
    return "reached: " + ", ".join(parts) if parts else "measured"


def judge(scenario, results) -> list[str]:
    """Return the missed targets in words."""
    failures = []
    if scenario.most_moved is not None and max(result.worst for result in results) > scenario.most_moved:
        failures.append(f"MISSED: moved more than {scenario.most_moved}")
    if (
        scenario.most_waiting is not None
        and max(result.honest_waited for result in results) > scenario.most_waiting
    ):
        failures.append(f"MISSED: more than {scenario.most_waiting:.0%} waited")
    if not scenario.may_show_a_percentage and any(result.shown is not None for result in results):
        failures.append("MISSED: a percentage is shown")
    return failures


if __name__ == "__main__":
    main()
