"""The contact for reporting a weakness: RFC 9116."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

VALID = timedelta(days=200)


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Answer with SECURITY_CONTACT, valid for at least 169 days. Changes once a month."""
    expires = timezone.now().date().replace(day=1) + VALID
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
