"""The icon at the address that browsers ask by themselves."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from comparisons.http.without_database import without_database


@without_database
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect to the icon's own address."""
    return redirect(static("img/icon.svg"))
