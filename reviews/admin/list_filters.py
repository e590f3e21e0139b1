"""Filters of the desk's lists; the dashboard links to them."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.utils import timezone

from reviews.models import Reviewer, Revision, Stage, Status, Tool


class ModelFilter(admin.SimpleListFilter):
    title = "what changed"
    parameter_name = "model"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        labels = Revision.objects.order_by("model").values_list("model", flat=True).distinct()
        return [(label, label.partition(".")[2].capitalize()) for label in labels]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Revision]) -> QuerySet[Revision]:
        return queryset.filter(model=self.value()) if self.value() else queryset


class StateFilter(admin.SimpleListFilter):
    title = "status"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(stage.value, stage.label) for stage in Stage]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Tool]:
        match self.value():
            case "scheduled":
                return queryset.scheduled()
            case "published":
                return queryset.published()
            case Status.DRAFT | Status.WAITING | Status.APPROVED | Status.RETIRED as status:
                return queryset.filter(status=status)
        return queryset


class MissingVerdictFilter(admin.SimpleListFilter):
    """Retired tools are left out: they need no verdict."""

    title = "missing verdict"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(reviewer.slug, f"By the {reviewer}") for reviewer in Reviewer.objects.all()]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Tool]:
        return queryset.not_retired().without_verdict_by(self.value()) if self.value() else queryset


class PanelFilter(admin.SimpleListFilter):
    """How much of the panel is there. Retired tools are left out: they need no verdict."""

    title = "panel"
    parameter_name = "panel"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("one-missing", "One verdict missing"),
            ("more-missing", "More than one missing"),
            ("whole", "Whole"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Tool]:
        if not self.value():
            return queryset
        whole = Reviewer.objects.count()
        tools = queryset.not_retired()
        match self.value():
            case "one-missing":
                return tools.filter(verdict_total=whole - 1)
            case "more-missing":
                return tools.filter(verdict_total__lt=whole - 1)
            case "whole":
                return tools.filter(verdict_total__gte=whole)
        return queryset


class ChangedByFilter(admin.SimpleListFilter):
    title = "who changed it"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "Changed by me")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Tool]:
        if self.value() == "mine":
            return queryset.changed_by(request.user.get_username())
        return queryset


class AgeFilter(admin.SimpleListFilter):
    title = "age"
    parameter_name = "old"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        days = settings.VERDICT_STALE_DAYS
        age = f"older than {days} day{pluralize(days)}"
        return [
            ("unchecked", "Facts never checked"),
            ("facts", f"A fact {age}"),
            ("verdicts", f"A verdict {age}"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Tool]:
        today = timezone.localdate()
        match self.value():
            case "unchecked":
                return queryset.not_retired().with_unchecked_facts()
            case "facts":
                return queryset.not_retired().with_old_facts(today=today)
            case "verdicts":
                return queryset.not_retired().with_old_verdicts(today=today)
        return queryset
