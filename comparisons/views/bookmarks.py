"""A visitor's bookmarks: the button, the page, and the panel."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comparisons.forms import BookmarkForm, first_error
from comparisons.http.errors import error_page
from comparisons.http.fragments import is_htmx, render_page
from comparisons.http.visitor_action import (
    VisitorAction,
    count_action,
    follow_merges,
    redirect_back,
    remember_visitor,
    too_many_actions,
)
from comparisons.http.visitor_cookie import visitor_of
from comparisons.models import Bookmark
from comparisons.services.visitors.bookmarks import (
    MOST_BOOKMARKS,
    TooManyBookmarks,
    bookmarked_tools,
    set_bookmark,
)


@require_safe
@never_cache
def bookmarks(request: HttpRequest) -> HttpResponse:
    """Show the visitor's bookmarks: a page, or with `part=panel` a short list."""
    context = {"tools": bookmarked_tools(visitor=visitor_of(request))}
    return render_page(request, "comparisons/bookmarks.html", context, part="panel")


@require_POST
@follow_merges
def bookmark(request: HttpRequest, slug: str) -> HttpResponse:
    """Set or unset the visitor's bookmark of a tool, and answer with the button."""
    action = count_action(request, slug)
    if action.retry_after:
        return too_many_actions(request, action, partial(_button, request, action))
    form = BookmarkForm(request.POST)
    if not form.is_valid():
        sentence = first_error(form)
        return (
            _button(request, action, sentence)
            if is_htmx(request)
            else error_page(request, status=422, sentence=sentence)
        )
    is_wanted = form.cleaned_data["bookmarked"] == "yes"
    try:
        set_bookmark(visitor=action.visitor, tool=action.tool, is_bookmarked=is_wanted)
    except TooManyBookmarks:
        sentence = (
            f"You have {MOST_BOOKMARKS} bookmarks, which is as many as we keep. Remove one to add another."
        )
        return (
            _button(request, action, sentence)
            if is_htmx(request)
            else error_page(request, status=409, sentence=sentence)
        )
    if is_htmx(request):
        return remember_visitor(_button(request, action, is_saved=True), action)
    note = "bookmarked" if is_wanted else "unbookmarked"
    back = redirect_back(form.cleaned_data["back"], anchor=f"{note}-{action.tool.slug}", tool=action.tool)
    return remember_visitor(back, action)


def _button(
    request: HttpRequest, action: VisitorAction, error: str = "", *, is_saved: bool = False
) -> HttpResponse:
    """Return the button as it is now and, once saved, what else shows the bookmark."""
    kept = Bookmark.objects.by_visitor(action.visitor)
    context = {
        "tool": action.tool,
        "is_bookmarked": kept.filter(tool=action.tool).exists(),
        "count": kept.shown().count(),
        "error": error,
    }
    return render(request, f"comparisons/_bookmark.html#{'saved' if is_saved else 'button'}", context)
