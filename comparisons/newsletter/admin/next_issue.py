"""The page of the next issue at the desk: publishers edit, test, hold and release it there."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.csp import csp_override

from comparisons.mail_addresses import InvalidAddress
from comparisons.newsletter.admin.draft_log import change_sentence
from comparisons.newsletter.admin.permissions import may_edit_letter
from comparisons.newsletter.admin.policies import PAGE_POLICY
from comparisons.newsletter.admin.read_only import ReadOnlyAdmin
from comparisons.newsletter.draft_form import DraftForm, SeenForm, sections_of
from comparisons.newsletter.emails.connection import MailServerDown, Refused
from comparisons.newsletter.emails.smtp import AnswerLost
from comparisons.newsletter.models import Draft, Subscriber
from comparisons.newsletter.services.drafts import (
    WEEK,
    DraftChanged,
    DraftClosed,
    NothingToTell,
    current_draft,
    draft_opens_at,
    hold_draft,
    is_open_for_edits,
    release_draft,
    resume_draft,
    save_draft,
    seen_as,
)
from comparisons.newsletter.services.issues import next_issue_from, plan_issue
from comparisons.newsletter.services.trial import TooManyTrials, send_trial

MOST_ENTRIES = 10

CHANGED = (
    "Somebody changed this letter, or there is other news, since you opened the page. Nothing was done: look "
    "at it as it is now."
)
CLOSED = "This letter can't be changed now. The page says why."


class NextIssueAdmin(ReadOnlyAdmin):
    """What the desk shows and does of the issue that comes next."""

    def get_urls(self) -> list[Any]:
        acts = {
            "hold": self.hold_view,
            "resume": self.resume_view,
            "release": self.release_view,
            "test": self.trial_view,
        }
        view = self.admin_site.admin_view
        return [
            path("next/", view(csp_override(PAGE_POLICY)(self.next_view)), name="newsletter_issue_next"),
            *(
                path(f"next/{name}/", view(act), name=f"newsletter_issue_next_{name}")
                for name, act in acts.items()
            ),
            *super().get_urls(),
        ]

    def next_view(self, request: HttpRequest) -> HttpResponse:
        """Show the next issue; on POST, store an editor's wishes."""
        self.require_view(request)
        if request.method != "POST":
            return self._page(request)
        _require_editor(request)
        now = timezone.now()
        before = current_draft()
        form = DraftForm(
            draft=before,
            sections=sections_of(plan_issue(now=now, draft=before).news, before),
            data=request.POST,
        )
        if not form.is_valid():
            return self._page(request, form=form, status=422)
        values = form.cleaned_data
        try:
            draft = save_draft(
                number=values["number"],
                version=values["version"],
                now=now,
                subject=values["subject"],
                introduction=values["introduction"],
                left_out=form.left_out,
                order=form.order,
            )
        except DraftChanged:
            return self._page(request, form=_with_newest_version(form, request), theirs=before, status=409)
        except DraftClosed:
            messages.error(request, CLOSED)
        else:
            self._log(request, draft, change_sentence(before=before, after=draft))
            messages.success(request, "Saved. Below is the letter as it is now.")
        return _to_page()

    def hold_view(self, request: HttpRequest) -> HttpResponse:
        return self._act(request, hold_draft, "Held.", "The letter is held: the timer does not send it.")

    def resume_view(self, request: HttpRequest) -> HttpResponse:
        said = "The letter goes by itself."
        if settings.LETTER_NEEDS_RELEASE:
            said = "The letter is not held any more. It waits for its release."
        return self._act(request, resume_draft, "No longer held.", said)

    def release_view(self, request: HttpRequest) -> HttpResponse:
        def release(**seen: Any) -> Draft:
            return release_draft(seen=request.POST.get("seen", "")[:64], **seen)

        return self._act(
            request, release, "Released.", "The letter is released: the next run of the timer sends it so."
        )

    def trial_view(self, request: HttpRequest) -> HttpResponse:
        """Send the letter to the signed-in editor alone."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        _require_editor(request)
        editor: Any = request.user
        plan = plan_issue(now=timezone.now())
        if not settings.MAILERS or not editor.email or plan.contents.is_empty:
            messages.error(request, "No test was sent. The page says why.")
            return _to_page()
        try:
            send_trial(letter=plan.letter(), editor=editor.pk, address=editor.email, now=timezone.now())
        except TooManyTrials as refused:
            minutes = refused.retry_after // 60 + 1
            messages.error(request, f"You had enough tests for now. Try again in {minutes} minutes.")
        except (MailServerDown, Refused, AnswerLost, InvalidAddress) as trouble:
            messages.error(
                request, f"No test was sent: {trouble or 'the mail server took it and never answered'}"
            )
        else:
            messages.success(request, f"A test is on its way to {editor.email}.")
        return _to_page()

    def require_view(self, request: HttpRequest) -> None:
        raise NotImplementedError

    def _act(
        self, request: HttpRequest, service: Callable[..., Draft], entry: str, said: str
    ) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        _require_editor(request)
        form = SeenForm(request.POST)
        before = current_draft()
        try:
            if not form.is_valid():
                raise DraftChanged
            draft = service(
                number=form.cleaned_data["number"], version=form.cleaned_data["version"], now=timezone.now()
            )
        except DraftChanged:
            messages.error(request, CHANGED)
        except DraftClosed:
            messages.error(request, CLOSED)
        except NothingToTell:
            messages.error(request, "There is nothing to tell, so there is no letter to release.")
        else:
            if draft.version != before.version:
                self._log(request, draft, entry)
            messages.success(request, said)
        return _to_page()

    def _log(self, request: HttpRequest, draft: Draft, entry: str) -> None:
        if entry:
            self.log_change(request, draft, entry)

    def _page(
        self,
        request: HttpRequest,
        *,
        form: DraftForm | None = None,
        theirs: Draft | None = None,
        status: int = 200,
    ) -> HttpResponse:
        now = timezone.now()
        draft = current_draft()
        plan = plan_issue(now=now, draft=draft)
        is_empty = plan.contents.is_empty
        letter = None if is_empty else plan.letter()
        may_edit = may_edit_letter(request.user)
        is_open = is_open_for_edits(now=now)
        context = {
            **self.admin_site.each_context(request),
            "title": "The next letter",
            "opts": self.opts,
            "draft": draft,
            "is_open": is_open,
            "opens_at": draft_opens_at(),
            "not_before": next_issue_from(gap=WEEK),
            "needs_release": settings.LETTER_NEEDS_RELEASE,
            "may_act": may_edit and is_open,
            "form": form or DraftForm(draft=draft, sections=sections_of(plan.news, draft)),
            "theirs": theirs,
            "is_editable": may_edit and is_open and not draft.is_released,
            "seen_form": SeenForm(
                initial={"number": draft.number, "version": draft.version, "seen": seen_as(plan)},
                auto_id=False,
            ),
            "letter": letter,
            "kilobytes": len(letter.rendered.html.encode()) // 1000 + 1 if letter else 0,
            "text": letter.rendered.text.replace(letter.placeholder, "…") if letter else "",
            "mail_url": reverse("admin:newsletter_issue_next_mail"),
            "has_mail": bool(settings.MAILERS),
            "subscribers": Subscriber.objects.active().count(),
            "entries": _entries(draft),
        }
        return TemplateResponse(request, "admin/newsletter/issue/next.html", context, status=status)


def _require_editor(request: HttpRequest) -> None:
    if not may_edit_letter(request.user):
        raise PermissionDenied


def _to_page() -> HttpResponse:
    return redirect(reverse("admin:newsletter_issue_next"))


def _with_newest_version(form: DraftForm, request: HttpRequest) -> DraftForm:
    """Return the form with what was typed, for the draft as it is now: saving again replaces the other's."""
    draft = current_draft()
    data = request.POST.copy()
    data["number"] = str(draft.number)
    data["version"] = str(draft.version)
    return DraftForm(draft=draft, sections=form.sections, data=data)


def _entries(draft: Draft) -> list[LogEntry]:
    if draft.pk is None:
        return []
    of_draft = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Draft), object_id=str(draft.pk)
    )
    return list(of_draft.select_related("user").order_by("-pk")[:MOST_ENTRIES])
