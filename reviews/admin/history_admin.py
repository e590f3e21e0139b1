"""Admin pages whose every save is recorded and can be taken back."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from reviews.admin.edit_conflicts import VersionedAdmin
from reviews.admin.permissions import may_correct
from reviews.models import Revision
from reviews.models.history import RevisionQuerySet
from reviews.services.editing import history
from reviews.services.editing.differences import differences_of

PER_PAGE = 50


class RecordedAdmin(VersionedAdmin):
    object_history_template = "admin/desk/history.html"

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        history.save(row=obj, by=request.user.get_username())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with suppress(ObjectDoesNotExist):  # somebody else deleted it at the same moment
            history.delete(row=obj, by=request.user.get_username())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        for row in queryset.order_by("pk"):  # the order in which everybody locks several
            self.delete_model(request, row)

    def revisions(self, row: Any) -> RevisionQuerySet:
        return Revision.objects.of_row(row)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, object_id)
        revisions = self.revisions(row).with_is_newest().newest_first() if row else Revision.objects.none()
        revisions = revisions.prefetch_related("corrections")
        page = Paginator(revisions, PER_PAGE).get_page(request.GET.get("page"))
        entries = [(revision, differences_of(revision.changes)) for revision in page]
        context = {"entries": entries, "page": page, "may_correct": may_correct(request.user)}
        return super().history_view(request, object_id, {**context, **(extra_context or {})})
