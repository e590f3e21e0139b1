"""What a page says to search engines as JSON-LD in the words of schema.org."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from comparisons.discovery.community_rating import community_rating
from comparisons.templatetags.structured_data import COMPARISONS, review_notes
from comparisons.templatetags.wording import panel_words
from reviews.models import Tool
from reviews.services.counting.tool_summary import ToolSummary

CONTEXT = "https://schema.org"


def tool_data(*, summary: ToolSummary) -> dict[str, Any]:
    """Return a SoftwareApplication with the panel's review, and the votes from 20 on. No query."""
    tool = summary.tool
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "SoftwareApplication",
        "name": tool.name,
        "description": tool.tagline,
        "applicationCategory": tool.category.name,
        "url": _address_of(tool),
    }
    if tool.website:
        data["sameAs"] = tool.website
    if summary.panel.total:
        data["review"] = _review(summary)
    return data | community_rating(summary.community)


def _review(summary: ToolSummary) -> dict[str, Any]:
    """Return the panel's review by the site; its rating is the mean of the known scores, if there are any."""
    days = [verdict.reviewed_on for verdict in summary.tool.verdicts.all()]
    review: dict[str, Any] = {
        "@type": "Review",
        "author": {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL},
        "url": _address_of(summary.tool),
        "datePublished": min(days).isoformat(),
        "dateModified": max(days).isoformat(),
        "reviewBody": panel_words(summary.panel),
        "abstract": review_notes(summary.tool),
    }
    if summary.panel.mean_score is not None:
        review["reviewRating"] = {
            "@type": "Rating",
            "ratingValue": summary.panel.mean_score,
            "bestRating": 100,
            "worstRating": 0,
        }
    return review


def comparison_data(*, tools: Sequence[Tool], heading: str, address: str) -> list[dict[str, Any]]:
    """Return the compared tools in the page's order, and the way to the page. No query."""
    page = settings.SITE_URL + reverse("comparison", args=[address])
    rows = [
        {"@type": "ListItem", "position": position, "name": tool.name, "url": _address_of(tool)}
        for position, tool in enumerate(tools, start=1)
    ]
    steps = [(COMPARISONS, settings.SITE_URL + reverse("comparisons")), (heading, page)]
    crumbs = [
        {"@type": "ListItem", "position": position, "name": name, "item": url}
        for position, (name, url) in enumerate(steps, start=1)
    ]
    return [
        {
            "@context": CONTEXT,
            "@type": "ItemList",
            "name": heading,
            "url": page,
            "numberOfItems": len(rows),
            "itemListElement": rows,
        },
        {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": crumbs},
    ]


def _address_of(tool: Tool) -> str:
    return settings.SITE_URL + tool.get_absolute_url()
