"""Votes that wait: a batch, its reason, how it compares with the settled share, and its decision."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from reviews.admin.permissions import reviewer_of
from reviews.models import BatchStatus, Decision, VoteBatch
from reviews.models.votes import WAITING
from reviews.services.panel import percent
from reviews.services.voting.hold import decide


@admin.register(VoteBatch)
class VoteBatchAdmin(admin.ModelAdmin):
    """A batch with the counts that `get_queryset` adds (`Any` where they are read)."""

    list_display = [
        "tool",
        "reason",
        "status",
        "waiting",
        "held_share",
        "settled_share",
        "tied_votes",
        "networks",
        "opened_at",
        "decided_by",
    ]
    list_filter = ["status", "reason"]
    list_select_related = ["tool", "tool__tally"]
    search_fields = ["tool__name"]
    actions = ["release", "discard"]
    fields = [
        "tool",
        "reason",
        ("waiting", "held_share", "settled_share", "tied_votes", "networks"),
        ("opened_at", "status", "decided_at", "decided_by"),
    ]
    readonly_fields = flatten(fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[VoteBatch]:
        """Batches with waiting or decided votes; those only watched are left out."""
        waiting_ship = Q(votes__status__in=WAITING, votes__decision=Decision.SHIP)
        counts = {
            "vote_total": Count("votes"),
            "ship_total": Count("votes", filter=waiting_ship),
            "network_total": Count("votes__network", filter=~Q(votes__network=""), distinct=True),
        }
        return super().get_queryset(request).exclude(status=BatchStatus.WATCHED).annotate(**counts)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: VoteBatch | None = None) -> bool:
        """Editors bound to one reviewer do not decide about votes."""
        return super().has_change_permission(request, obj) and reviewer_of(request.user) is None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # what was decided stays on record

    @admin.display(description="votes tied together", ordering="vote_total")
    def tied_votes(self, batch: Any) -> int:
        return batch.vote_total

    @admin.display(description="waiting votes to ship it")
    def held_share(self, batch: Any) -> str:
        share = percent(batch.ship_total, batch.waiting)
        return "—" if share is None else f"{share}%"

    @admin.display(description="counted votes to ship it")
    def settled_share(self, batch: VoteBatch) -> str:
        tally = getattr(batch.tool, "tally", None)
        share = percent(tally.ships, tally.ships + tally.skips) if tally else None
        return "—" if share is None else f"{share}%"

    @admin.display(description="networks", ordering="network_total")
    def networks(self, batch: Any) -> str:
        """The number of networks; for one, the beginning of its hash, to tell batches of a tool apart."""
        return f"one ({batch.network[:6]})" if batch.network else str(batch.network_total)

    @admin.action(description="Release: let these votes count", permissions=["change"])
    def release(self, request: HttpRequest, batches: QuerySet[VoteBatch]) -> None:
        self._decide(request, batches, release=True)

    @admin.action(description="Discard: these votes never count, but stay on record", permissions=["change"])
    def discard(self, request: HttpRequest, batches: QuerySet[VoteBatch]) -> None:
        self._decide(request, batches, release=False)

    def get_urls(self) -> list[Any]:
        decide_one = path(
            "<int:pk>/decide/", self.admin_site.admin_view(self.decide_view), name="reviews_votebatch_decide"
        )
        return [decide_one, *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": "Held votes", **(extra_context or {})})

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        batch = context["original"]
        context["title"] = "Held batch"
        context["may_decide"] = batch.status == BatchStatus.WAITING and self.has_change_permission(
            request, batch
        )
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: VoteBatch, form: Any, change: bool) -> None:
        """Save nothing: the page has no fields, and its batch may be decided by now."""

    @method_decorator(require_POST)
    def decide_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Release or discard one batch from its page."""
        batch = get_object_or_404(VoteBatch, pk=pk)
        if not self.has_change_permission(request, batch):
            raise PermissionDenied
        if batch.status != BatchStatus.WAITING:
            messages.info(
                request,
                f"These votes are decided already: {batch.get_status_display().lower()} by "
                f"{batch.decided_by}.",
            )
        elif {"release", "discard"} & set(request.POST):
            self._decide(request, VoteBatch.objects.filter(pk=pk), release="release" in request.POST)
        return redirect("admin:reviews_votebatch_change", pk)

    def _decide(self, request: HttpRequest, batches: QuerySet[VoteBatch], *, release: bool) -> None:
        waiting = list(batches.filter(status=BatchStatus.WAITING))
        for batch in waiting:
            decide(batch=batch, release=release, by=request.user.get_username(), now=timezone.now())
            self.log_change(request, batch, "Released" if release else "Discarded")
        verb = "released" if release else "discarded"
        self.message_user(
            request,
            f"{len(waiting)} waiting {'batch' if len(waiting) == 1 else 'batches'} {verb}.",
            messages.SUCCESS,
        )
