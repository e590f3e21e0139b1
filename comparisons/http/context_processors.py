"""What every template may use. Nothing here depends on who asks."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | bool]:
    """Return the site's name and address, the canonical address (no query), and whether it is a sample."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
        "sample_catalogue": settings.SAMPLE_CATALOGUE,
    }
