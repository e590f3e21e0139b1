"""A tool's slugs: those that readers knew lead to it for ever."""

from collections.abc import Container, Iterable
from datetime import datetime
from itertools import chain, count

from django.db.models import F
from django.utils import timezone

from reviews.models import OldSlug, Revision, Status, Tool
from reviews.services.naming.name_slugs import slug_of_name


def slug_for(*, name: str, tool: int = 0) -> str:
    """Return a free slug: “LLaMA vs. Alpaca” gives `llama-versus-alpaca`; empty as `slug_of_name` says.

    `tool` is the id of the stored tool it is for, whose own slugs, old ones too, are free to it.
    """
    slug = slug_of_name(name)
    if not slug:
        return ""
    return first_free(
        slug,
        taken={
            *Tool.objects.filter(slug__startswith=slug).exclude(pk=tool).values_list("slug", flat=True),
            *OldSlug.objects.filter(slug__startswith=slug).exclude(tool=tool).values_list("slug", flat=True),
        },
    )


def first_free(slug: str, *, taken: Container[str]) -> str:
    """Return the slug, or with the lowest number from 2 that makes it a free one."""
    numbered = (f"{slug}-{number}" for number in count(2))
    return next(each for each in chain([slug], numbered) if each not in taken)


def is_known_to_readers(*, tool: Tool) -> bool:
    """Say whether the tool was ever public, whatever its state is now."""
    if tool.had_readers:
        return True
    snapshots = Revision.objects.of_row(tool).values_list("snapshot", flat=True)
    return any(
        snapshot["status"] in (Status.PUBLISHED, Status.RETIRED)
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
