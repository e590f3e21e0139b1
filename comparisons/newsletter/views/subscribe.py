"""The request for the letter, with htmx and without."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from comparisons.http.client_network import networks_of
from comparisons.http.fragments import is_htmx
from comparisons.http.without_database import without_database
from comparisons.newsletter.emails.connection import MailServerDown, Refused
from comparisons.newsletter.emails.smtp import AnswerLost
from comparisons.newsletter.forms import SubscribeForm
from comparisons.newsletter.services.subscribe import HOUR, TooManyRequests, request_subscription

logger = logging.getLogger("comparisons.newsletter")

UNAVAILABLE = "The letter is not available yet: this site has no mail server. Your address was not kept."
TOO_MANY = "There were many requests from your network within an hour. Please try again in an hour."
REFUSED = "The mail server does not take that address. Check it for a typing mistake."
DOWN = (
    "We could not send the mail with your link just now. Your address is still in the form: please try "
    "again in a few minutes."
)


@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Mail a link to the typed address. The answer is the same for any address."""
    form = SubscribeForm(request.POST)
    if not settings.MAILERS:
        return _answer(request, form, UNAVAILABLE, status=503)
    if form.is_trapped:
        return _answer(request, form)
    if not form.is_valid():
        return _answer(request, form, str(form.errors["email"][0]), status=422)
    try:
        request_subscription(
            email=form.cleaned_data["email"], networks=networks_of(request, today=timezone.localdate())
        )
    except TooManyRequests:
        return _answer(request, form, TOO_MANY, status=429, retry_after=HOUR)
    except Refused:
        return _answer(request, form, REFUSED, status=422)
    except (MailServerDown, AnswerLost) as down:
        logger.error("A confirmation could not be sent: %s", down or "no answer")
        return _answer(request, form, DOWN, status=503, retry_after=300)
    return _answer(request, form)


def _answer(
    request: HttpRequest, form: SubscribeForm, problem: str = "", *, status: int = 200, retry_after: int = 0
) -> HttpResponse:
    """Answer htmx with the line below the form, and a browser with a page that keeps what was typed."""
    if not problem and not is_htmx(request):
        return redirect("newsletter:asked")
    template = "newsletter/subscribe.html" + ("#answer" if is_htmx(request) else "")
    values = {"problem": problem, "typed": form.data.get("email", "")[:254]}
    response = render(request, template, values, status=status)
    if is_htmx(request):
        response.headers["HX-Reswap"] = (
            "innerHTML"  # says that this is the site's own answer, whatever its status
        )
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


@without_database
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say to look into the inbox, the same for everybody."""
    return render(request, "newsletter/asked.html")
