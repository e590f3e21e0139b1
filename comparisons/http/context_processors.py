"""What every template may use.

Nothing here depends on who asks: a public page is the same bytes for everybody.
"""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, str | bool]:
    """Return the site's name, its public address, the canonical address of this page (no query string), and
    whether the catalogue is the sample one.
    """
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "canonical_url": f"{settings.SITE_URL}{request.path}",
        "sample_catalogue": settings.SAMPLE_CATALOGUE,
    }
