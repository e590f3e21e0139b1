"""A tool's slugs: those that readers knew lead to it for ever."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.text import slugify

from reviews.models import OldSlug, Revision, Status, Tool

LONGEST = 110  # characters, which leaves room for a number


def slug_for(*, name: str, tool: int = 0) -> str:
    """Return a free slug: “LLaMA vs. Alpaca” gives `llama-versus-alpaca`; empty without letter or digit.

    `tool` is the id of the stored tool it is for, whose own slugs, old ones too, are free to it.
    """
    words = ["versus" if word == "vs" else word for word in slugify(name)[:LONGEST].split("-") if word]
    slug = "-".join(words)
    taken = {
        *Tool.objects.filter(slug__startswith=slug).exclude(pk=tool).values_list("slug", flat=True),
        *OldSlug.objects.filter(slug__startswith=slug).exclude(tool=tool).values_list("slug", flat=True),
    }
    number = 1
    free = slug
    while free and free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def is_known_to_readers(*, tool: Tool) -> bool:
    """Say whether the tool was ever public, whatever its state is now."""
    if tool.had_readers:
        return True
    snapshots = Revision.objects.of_row(tool).values_list("snapshot", flat=True)
    return any(
        snapshot["status"] != Status.DRAFT
        and snapshot["published_at"]
        and datetime.fromisoformat(snapshot["published_at"]) <= timezone.now()
        for snapshot in snapshots
    )


def release_old_slugs(*, slugs: Iterable[str]) -> None:
    """Delete old slugs that their tools use again."""
    OldSlug.objects.filter(slug__in=slugs).delete()


def current_slugs(*, slugs: Iterable[str]) -> dict[str, str]:
    """Return the current slug for each old one whose tool has a page. One query."""
    wanted = [slug.lower() for slug in slugs]
    old_slugs = OldSlug.objects.filter(slug__in=wanted, tool__in=Tool.objects.with_page())
    return dict(old_slugs.annotate(current=F("tool__slug")).values_list("slug", "current"))
