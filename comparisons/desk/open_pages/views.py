"""The beat of an open form: a POST, so that looking at a page writes nothing."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_POST

from comparisons.desk.accounts.next_page import is_desk_path
from comparisons.desk.open_pages.presence import note_closed, note_open

LONGEST_PATH = 200


@require_POST
def open_page(request: HttpRequest) -> HttpResponse:
    """Note that the editor has a form open, or with `closed` no longer; say who else has."""
    page = request.POST.get("page", "")
    if not _is_form(page):
        raise Http404
    if "closed" in request.POST:
        note_closed(page=page, editor=request.user)  # type: ignore[arg-type]  # the desk's pages are for users
        return JsonResponse({"others": []})
    others = note_open(page=page, editor=request.user, now=timezone.now())  # type: ignore[arg-type]
    return JsonResponse({"others": others})


def _is_form(page: str) -> bool:
    if len(page) > LONGEST_PATH or not is_desk_path(page):
        return False
    try:
        return str(resolve(page).url_name).endswith("_change")
    except Resolver404:
        return False
