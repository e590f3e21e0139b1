"""How fast search answers at 20,000 documents, on SQLite and on a throw-away PostgreSQL.

    .venv/bin/python -m benchmarks.search

makes 4,000 tools with four verdicts each (a tool is a document, and so is a verdict with its four answers) in
a database of its own, asks each question as the services do, and prints the median and the 95th percentile.
It says at the end whether the targets are met: suggestions in under 20 ms, common words in under 300 ms.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import accumulate, product
from pathlib import Path

TOOLS = 4_000
REVIEWERS = 4
ANSWERS = 4
ROUNDS = 40
TARGETS = {"suggest": 20.0, "search": 300.0}  # milliseconds


def main() -> None:
    """Measure each database in a process of its own: Django knows one per process."""
    with tempfile.TemporaryDirectory(prefix="panelship-benchmark-") as folder:
        urls = {"SQLite": f"sqlite:///{folder}/search.sqlite3"}
        from tests.throwaway_postgres import find_binaries, start

        if find_binaries():
            urls["PostgreSQL"] = start()
        else:
            print("Not measured on PostgreSQL, which is not installed.")
        failed = 0
        for name, url in urls.items():
            print(f"\n{name}")
            environment = {
                **os.environ,
                "DATABASE_URL": url,
                "DATABASE_STATEMENT_TIMEOUT_MS": "0",
                "SECRET_KEY": "x" * 40,
                "DJANGO_SETTINGS_MODULE": "comparisons.settings",
                "BENCHMARK": "measure",
            }
            failed |= subprocess.run(
                [sys.executable, "-m", "benchmarks.search"], env=environment, check=False
            ).returncode
    sys.exit(failed)


def measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from comparisons.services.find.versus_query import versus_query
    from reviews.models import SearchEntry
    from reviews.services.search import did_you_mean, guesses, offer_tools, search_tools

    call_command("migrate", verbosity=0)
    words = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    common = words[0]
    usual = words[60]
    rare = words[-1]
    print(f"{SearchEntry.objects.count():,} documents; the commonest word stands in {share(common)} of them")
    name = words[3]
    questions: dict[str, tuple[str, Callable[[], object]]] = {
        f"suggestions for one letter ({name[:1]})": ("suggest", lambda: offer_tools(query=name[:1])),
        f"suggestions for two letters ({name[:2]})": ("suggest", lambda: offer_tools(query=name[:2])),
        f"suggestions for a word ({name})": ("suggest", lambda: offer_tools(query=name)),
        f"suggestions for two words ({name} {usual[:3]})": (
            "suggest",
            lambda: offer_tools(query=f"{name} {usual[:3]}"),
        ),
        f"suggestions for a mistyped name ({mistyped(name)})": (
            "suggest",
            lambda: offer_tools(query=mistyped(name)) or did_you_mean(query=mistyped(name)),
        ),
        f"a mistyped name ({mistyped(name)})": ("search", lambda: guesses(query=mistyped(name))),
        f"the commonest word ({common})": ("search", lambda: search_tools(query=f"{common} ")),
        f"the same while it is typed ({common[:2]})": ("search", lambda: search_tools(query=common[:2])),
        f"one letter ({common[:1]})": ("search", lambda: search_tools(query=common[:1])),
        f"a usual word ({usual})": ("search", lambda: search_tools(query=usual)),
        f"a rare word ({rare})": ("search", lambda: search_tools(query=rare)),
        "three common words": ("search", lambda: search_tools(query=" ".join(words[:3]))),
        "eight common words": ("search", lambda: search_tools(query=" ".join(words[:8]))),
        "page 100 of the commonest word": ("search", lambda: search_tools(query=f"{common} ", offset=1980)),
        "“a vs b”": ("search", lambda: versus_query(query=f"{name} vs {usual}")),
    }
    missed = []
    for question, (kind, ask) in questions.items():
        median, slow = timed(ask)
        if slow >= TARGETS[kind]:
            missed.append(question)
        print(f"  {question:50} median {median:6.1f} ms   95 % {slow:6.1f} ms")
    print(f"  targets missed: {', '.join(missed)}" if missed else "  all targets met")
    sys.exit(bool(missed))


def timed(ask: Callable[[], object]) -> tuple[float, float]:
    """Return median and 95th percentile of one query, in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        ask()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times), sorted(times)[int(ROUNDS * 0.95) - 1]


def mistyped(word: str) -> str:
    """Return the word with two letters exchanged."""
    return word[:2] + word[3] + word[2] + word[4:] if len(word) > 4 else word[::-1]


def share(word: str) -> str:
    from reviews.models import SearchEntry

    return f"{SearchEntry.objects.filter(body__icontains=word).count() / SearchEntry.objects.count():.0%}"


def fill() -> list[str]:
    """Write the catalogue with made-up words, unevenly common as in a language; return them by frequency."""
    from reviews.models import Answer, Attribute, Category, Fact, Question, Reviewer, Tool, Verdict
    from reviews.models.general_attributes import MAKER

    luck = random.Random(4)
    words = list(
        dict.fromkeys(
            "".join(
                luck.choice("bcdfghjklmnprstvw") + luck.choice("aeiou") for _ in range(luck.randint(2, 4))
            )
            + luck.choice(["", "", "s", "ing", "ed", "er"])
            for _ in range(12_000)
        )
    )
    weights = list(accumulate(1 / (number + 3) for number in range(len(words))))

    def text(count: int) -> str:
        return " ".join(luck.choices(words, cum_weights=weights, k=count))

    begin = time.perf_counter()
    category = Category.objects.create(name="Workshop", slug="workshop")
    tools = Tool.objects.bulk_create(
        Tool(
            category=category, name=f"{text(2).title()} {number}", slug=f"tool-{number}", kind="model",
            tagline=text(12), description=text(50), status="published",
            published_at=datetime(2026, 1, 5, tzinfo=UTC),
        )
        for number in range(TOOLS)
    )  # fmt: skip
    maker = Attribute.objects.get(category=None, key=MAKER)
    Fact.objects.bulk_create(
        Fact(tool=tool, attribute=maker, type=maker.type, text=text(1).title()) for tool in tools
    )
    verdicts = []
    answers = []
    for position in range(1, REVIEWERS + 1):
        reviewer = Reviewer.objects.create(
            name=f"Reviewer {position}", slug=f"reviewer-{position}", position=position
        )
        questions = Question.objects.bulk_create(
            Question(reviewer=reviewer, position=number, text="Why?", label="Why")
            for number in range(ANSWERS)
        )
        given = Verdict.objects.bulk_create(
            Verdict(
                tool=tool, reviewer=reviewer, decision="ship", body=text(110), reviewed_on=date(2026, 1, 5)
            )
            for tool in tools
        )
        answers += [
            Answer(verdict=verdict, question=question, text=text(16))
            for verdict, question in product(given, questions)
        ]
        verdicts += given
    Answer.objects.bulk_create(answers, batch_size=5_000)
    seconds = time.perf_counter() - begin
    print(
        f"{len(tools):,} tools, {len(verdicts):,} verdicts and {len(answers):,} answers written in "
        f"{seconds:.0f} s"
    )
    return words


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    measure() if os.environ.get("BENCHMARK") == "measure" else main()
