"""The Atom feeds: what is new, and what changed of a category, a reviewer, a tool and a comparison.

Ids are tag URIs (RFC 4151) made of primary keys, so that an entry stays the same when its tool is renamed.
"""

from datetime import UTC, datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from comparisons.services.find.resolve import ComparisonNotFound, ResolvedComparison, resolve_comparison
from comparisons.services.lists import feed_items
from comparisons.services.lists.feed_items import FeedItem, NewComparison
from comparisons.templatetags import feed_wording
from comparisons.templatetags.feed_wording import plain
from reviews.models import Category, Reviewer, Tool
from reviews.models.methods import METHOD_VERSIONS
from reviews.services.editing.slugs import current_slugs

NOTHING_BEFORE = datetime.combine(METHOD_VERSIONS[0].since, time.min, UTC)
"""What an empty feed says it was last changed on: a fixed day, so that its bytes stay the same."""


class Moved(Exception):
    """The feed has another address: the first argument."""


class AtomFeed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """Return the moment of the newest entry; Django says now for an empty feed."""
        return max((item["updateddate"] for item in self.items), default=NOTHING_BEFORE)


def tag(kind: str, number: int | str) -> str:
    """Return the lasting id of a thing on this site."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:{kind}/{number}"


class SiteFeed(Feed):
    """What all feeds share. Addresses begin with SITE_URL, whatever host was asked."""

    feed_type = AtomFeed
    language = settings.LANGUAGE_CODE

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().__call__(request, *args, **kwargs)
        except Moved as moved:
            return redirect(str(moved), permanent=True)

    def author_name(self) -> str:
        return settings.SITE_NAME

    def author_link(self) -> str:
        return settings.SITE_URL

    def item_title(self, item: FeedItem) -> str:
        return plain(feed_wording.item_title(item))

    def item_description(self, item: FeedItem) -> str:
        """Return HTML: the syndication framework says of a summary that it is."""
        return format_html("<p>{}</p>", plain(feed_wording.item_text(item)))

    def item_link(self, item: FeedItem) -> str:
        row = item.comparison if isinstance(item, NewComparison) else item.tool
        return settings.SITE_URL + row.get_absolute_url()

    def item_guid(self, item: FeedItem) -> str:
        if isinstance(item, NewComparison):
            return tag("comparison", item.comparison.pk)
        return tag("change", item.change.number)

    def item_pubdate(self, item: FeedItem) -> datetime:
        return item.at

    item_updateddate = item_pubdate


class NewComparisons(SiteFeed):
    title = feed_wording.NEW_COMPARISONS

    def link(self) -> str:
        return settings.SITE_URL + reverse("comparisons")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("feed_comparisons")

    def feed_guid(self) -> str:
        return tag("feed", "comparisons")

    def items(self) -> list[FeedItem]:
        return feed_items.new_comparisons()


class ChangedVerdicts(SiteFeed):
    title = feed_wording.CHANGED_VERDICTS

    def link(self) -> str:
        return settings.SITE_URL + reverse("home")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("feed_changes")

    def feed_guid(self) -> str:
        return tag("feed", "changes")

    def items(self) -> list[FeedItem]:
        return feed_items.changed_verdicts()


class RowFeed(SiteFeed):
    """The feed of a category, a reviewer or a tool."""

    name = ""

    def link(self, row: Category | Reviewer | Tool) -> str:
        return settings.SITE_URL + row.get_absolute_url()

    def feed_url(self, row: Category | Reviewer | Tool) -> str:
        return settings.SITE_URL + reverse(f"feed_{self.name}", args=[row.slug])

    def feed_guid(self, row: Category | Reviewer | Tool) -> str:
        return tag(f"feed/{self.name}", row.pk)

    def row_at(self, rows: Any, slug: str) -> Any:
        """Return the row with `slug`. Raises Moved for a former one, Http404 for any other."""
        row = rows.filter(slug=slug).first()
        former = rows.formerly_at([slug]).get(slug) if row is None else None
        if former:
            raise Moved(reverse(f"feed_{self.name}", args=[former.slug]))
        if row is None:
            raise Http404
        return row


class CategoryFeed(RowFeed):
    name = "category"

    def get_object(self, request: HttpRequest, slug: str) -> Category:
        return self.row_at(Category.objects.with_published_tools(), slug)

    def title(self, category: Category) -> str:
        return plain(feed_wording.category_title(category))

    def items(self, category: Category) -> list[FeedItem]:
        return feed_items.items_of_category(category=category)


class ReviewerFeed(RowFeed):
    name = "reviewer"

    def get_object(self, request: HttpRequest, slug: str) -> Reviewer:
        return self.row_at(Reviewer.objects.all(), slug)

    def title(self, reviewer: Reviewer) -> str:
        return plain(feed_wording.reviewer_title(reviewer))

    def items(self, reviewer: Reviewer) -> list[FeedItem]:
        return feed_items.items_of_reviewer(reviewer=reviewer)


class ToolFeed(RowFeed):
    name = "tool"

    def get_object(self, request: HttpRequest, slug: str) -> Tool:
        tool = Tool.objects.published().filter(slug=slug).first()
        if tool is None and (moved := current_slugs(slugs=[slug])):
            raise Moved(reverse("feed_tool", args=[moved[slug.lower()]]))
        if tool is None:
            raise Http404
        return tool

    def title(self, tool: Tool) -> str:
        return plain(feed_wording.tool_title(tool))

    def items(self, tool: Tool) -> list[FeedItem]:
        return feed_items.items_of_tool(tool=tool)


class ComparisonFeed(SiteFeed):
    """Watch two to four tools side by side."""

    def get_object(self, request: HttpRequest, address: str) -> ResolvedComparison:
        try:
            found = resolve_comparison(address=address)
        except ComparisonNotFound as missing:
            raise Http404 from missing
        if found.address != address:
            raise Moved(reverse("feed_comparison", args=[found.address]))
        return found

    def title(self, found: ResolvedComparison) -> str:
        return plain(feed_wording.comparison_title(found.tools))

    def subtitle(self, found: ResolvedComparison) -> str:
        return plain(feed_wording.comparison_subtitle(found.tools))

    def link(self, found: ResolvedComparison) -> str:
        return settings.SITE_URL + reverse("comparison", args=[found.address])

    def feed_url(self, found: ResolvedComparison) -> str:
        return settings.SITE_URL + reverse("feed_comparison", args=[found.address])

    def feed_guid(self, found: ResolvedComparison) -> str:
        return tag("feed/comparison", "-".join(str(pk) for pk in sorted(tool.pk for tool in found.tools)))

    def items(self, found: ResolvedComparison) -> list[FeedItem]:
        return feed_items.items_of_comparison(tools=found.tools, comparison=found.comparison)


new_comparisons = require_safe(NewComparisons())
changes = require_safe(ChangedVerdicts())
category = require_safe(CategoryFeed())
reviewer = require_safe(ReviewerFeed())
tool = require_safe(ToolFeed())
comparison = require_safe(ComparisonFeed())
