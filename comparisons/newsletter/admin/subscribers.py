"""Subscribers at the desk. None is entered here: each confirmed by a mailed link."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from comparisons.newsletter.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from comparisons.newsletter.models import MOST_HARD_BOUNCES, Consent, Subscriber
from comparisons.newsletter.services.bounces import count_bounce


class ConsentInline(ReadOnlyInline):
    model = Consent
    fields = ["asked_at", "asked_words", "confirmed_at", "confirmed_words"]


@admin.register(Subscriber)
class SubscriberAdmin(ReadOnlyAdmin):
    list_display = ["email", "standing", "confirmed_at", "last_digest_at", "hard_bounces"]
    list_filter = ["confirmed_at", "unsubscribed_at", "hard_bounces"]
    search_fields = ["email"]
    search_help_text = "A part of the address"
    exclude = ["token"]  # who knows it can leave in the subscriber's name
    inlines = [ConsentInline]
    actions = ["count_bounce"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors who may delete subscribers delete all that belongs to them."""
        return admin.ModelAdmin.has_delete_permission(self, request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Consents and deliveries are deleted with their subscriber, though not alone."""
        deleted, counts, _needed, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set(), protected

    @admin.display(description="standing")
    def standing(self, subscriber: Subscriber) -> str:
        if subscriber.confirmed_at is None:
            return "Not confirmed yet"
        if subscriber.unsubscribed_at:
            return "Has left"
        return "Refuses mail" if subscriber.hard_bounces >= MOST_HARD_BOUNCES else "Gets the letter"

    @admin.action(description="Count a refusal that came back by mail", permissions=["delete"])
    def count_bounce(self, request: HttpRequest, queryset: QuerySet[Subscriber]) -> None:
        self.message_user(request, f"Counted for {count_bounce(subscribers=queryset)} subscribers.")
