"""The privacy page, and the button that deletes a visitor's data."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comparisons.desk.accounts.devices import DEVICE_DAYS
from comparisons.desk.accounts.services.sessions import SESSION_RESTS
from comparisons.desk.accounts.services.sign_in_log import NETWORK_KEPT as SIGN_IN_NETWORK_KEPT
from comparisons.desk.accounts.services.sign_in_log import SIGN_INS_KEPT
from comparisons.desk.merging.records import KEPT as MERGES_KEPT
from comparisons.desk.open_pages.presence import EXPIRES_AFTER
from comparisons.http.visitor_cookie import forget, visitor_of, visitor_of_first_act
from comparisons.http.without_database import without_database
from comparisons.services.visitors.retention import (
    NETWORK_KEPT,
    VISITOR_KEPT,
    WITHDRAWAL_KEPT,
    forget_visitor,
)


@without_database
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    times = {
        "cookie_days": VISITOR_KEPT.days,
        "network_days": NETWORK_KEPT.days,
        "withdrawal_days": WITHDRAWAL_KEPT.days,
        "merge_days": MERGES_KEPT.days,
        "sign_in_days": SIGN_INS_KEPT.days,
        "sign_in_network_days": SIGN_IN_NETWORK_KEPT.days,
        "session_hours": SESSION_RESTS // timedelta(hours=1),
        "device_days": DEVICE_DAYS,
        "open_page_seconds": int(EXPIRES_AFTER.total_seconds()),
    }
    return render(request, "comparisons/privacy.html", times)


@require_POST
@never_cache
def forget_me(request: HttpRequest) -> HttpResponse:
    """Delete the visitor's votes, bookmarks and cookie."""
    # A first act whose answer has not arrived is known by its word alone, which js/action_queue.js puts into
    # the form.
    for visitor in {visitor_of(request), visitor_of_first_act(request.POST.get("first_act", ""))}:
        if visitor:
            forget_visitor(visitor=visitor, now=timezone.now())
    response = redirect(f"{reverse('privacy')}#forgotten")
    forget(response)
    return response
