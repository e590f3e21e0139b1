"""Where the mailed link leads: it asks on GET, for mail programs open links by themselves, and confirms on POST."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from comparisons.newsletter.consent import CONFIRMED_WORDS
from comparisons.newsletter.services import subscribe
from comparisons.newsletter.services.subscribe import LinkExpired, LinkUnknown
from comparisons.newsletter.views.public import personal


@personal
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, link: str) -> HttpResponse:
    """Ask whether to send the letter; on POST, begin to. Who has confirmed already is told so."""
    try:
        if request.method == "POST":
            return render(request, "newsletter/confirmed.html", {"subscriber": subscribe.confirm(link=link)})
        asked = subscribe.find_request(link=link)
    except LinkExpired:
        return render(request, "newsletter/link_expired.html", status=410)
    except LinkUnknown:
        return render(request, "newsletter/link_unknown.html", status=404)
    page = "newsletter/confirmed.html" if asked.confirmed_at else "newsletter/confirm.html"
    return render(request, page, {"subscriber": asked.subscriber, "words": CONFIRMED_WORDS})
