"""Casting and withdrawing a vote."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from comparisons.forms import WITHDRAW, BackField, VoteForm
from comparisons.http.errors import error_page
from comparisons.http.visitor_action import begin, finish, follow_merges, redirect_back, too_many_actions
from comparisons.services.visitors.visitor_state import visitor_tool
from reviews.models import Tool, Vote
from reviews.services.voting.cast import cast, withdraw


@require_POST
@follow_merges
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the visitor's vote on a tool to what the form says, and show the block that was pressed."""
    act = begin(request, slug)

    def block(error: str = "", *, is_new: bool = False) -> HttpResponse:
        tool = Tool.objects.select_related("tally").get(pk=act.tool.pk)
        mine = Vote.objects.by_visitor(act.visitor).filter(tool=tool).first()
        context = {
            "your": visitor_tool(tool=tool, vote=mine, is_bookmarked=False),
            "back": BackField().clean(request.POST.get("back")),
            "error": error,
        }
        return render(request, "comparisons/community.html#voted" if is_new else "comparisons/community.html#vote", context)

    if act.retry_after:
        return too_many_actions(request, act, block)
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
    return finish(redirect_back(form.cleaned_data["back"], anchor=f"{note}-{slug}", tool=act.tool), act)
