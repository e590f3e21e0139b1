"""A large catalogue for budgets: rows by the thousand, in a few statements."""

from datetime import UTC, date, datetime

from comparisons.models import Comparison
from reviews.models import Category, Tool, Verdict
from tests.cast import make_panel
from tests.crowd import BATCH

KINDS = ("model", "library", "toolkit", "application", "service")


def make_heap(*, tools: int, categories: int = 10) -> None:
    """Make `tools` published tools, each with four verdicts, on `categories` shelves; every tenth pair is compared."""
    panel = make_panel()
    shelves = Category.objects.bulk_create(Category(name=f"Shelf {n}", slug=f"shelf-{n}") for n in range(categories))
    made = Tool.objects.bulk_create(
        Tool(
            name=f"Heap {n:05d} {KINDS[n % 5]}",
            slug=f"heap-{n:05d}",
            category=shelves[n // 5 % categories],
            kind=KINDS[n % 5],
            tagline=f"What {n} is",
            description=f"It does what {n} says.",
            entry_price="Free",
            pricing="Free",
            status="published",
            published_at=datetime(2026, 1, 5, 8, tzinfo=UTC),
        )
        for n in range(tools)
    )
    Verdict.objects.bulk_create(
        (
            Verdict(
                tool=tool,
                reviewer=reviewer,
                decision="ship" if (tool.pk + place) % 3 else "skip",
                score=(7 * tool.pk + place) % 101,
                body=" ".join(f"word{(tool.pk * 31 + place * 7 + n * n) % 5000}" for n in range(120)),
                reviewed_on=date(2026, 1, 4),
            )
            for tool in made
            for place, reviewer in enumerate(panel)
        ),
        batch_size=BATCH,
    )
    Comparison.objects.bulk_create(
        Comparison(first=first, second=second, relation="rivals", published_at=datetime(2026, 1, 5, 8, tzinfo=UTC))
        for first, second in zip(made[::10], made[5::10], strict=False)
    )
