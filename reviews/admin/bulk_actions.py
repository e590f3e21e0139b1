"""Actions on the ticked tools of the list: a page names what will happen to each, then it is done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import ModelAdmin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from reviews.admin.bulk_wording import ACTION_WORDS, DONE_WORDS, outcome_sentence, result_sentence
from reviews.admin.permissions import may_edit_facts, may_publish
from reviews.models import Category, Tool
from reviews.services.bulk import Act, IsAllowed, Order, carry_out, plan_changes
from reviews.services.editing.publishing import whole_minute

MOST_TOOLS = 200
"""At once: more would keep other editors and votes waiting on SQLite."""
OF_PUBLISHERS = (Act.PUBLISH, Act.SCHEDULE, Act.RETIRE)


class OrderForm(forms.Form):
    """What an act needs to know beside its tools."""

    moment = forms.SplitDateTimeField(label="Readers see them from", widget=AdminSplitDateTime)
    category = forms.ModelChoiceField(label="New category", queryset=Category.objects.all())
    may_be_incomplete = forms.BooleanField(
        label="Publish incomplete",
        required=False,
        help_text="Needed for a tool that not every reviewer has judged.",
    )

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act
        if act != Act.SCHEDULE:
            del self.fields["moment"]
        if act != Act.CATEGORY:
            del self.fields["category"]
        if act not in (Act.PUBLISH, Act.SCHEDULE):
            del self.fields["may_be_incomplete"]

    def clean_moment(self) -> datetime:
        moment = whole_minute(self.cleaned_data["moment"])
        if moment <= timezone.now():
            raise forms.ValidationError("Choose a moment to come; to publish at once, use “Publish”.")
        return moment

    @property
    def order(self) -> Order:
        return Order(act=self.act, **self.cleaned_data)

    @property
    def asks_first(self) -> bool:
        """Whether the plan depends on what is to be chosen."""
        return "moment" in self.fields or "category" in self.fields


def may_act(user: Any, act: Act, tool: Tool | None) -> bool:
    """Say whether the editor may do this to `tool`, or to any tool (None)."""
    if act in OF_PUBLISHERS:
        return may_publish(user) and user.has_perm("reviews.change_tool")
    return user.has_perm("reviews.change_tool") and may_edit_facts(user, tool)


def _first_page_of(act: Act) -> Callable[["BulkActionsAdmin", HttpRequest, QuerySet[Tool]], HttpResponse]:
    """Return the action of the list: it answers with the page of the act."""

    def first_page(
        model_admin: "BulkActionsAdmin", request: HttpRequest, tools: QuerySet[Tool]
    ) -> HttpResponse:
        return model_admin.bulk_page(request, act, list(tools.values_list("pk", flat=True)[: MOST_TOOLS + 1]))

    first_page.__name__ = act.value
    permission = "publish" if act in OF_PUBLISHERS else "edit_facts"
    return admin.action(first_page, permissions=[permission], description=ACTION_WORDS[act])


class BulkActionsAdmin(ModelAdmin):
    """The part of the admin of tools that acts on many."""

    actions = [_first_page_of(act) for act in Act]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_act(request.user, Act.PUBLISH, None)

    def has_edit_facts_permission(self, request: HttpRequest) -> bool:
        return may_act(request.user, Act.CATEGORY, None)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.bulk_view)
        pages = [path(f"bulk/{act}/", view, {"act": act}, name=f"bulk_{act}") for act in Act]
        return [*pages, *super().get_urls()]

    @method_decorator(require_POST)
    def bulk_view(self, request: HttpRequest, act: Act) -> HttpResponse:
        """Show what would happen to the tools that are named; with `confirm`, do it."""
        return self.bulk_page(request, act, _ids(request.POST.get("tools", "")), request.POST)

    def bulk_page(self, request: HttpRequest, act: Act, ids: list[int], data: Any = None) -> HttpResponse:
        """Answer with the page of an act, or do it. `data` is what was chosen there; None: nothing yet."""
        if not may_act(request.user, act, None):
            raise PermissionDenied
        if len(ids) > MOST_TOOLS:
            messages.error(request, f"At most {MOST_TOOLS} tools at a time: {len(ids)} were chosen.")
            return redirect(reverse("admin:reviews_tool_changelist"))
        form = OrderForm(data, act=act)
        is_chosen = form.is_valid() if form.is_bound else not form.asks_first
        order = form.order if form.is_bound and is_chosen else Order(act=act)

        def is_allowed(tool: Tool) -> bool:
            return may_act(request.user, act, tool)

        if is_chosen and data and "confirm" in data:
            if data.get("shown") == _shown(order):
                return self._carry_out(request, order, ids, is_allowed)
            messages.warning(
                request, "Nothing was changed: you chose something else. Look again, then confirm."
            )
        tools = Tool.objects.filter(pk__in=ids).select_related("category")
        planned = plan_changes(order=order, tools=list(tools), is_allowed=is_allowed) if is_chosen else []
        lines = [(change, outcome_sentence(order, change)) for change in planned]
        context = {
            **self.admin_site.each_context(request),
            "title": ACTION_WORDS[act],
            "opts": self.opts,
            "address": reverse(f"admin:bulk_{act}"),
            "form": form,
            "tools": tools,
            "ids": ",".join(map(str, ids)),
            "lines": lines,
            "is_chosen": is_chosen,
            "shown": _shown(order),
            "possible": sum(change.obstacle is None for change in planned),
            "done_words": DONE_WORDS[act],
        }
        status = 422 if form.is_bound and form.errors else 200
        return render(request, "admin/reviews/tool/bulk.html", context, status=status)

    def _carry_out(
        self, request: HttpRequest, order: Order, ids: list[int], is_allowed: IsAllowed
    ) -> HttpResponse:
        editor: Any = request.user
        planned = carry_out(order=order, tools=ids, is_allowed=is_allowed, by=editor.get_username())
        done = [change.tool for change in planned if change.obstacle is None]
        left = [change for change in planned if change.obstacle is not None]
        if done:
            LogEntry.objects.log_actions(editor.pk, done, CHANGE, ACTION_WORDS[order.act])
            messages.success(request, result_sentence(order, len(done)))
        for change in left:
            messages.warning(request, f"{change.tool}: {outcome_sentence(order, change)}")
        return redirect(reverse("admin:reviews_tool_changelist"))


def _shown(order: Order) -> str:
    """Return what was chosen as a text, so that nothing is done but what the page showed."""
    category = order.category.pk if order.category else ""
    moment = order.moment.isoformat() if order.moment else ""
    return f"{category} {moment} {order.may_be_incomplete}"


def _ids(text: str) -> list[int]:
    """Read `1,2,3`; what is no key of a tool is left out."""
    return [int(part) for part in text.split(",") if part.isascii() and part.isdecimal() and len(part) < 19]
