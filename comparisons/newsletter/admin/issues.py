"""The issues at the desk, their deliveries, and a preview of the mail."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.csp import csp_override

from comparisons.newsletter.admin.next_issue import NextIssueAdmin
from comparisons.newsletter.admin.policies import MAIL_POLICY, PAGE_POLICY
from comparisons.newsletter.admin.read_only import ReadOnlyAdmin
from comparisons.newsletter.emails.letter import Letter
from comparisons.newsletter.models import Delivery, Issue, State
from comparisons.newsletter.services.issues import render_issue
from comparisons.newsletter.services.runs import next_letter


@admin.register(Issue)
class IssueAdmin(NextIssueAdmin):
    list_display = ["number", "subject", "published_on"]
    fields = ["number", "published_on", "since", "until", "subject", "delivered", "preview"]
    readonly_fields = ["delivered", "preview"]
    change_list_template = "admin/newsletter/issue/change_list.html"

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path(
                "next/mail/",
                view(csp_override(MAIL_POLICY)(self.mail_view)),
                name="newsletter_issue_next_mail",
            ),
            path(
                "<int:pk>/preview/",
                view(csp_override(PAGE_POLICY)(self.preview_view)),
                name="newsletter_issue_preview",
            ),
            path(
                "<int:pk>/mail/",
                view(csp_override(MAIL_POLICY)(self.mail_view)),
                name="newsletter_issue_mail",
            ),
            *super().get_urls(),
        ]

    @admin.display(description="delivery")
    def delivered(self, issue: Issue) -> str:
        """The number of letters by state."""
        counts = issue.deliveries.counted()
        return (
            " · ".join(f"{State(state).label}: {count}" for state, count in counts.items() if count)
            or "To nobody"
        )

    @admin.display(description="preview")
    def preview(self, issue: Issue) -> str:
        return format_html(
            '<a href="{}">The mail</a> · <a href="{}">The public page</a>',
            reverse("admin:newsletter_issue_preview", args=[issue.pk]),
            issue.get_absolute_url(),
        )

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a mail as text and, in a frame without permissions, as HTML."""
        self.require_view(request)
        letter = render_issue(get_object_or_404(Issue, pk=pk))
        context = {
            **self.admin_site.each_context(request),
            "title": "The mail of an issue",
            "opts": self.opts,
            "letter": letter,
            "text": letter.rendered.text.replace(letter.placeholder, "…"),
            "mail_url": reverse("admin:newsletter_issue_mail", args=[pk]),
        }
        return TemplateResponse(request, "admin/newsletter/issue/preview.html", context)

    def mail_view(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Answer with the mail's HTML alone, under a policy of its own."""
        self.require_view(request)
        letter = _letter(pk)
        if letter is None:
            raise Http404
        return HttpResponse(
            letter.rendered.html.replace(letter.placeholder, "…"), headers={"X-Frame-Options": "SAMEORIGIN"}
        )

    def require_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise Http404


def _letter(pk: int | None) -> Letter | None:
    """Return a kept issue's letter, or the one that would be made now; None if there is no news."""
    return render_issue(get_object_or_404(Issue, pk=pk)) if pk else next_letter(now=timezone.now())


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ["subscriber", "issue", "state", "claimed_at", "sent_at", "tries", "reply"]
    list_filter = ["state", "issue"]
    list_select_related = ["subscriber", "issue"]
    search_fields = ["subscriber__email"]
