"""A tool's address: made from its name, and kept for ever once readers knew it."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify

from reviews.models import OldSlug, Revision, Tool
from reviews.services import history

LONGEST = 110  # characters, which leaves room for a number


def slug_for(*, name: str) -> str:
    """Return a free slug for a tool of this name: “LLaMA vs. Alpaca” gives `llama-versus-alpaca`. Empty for a nameless name."""
    words = ["versus" if word == "vs" else word for word in slugify(name)[:LONGEST].split("-") if word]
    slug = "-".join(words)
    taken = {
        *Tool.objects.filter(slug__startswith=slug).values_list("slug", flat=True),
        *OldSlug.objects.filter(slug__startswith=slug).values_list("slug", flat=True),
    }
    number, free = 1, slug
    while free and free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


@transaction.atomic
def save_tool(*, tool: Tool, by: str, reason: str = "") -> Revision | None:
    """Save a validated tool with its history. An address that readers may know keeps leading to it."""
    before = Tool.objects.filter(pk=tool.pk).first() if tool.pk else None
    revision = history.save(row=tool, by=by, reason=reason)
    if before is not None:
        keep_address(before=before, now=tool)
    return revision


def keep_address(*, before: Tool, now: Tool) -> None:
    """After a tool was saved: if it has another slug than `before`, let the one that readers may know lead to it."""
    if before.slug == now.slug:
        return
    OldSlug.objects.filter(slug=now.slug, tool=now).delete()
    if before.had_readers:
        OldSlug.objects.create(slug=before.slug, tool=now)


def free_addresses(*, slugs: Iterable[str]) -> None:
    """Let these old addresses lead nowhere else any more, because tools have them as their own again."""
    OldSlug.objects.filter(slug__in=slugs).delete()


def current_slugs(*, slugs: Iterable[str]) -> dict[str, str]:
    """Return for each old slug among `slugs` the one its tool has now, if that tool has a page. One query."""
    wanted = [slug.lower() for slug in slugs]
    led = OldSlug.objects.filter(slug__in=wanted, tool__in=Tool.objects.with_page())
    return dict(led.annotate(now=F("tool__slug")).values_list("slug", "now"))
