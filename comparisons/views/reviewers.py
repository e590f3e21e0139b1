"""The panel, and the page of one reviewer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comparisons.http.moved import redirect_from_former
from comparisons.list_forms import VerdictFilter, category_choices
from comparisons.services.lists.reviewer_page import record_by_category, verdict_list
from comparisons.views.lists import render_list
from reviews.models import Reviewer
from reviews.services.counting.reviewer_record import ReviewerRecord, records_by_reviewer


@require_safe
def reviewer_list(request: HttpRequest) -> HttpResponse:
    records = records_by_reviewer()
    panel = [(reviewer, records.get(reviewer.pk, ReviewerRecord())) for reviewer in Reviewer.objects.all()]
    return render(request, "comparisons/reviewers.html", {"panel": panel})


@require_safe
def reviewer(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one reviewer: lens, record, and verdicts filtered by the address."""
    shown = Reviewer.objects.prefetch_related("questions").filter(slug=slug).first()
    if shown is None:
        return redirect_from_former(request, Reviewer.objects.all(), slug=slug, route="reviewer")
    record = record_by_category(reviewer=shown)
    form = VerdictFilter(
        request.GET, category=category_choices(category for category, _ in record.by_category)
    )
    page = verdict_list(reviewer=shown, page=form.page_number, **form.chosen)
    return render_list(
        request, "comparisons/reviewer.html", form=form, page=page, reviewer=shown, record=record
    )
