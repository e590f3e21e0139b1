"""Casting and withdrawing a vote."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from comparisons.forms import WITHDRAW, BackField, VoteForm
from comparisons.services.yours import your_tool
from comparisons.views.errors import error_page
from comparisons.views.participation import back_to, begin, finish, follow_merges, too_often
from reviews.models import Tool, Vote
from reviews.services.voting import cast, withdraw


@require_POST
@follow_merges
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the visitor's vote on a tool to what the form says, and show the block that was pressed."""
    act = begin(request, slug)

    def block(error: str = "", *, is_new: bool = False) -> HttpResponse:
        tool = Tool.objects.select_related("tally").get(pk=act.tool.pk)
        mine = Vote.objects.by_visitor(act.visitor).filter(tool=tool).first()
        context = {
            "your": your_tool(tool=tool, vote=mine, is_bookmarked=False),
            "back": BackField().clean(request.POST.get("back")),
            "error": error,
        }
        return render(request, "comparisons/community.html#voted" if is_new else "comparisons/community.html#vote", context)

    if act.retry_after:
        return too_often(request, act, block)
    form = VoteForm(request.POST)
    if not form.is_valid():
        sentence = next(iter(form.errors.values()))[0]
        return block(sentence) if request.htmx else error_page(request, status=422, sentence=sentence)
    decision = form.cleaned_data["decision"]
    if decision == WITHDRAW:
        withdraw(tool=act.tool, visitor=act.visitor)
    else:
        cast(tool=act.tool, visitor=act.visitor, decision=decision, networks=act.networks, now=act.now)
    if request.htmx:
        return finish(block(is_new=True), act)
    note = "withdrawn" if decision == WITHDRAW else f"voted-{decision}"
    return finish(back_to(form.cleaned_data["back"], anchor=f"{note}-{slug}", tool=act.tool), act)
