"""Casting and withdrawing a vote."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from comparisons.forms import WITHDRAW, BackField, VoteForm, first_error
from comparisons.http.client_network import vote_networks_of
from comparisons.http.errors import error_page
from comparisons.http.fragments import is_htmx
from comparisons.http.visitor_action import (
    VisitorAction,
    count_action,
    follow_merges,
    redirect_back,
    remember_visitor,
    too_many_actions,
)
from comparisons.services.visitors.visitor_state import visitor_tool
from reviews.models import Tool, Vote
from reviews.services.voting.cast import cast, withdraw


@require_POST
@follow_merges
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the visitor's vote on a tool, and answer with the form."""
    action = count_action(request, slug)
    if action.retry_after:
        return too_many_actions(request, action, partial(_vote_form, request, action))
    form = VoteForm(request.POST)
    if not form.is_valid():
        sentence = first_error(form)
        return (
            _vote_form(request, action, sentence)
            if is_htmx(request)
            else error_page(request, status=422, sentence=sentence)
        )
    decision = form.cleaned_data["decision"]
    networks = vote_networks_of(request, today=action.now.date())
    if decision == WITHDRAW:
        withdraw(tool=action.tool, visitor=action.visitor, networks=networks, now=action.now)
    else:
        cast(tool=action.tool, visitor=action.visitor, decision=decision, networks=networks, now=action.now)
    if is_htmx(request):
        return remember_visitor(_vote_form(request, action, is_saved=True), action)
    note = "withdrawn" if decision == WITHDRAW else f"voted-{decision}"
    back = redirect_back(form.cleaned_data["back"], anchor=f"{note}-{action.tool.slug}", tool=action.tool)
    return remember_visitor(back, action)


def _vote_form(
    request: HttpRequest, action: VisitorAction, error: str = "", *, is_saved: bool = False
) -> HttpResponse:
    """Return the form as it is now and, once saved, what else shows the vote."""
    tool = Tool.objects.select_related("tally").get(pk=action.tool.pk)
    cast_before = Vote.objects.of_person(action.visitor).filter(tool=tool).first()
    context = {
        "your": visitor_tool(tool=tool, vote=cast_before, is_bookmarked=False),
        "back": BackField().clean(request.POST.get("back")),
        "error": error,
    }
    return render(request, f"comparisons/_vote.html#{'saved' if is_saved else 'form'}", context)
