"""The one place that makes an aggregate rating for search engines: of community votes alone."""

from typing import Any

from reviews.services.counting.community import CommunitySummary

FEWEST_VOTES = 20


def community_rating(community: CommunitySummary) -> dict[str, dict[str, Any]]:
    """Return schema.org's property `aggregateRating`, 0 to 100: the share of ships among the counted votes.

    Empty below 20 votes, or from too few networks. What the panel says never becomes one: it is the review of
    one publisher.
    """
    if community.ship_percent is None or community.total < FEWEST_VOTES:
        return {}
    rating = {
        "@type": "AggregateRating",
        "ratingValue": community.ship_percent,
        "bestRating": 100,
        "worstRating": 0,
        "ratingCount": community.total,
    }
    return {"aggregateRating": rating}
