"""The little picture that browsers ask for by name, whatever page they show."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from comparisons.http.without_database import without_database


@without_database
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the picture's own address."""
    return redirect(static("img/icon.svg"))
