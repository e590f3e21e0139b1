"""Proposed changes of verdicts: their list, and the page on which a Publisher decides."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_POST, require_safe

from reviews.admin.permissions import may_publish
from reviews.admin.verdict_formset import VerdictFormSet
from reviews.admin.wording import REASON_WANTED
from reviews.models import Proposal, ProposalState
from reviews.services.editing.differences import differences_of
from reviews.services.editing.proposals import (
    AlreadyDecided,
    ChangedMeanwhile,
    WordMissing,
    accept,
    return_proposal,
    view_proposal,
    withdraw,
)
from reviews.services.editing.restore import ReasonMissing

LONGEST = 300  # characters of a reason and a word


def report_proposals(request: HttpRequest, formset: Any) -> None:
    """Say which verdicts of a tool's page became proposals."""
    if isinstance(formset, VerdictFormSet):
        for proposal in formset.proposals:
            messages.success(
                request,
                f"Your change of the {proposal.reviewer}'s verdict is a proposal: readers see the former "
                "verdict until a Publisher accepts it.",
            )


@admin.register(Proposal)
class ProposalAdmin(ModelAdmin):
    list_display = ["at", "change", "reviewer", "editor", "state", "decided_by"]
    list_filter = ["state", "reviewer"]
    list_select_related = ["tool", "reviewer"]
    list_display_links = None
    search_fields = ["tool__name", "editor"]

    @admin.display(description="proposal", ordering="tool__name")
    def change(self, proposal: Proposal) -> str:
        return format_html('<a href="{}/change/">{}</a>', proposal.pk, proposal.tool)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("reviews.view_verdict")

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # they are made on the tool's page

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what was decided stays on record

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/change/", view(self.page_view), name="reviews_proposal_change"),
            path("<int:pk>/decide/", view(self.decide_view), name="reviews_proposal_decide"),
        ]
        return [*own, *super().get_urls()]

    @method_decorator(require_safe)
    def page_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what would change."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return self._page(request, pk)

    @method_decorator(require_POST)
    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accept or return a proposal, or take an own one back."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        proposal = get_object_or_404(Proposal, pk=pk)
        name = request.user.get_username()
        shown = request.POST.get("shown", "")
        is_allowed = name == proposal.editor if "withdraw" in request.POST else may_publish(request.user)
        if not is_allowed:
            raise PermissionDenied
        try:
            if "withdraw" in request.POST:
                done = withdraw(proposal=pk, by=name)
            elif "return" in request.POST:
                done = return_proposal(proposal=pk, by=name, answer=request.POST.get("answer", "")[:LONGEST])
            elif "accept" in request.POST:
                reason = request.POST.get("reason", "")[:LONGEST]
                version = int(shown) if shown.isdecimal() and len(shown) < 19 else -1
                done = accept(proposal=pk, by=name, shown=version, reason=reason)
            else:
                return redirect("admin:reviews_proposal_change", pk)
        except AlreadyDecided as faster:
            messages.warning(request, _decided_sentence(faster.proposal))
            return redirect("admin:reviews_proposal_change", pk)
        except ChangedMeanwhile:
            return self._page(request, pk, "The verdict changed meanwhile. Look at it again, then decide.")
        except WordMissing:
            return self._page(request, pk, "Say why it goes back: its editor reads your word.")
        except ReasonMissing:
            return self._page(request, pk, REASON_WANTED)
        except ValidationError as refusal:
            return self._page(request, pk, " ".join(refusal.messages))
        self.log_change(request, done.tool, f"{done.get_state_display()}: proposal of {done.editor}.")
        messages.success(request, f"The proposal is {done.get_state_display().lower()}.")
        return redirect("admin:reviews_proposal_change", pk)

    def _page(self, request: HttpRequest, pk: int, error: str = "") -> HttpResponse:
        proposals = Proposal.objects.select_related("tool", "reviewer")
        proposal = get_object_or_404(proposals, pk=pk)
        view = view_proposal(proposal=proposal)
        meanwhile = {field.name: (field.base, field.now) for field in view.fields if field.changed_meanwhile}
        differ = view.fields if proposal.is_open else ()
        was = {field.name: (field.base, field.proposed) for field in view.fields}
        would = {field.name: (field.now, field.proposed) for field in differ if field.now != field.proposed}
        is_own = proposal.editor == request.user.get_username()
        context = {
            **self.admin_site.each_context(request),
            "title": f"Proposal: {proposal.reviewer} on {proposal.tool}",
            "opts": self.opts,
            "proposal": proposal,
            "view": view,
            "differences": differences_of(would if proposal.is_open else was),
            "meanwhile": differences_of(meanwhile) if proposal.is_open else [],
            "decided": "" if proposal.is_open else _decided_sentence(proposal),
            "may_decide": proposal.is_open and may_publish(request.user),
            "may_withdraw": is_own and proposal.state in (ProposalState.OPEN, ProposalState.RETURNED),
            "error": error,
            "answer": request.POST.get("answer", ""),
            "reason": request.POST.get("reason", proposal.reason),
        }
        return render(request, "admin/reviews/proposal/page.html", context, status=409 if error else 200)


def _decided_sentence(proposal: Proposal) -> str:
    by = f" by {proposal.decided_by}" if proposal.decided_by else ""
    at = f" on {proposal.decided_at:%-d %B %Y at %H:%M}" if proposal.decided_at else ""
    word = f": “{proposal.answer}”" if proposal.answer else "."
    return f"{proposal.get_state_display()}{by}{at}{word}"
