"""A visitor's bookmarks: the button, the page, and the same list as a panel."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from comparisons.forms import BookmarkForm
from comparisons.http.errors import error_page
from comparisons.http.fragments import render_page
from comparisons.http.visitor_action import begin, finish, follow_merges, redirect_back, too_many_actions
from comparisons.http.visitor_cookie import visitor_of
from comparisons.models import Bookmark
from comparisons.services.visitors.bookmarks import MOST_BOOKMARKS, TooManyBookmarks, bookmarked_tools, set_bookmark


@require_safe
@never_cache
def bookmarks(request: HttpRequest) -> HttpResponse:
    """Show the visitor's bookmarks: a page, or for the panel a short list."""
    context = {"tools": bookmarked_tools(visitor=visitor_of(request))}
    return render_page(request, "comparisons/bookmarks.html", context, fragment="panel")


@require_POST
@follow_merges
def bookmark(request: HttpRequest, slug: str) -> HttpResponse:
    """Set or unset the visitor's bookmark of a tool, and show the button that was pressed."""
    act = begin(request, slug)

    def button(error: str = "", *, is_new: bool = False) -> HttpResponse:
        mine = Bookmark.objects.by_visitor(act.visitor)
        context = {
            "tool": act.tool,
            "is_bookmarked": mine.filter(tool=act.tool).exists(),
            "count": mine.shown().count(),
            "error": error,
        }
        return render(
            request, "comparisons/community.html#bookmarked" if is_new else "comparisons/community.html#bookmark", context
        )

    if act.retry_after:
        return too_many_actions(request, act, button)
    form = BookmarkForm(request.POST)
    if not form.is_valid():
        sentence = next(iter(form.errors.values()))[0]
        return button(sentence) if request.htmx else error_page(request, status=422, sentence=sentence)
    is_wanted = form.cleaned_data["bookmarked"] == "yes"
    try:
        set_bookmark(visitor=act.visitor, tool=act.tool, is_bookmarked=is_wanted)
    except TooManyBookmarks:
        sentence = f"You have {MOST_BOOKMARKS} bookmarks, which is as many as we keep. Remove one to add another."
        return button(sentence) if request.htmx else error_page(request, status=409, sentence=sentence)
    if request.htmx:
        return finish(button(is_new=True), act)
    note = "bookmarked" if is_wanted else "unbookmarked"
    return finish(redirect_back(form.cleaned_data["back"], anchor=f"{note}-{slug}", tool=act.tool), act)
