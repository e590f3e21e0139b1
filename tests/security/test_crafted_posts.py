"""Every write of the desk, sent by hand as each role: what a page does not offer is refused.

The requests are those of a superuser's pages. After each, every table is compared with its former state.
"""

import re
from copy import deepcopy
from datetime import timedelta
from itertools import product

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from comparisons.desk.files.report import ImportReport
from comparisons.desk.files.runs import begin_check
from comparisons.desk.merging.merge import merge
from comparisons.models import ImportRun, MergeRecord, Upload
from comparisons.newsletter.models import Subscriber
from comparisons.newsletter.services.drafts import seen_as
from comparisons.newsletter.services.issues import plan_issue
from reviews.models import DeskMember, Reviewer, Revision, Vote, VoteBatch
from reviews.services.editing import history
from reviews.services.editing.dismissed_pairs import dismiss_pair
from reviews.services.editing.proposals import propose, view_proposal
from reviews.services.voting.recount import recount
from tests.accounts import make_editor
from tests.conftest import SAME_ORIGIN
from tests.factories import (
    make_attribute,
    make_category,
    make_comparison,
    make_fact,
    make_panel,
    make_tool,
    paragraph,
)
from tests.integration.test_admin import form_of
from tests.security.test_account_takeover import form_of as account_form

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROLES = ("nobody", "reader", "staff", "builder", "bound", "desk", "publisher", "administrator", "superuser")
GROUPS = {
    "builder": "Reviewer's desk",
    "desk": "Reviewer's desk",
    "bound": "Publisher",
    "publisher": "Publisher",
    "administrator": "Administrator",
}
NOT_COMPARED = {
    "auth.permission",
    "contenttypes.contenttype",
    "sessions.session",
    "reviews.requestcount",
    "reviews.networkkey",
    "accounts.signin",
    "admin.logentry",
}

EDITORS = {"desk", "publisher", "administrator", "superuser"}
WRITERS = EDITORS | {"builder", "bound"}
PUBLISHERS = {"publisher", "administrator", "superuser"}
ADMINISTRATORS = {"administrator", "superuser"}
SUPERUSER = {"superuser"}
NO_ONE: set[str] = set()
NEW = "violet-anchor-basalt-3"


class World:
    """One row of everything the desk can change, and a superuser's pages of it."""

    def __init__(self):
        self.root = make_editor("root", is_superuser=True)
        self.builder, self.skeptic = make_panel()[:2]
        panel = "ship 84, skip 40, ship, ship"
        self.idle = Reviewer.objects.create(name="Idle", slug="idle", position=8, motto="m", lens="l")
        self.draft = make_tool("Draft", panel, status="draft", published_at=None)
        self.waiting = make_tool("Waiting", panel, status="waiting", published_at=None)
        self.scheduled = make_tool("Scheduled", panel, published_at=timezone.now() + timedelta(days=9))
        self.retired = make_tool("Retired", panel, status="retired")
        self.tool = make_tool("Alpha", panel)
        self.other = make_tool("Beta", panel)
        self.third = make_tool("Gamma")
        self.alone = make_tool("Delta")
        self.category = make_category("Empty")
        self.attribute = make_attribute("idle", category=self.category)
        fact = make_fact(self.tool, "maker", "Changed once")
        fact.text = "Changed twice"
        history.save(row=fact, by="root")
        self.found_fact = Revision.objects.filter(action="found").get()
        self.drafted = make_comparison(self.tool, self.third, published_at=None)
        self.published = make_comparison(self.tool, self.other)
        self.batch = VoteBatch.objects.create(tool=self.tool, reason="burst")
        Vote.objects.create(tool=self.tool, visitor="v", decision="ship", status="burst", batch=self.batch)
        recount(repair=True, now=timezone.now())
        self.tool.tagline = "Changed once"
        history.save(row=self.tool, by="root", reason="r")
        self.found = Revision.objects.get(action="found", model="reviews.tool")
        verdict = self.tool.verdicts.get(reviewer=self.builder)
        verdict.score = 83
        self.judged = history.save(row=verdict, by="root", reason="r")
        self.news = make_tool("Epsilon", panel, published_at=timezone.now() - timedelta(hours=1))
        other_verdict = self.other.verdicts.get(reviewer=self.builder)
        other_verdict.body = paragraph("proposed")
        self.proposal = propose(verdict=other_verdict, answers={}, by="builder", reason="r")
        self.subscriber = Subscriber.objects.create(email="reader@mail.example", token="t" * 22)
        dismiss_pair(one=self.third.pk, other=self.alone.pk, by="root")
        merge(gone=make_tool("Zeta"), kept=self.third, by="root")
        self.merge = MergeRecord.objects.get()
        self.account = make_editor("hedy")
        self.seatless = make_editor("seatless", is_staff=False)
        self.group = Group.objects.create(name="Helpers")
        self.member = DeskMember.objects.create(user=make_editor("mary"), reviewer=self.builder)
        upload = Upload.objects.create(
            kind="tools", format="csv", text="slug,tagline\nalpha,Imported\n", editor="publisher"
        )
        self.checked = begin_check(upload=upload)
        self.written = begin_check(upload=Upload.objects.create(kind="tools", format="csv", text="slug"))
        ImportRun.objects.filter(pk=self.written.pk).update(state="written", written=1)
        self.browser = Client(headers=SAME_ORIGIN)
        self.browser.force_login(self.root)

    def page(self, path, **changed):
        """Return the request of a superuser who changed these fields of the page at `path`."""
        data = form_of(self.browser.get(path))
        assert not set(changed) - set(data), (path, sorted(data))
        return path, data | changed

    def deleted(self, path, row):
        return f"/admin/{path}/{row.pk}/delete/", {"post": "yes"}

    def deleted_in_the_list(self, path, row):
        return f"/admin/{path}/", {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}


def change(path, row, **changed):
    return lambda world: world.page(f"/admin/{path}/{getattr(world, row).pk}/change/", **changed)


def step(row, name, **data):
    return lambda world: (f"/admin/{TOOL}/{getattr(world, row).pk}/step/{name}/", data)


def decision(button):
    def sent(world):
        shown = view_proposal(proposal=world.proposal).version
        data = {button: "yes", "answer": "Not yet.", "reason": "r", "shown": shown}
        return f"/admin/reviews/proposal/{world.proposal.pk}/decide/", data

    return sent


def delete(path, row):
    return lambda world: world.deleted(path, getattr(world, row))


def delete_in_the_list(path, row):
    return lambda world: world.deleted_in_the_list(path, getattr(world, row))


def add(path, **fields):
    return lambda world: world.page(
        f"/admin/{path}/add/", **{name: get(world) for name, get in fields.items()}
    )


def looked_at(row):
    """The button “all looked at today, unchanged”."""

    def sent(world):
        path, data = world.page(f"/admin/{TOOL}/{getattr(world, row).pk}/change/")
        return path, data | {"looked_at_today": "all"}

    return sent


def bulk(act, row, shown="  False", **chosen):
    """An act on ticked tools, confirmed."""

    def sent(world):
        values = {name: get(world) for name, get in chosen.items()}
        tool = getattr(world, row)
        said = shown(world) if callable(shown) else shown
        return f"/admin/{TOOL}/bulk/{act}/", {"tools": f"{tool.pk}", "shown": said, "confirm": "1"} | values

    return sent


def cell(reviewer):
    """Another score of a reviewer's verdict, saved in the verdict matrix."""

    def sent(world):
        stored = world.tool.verdicts.get(reviewer=getattr(world, reviewer))
        name = f"{world.tool.pk}-{stored.reviewer_id}"
        decision = stored.decision
        shown = f"{decision} {stored.score}"
        fields = {f"shown-{name}": shown, f"decision-{name}": decision, f"score-{name}": "55"}
        return "/admin/verdict-matrix/", {
            "tools": f"{world.tool.pk}",
            "reason": "r",
            "dated_today": "on",
        } | fields

    return sent


def always(value):
    return lambda world: value


FACTS = {
    "name": "New",
    "slug": "new",
    "kind": "model",
    "tagline": "W",
    "description": "W.",
    "facts-entry-price-value": "F",
}
NAMED = {"name": always("New"), "slug": always("new"), "position": always(9)}
TOOL = "reviews/tool"
COMPARISON = "comparisons/comparison"

ACTS = {
    "enter a tool": (
        add(TOOL, category=lambda world: world.category.pk, **{k: always(v) for k, v in FACTS.items()}),
        EDITORS,
    ),
    "edit a draft": (change(TOOL, "draft", tagline="E"), EDITORS),
    "enter a fact of a draft": (change(TOOL, "draft", **{"facts-licence-value": "MIT"}), EDITORS),
    "change a fact of a published tool": (change(TOOL, "tool", **{"facts-pricing-value": "E"}), PUBLISHERS),
    "look at a draft's facts": (looked_at("draft"), EDITORS),
    "look at a published tool's facts": (looked_at("tool"), PUBLISHERS),
    "submit a draft": (step("draft", "submit"), EDITORS),
    "take back a submitted tool": (step("waiting", "take-back"), EDITORS),
    "send back": (step("waiting", "send-back", word="Not yet."), PUBLISHERS),
    "approve": (step("waiting", "approve"), PUBLISHERS),
    "publish a draft": (step("draft", "publish", may_be_incomplete="on"), PUBLISHERS),
    "schedule": (step("waiting", "schedule", moment="2126-01-01T10:00", may_be_incomplete="on"), PUBLISHERS),
    "take off the schedule": (step("scheduled", "unschedule"), PUBLISHERS),
    "take off the site": (step("tool", "withdraw"), PUBLISHERS),
    "publish again": (step("retired", "bring-back"), PUBLISHERS),
    "edit a published tool": (change(TOOL, "tool", tagline="E"), PUBLISHERS),
    "retire a tool": (step("tool", "retire"), PUBLISHERS),
    "publish in the list": (
        bulk("publish", "draft", shown="  True", may_be_incomplete=always("on")),
        PUBLISHERS,
    ),
    "schedule in the list": (
        bulk(
            "schedule",
            "draft",
            shown=" 2099-01-01T00:00:00+00:00 True",
            may_be_incomplete=always("on"),
            moment_0=always("2099-01-01"),
            moment_1=always("00:00"),
        ),
        PUBLISHERS,
    ),
    "retire in the list": (bulk("retire", "tool"), PUBLISHERS),
    "move a draft to another category in the list": (
        bulk(
            "category",
            "draft",
            shown=lambda world: f"{world.category.pk}  False",
            category=lambda world: world.category.pk,
        ),
        EDITORS,
    ),
    "look at a draft's facts in the list": (bulk("looked-at", "draft"), EDITORS),
    "look at a published tool's facts in the list": (bulk("looked-at", "tool"), PUBLISHERS),
    "the builder's verdict in the matrix": (cell("builder"), PUBLISHERS),
    "the skeptic's verdict in the matrix": (cell("skeptic"), PUBLISHERS),
    "the builder's verdict": (change(TOOL, "tool", **{"verdicts-0-body": paragraph("e")}), WRITERS),
    "the skeptic's verdict": (change(TOOL, "tool", **{"verdicts-1-body": paragraph("e")}), EDITORS),
    "accept a proposal": (decision("accept"), PUBLISHERS),
    "return a proposal": (decision("return"), PUBLISHERS),
    "take back the builder's proposal": (decision("withdraw"), {"builder"}),
    "delete a tool": (delete(TOOL, "alone"), ADMINISTRATORS),
    "delete a tool in the list": (delete_in_the_list(TOOL, "alone"), ADMINISTRATORS),
    "enter a comparison": (
        add(
            COMPARISON,
            first=lambda world: world.other.pk,
            second=lambda world: world.third.pk,
            relation=always("rivals"),
        ),
        EDITORS,
    ),
    "edit a drafted comparison": (change(COMPARISON, "drafted", note="E"), EDITORS),
    "publish a comparison": (
        change(COMPARISON, "drafted", published_at_0="2026-01-01", published_at_1="00:00"),
        PUBLISHERS,
    ),
    "edit a published comparison": (change(COMPARISON, "published", note="E"), PUBLISHERS),
    "delete a comparison": (delete(COMPARISON, "published"), ADMINISTRATORS),
    "delete a comparison in the list": (delete_in_the_list(COMPARISON, "published"), ADMINISTRATORS),
    "enter a category": (add("reviews/category", **NAMED), PUBLISHERS),
    "edit a category": (change("reviews/category", "category", description="E"), PUBLISHERS),
    "delete a category": (delete("reviews/category", "category"), ADMINISTRATORS),
    "delete a category in the list": (delete_in_the_list("reviews/category", "category"), ADMINISTRATORS),
    "enter an attribute": (
        add("reviews/attribute", label=always("New"), key=always("new"), position=always(9)),
        PUBLISHERS,
    ),
    "edit an attribute": (change("reviews/attribute", "attribute", label="E"), PUBLISHERS),
    "delete an attribute": (delete("reviews/attribute", "attribute"), ADMINISTRATORS),
    "delete an attribute in the list": (delete_in_the_list("reviews/attribute", "attribute"), ADMINISTRATORS),
    "restore a fact": (
        lambda world: (f"/admin/reviews/revision/{world.found_fact.pk}/restore/", {"reason": "Back."}),
        PUBLISHERS,
    ),
    "enter a reviewer": (
        add("reviews/reviewer", motto=always("m"), lens=always("l"), **NAMED),
        ADMINISTRATORS,
    ),
    "edit a reviewer": (change("reviews/reviewer", "builder", motto="E"), ADMINISTRATORS),
    "delete a reviewer": (delete("reviews/reviewer", "idle"), ADMINISTRATORS),
    "delete a reviewer in the list": (delete_in_the_list("reviews/reviewer", "idle"), ADMINISTRATORS),
    "bind an editor": (
        add(
            "reviews/deskmember", user=lambda world: world.account.pk, reviewer=lambda world: world.builder.pk
        ),
        ADMINISTRATORS,
    ),
    "bind an editor to another": (
        lambda world: world.page(
            f"/admin/reviews/deskmember/{world.member.pk}/change/", reviewer=world.skeptic.pk
        ),
        ADMINISTRATORS,
    ),
    "unbind an editor": (delete("reviews/deskmember", "member"), ADMINISTRATORS),
    "unbind an editor in the list": (delete_in_the_list("reviews/deskmember", "member"), ADMINISTRATORS),
    "merge": (lambda world: (f"/admin/merge/{world.tool.pk}/into/{world.other.pk}/", {}), PUBLISHERS),
    "dismiss a suspected duplicate": (
        lambda world: (f"/admin/duplicates/{world.tool.pk}/and/{world.other.pk}/", {"dismissed": "yes"}),
        PUBLISHERS,
    ),
    "suspect a dismissed duplicate": (
        lambda world: (f"/admin/duplicates/{world.third.pk}/and/{world.alone.pk}/", {"dismissed": "no"}),
        PUBLISHERS,
    ),
    "take a merge back": (
        lambda world: (f"/admin/merges/{world.merge.pk}/take-back/", {}),
        PUBLISHERS,
    ),
    "release votes": (
        lambda world: (
            "/admin/reviews/votebatch/",
            {"action": "release", "_selected_action": [world.batch.pk]},
        ),
        PUBLISHERS,
    ),
    "discard votes": (
        lambda world: (f"/admin/reviews/votebatch/{world.batch.pk}/decide/", {"discard": "Discard"}),
        PUBLISHERS,
    ),
    "delete a batch": (delete("reviews/votebatch", "batch"), NO_ONE),
    "restore a tool": (
        lambda world: (f"/admin/reviews/revision/{world.found.pk}/restore/", {"reason": "Back."}),
        PUBLISHERS,
    ),
    "correct what readers are told": (
        lambda world: (
            f"/admin/reviews/revision/{world.judged.pk}/told/",
            {"telling": "told", "reason": "Another."},
        ),
        PUBLISHERS,
    ),
    "bring a page back": (
        lambda world: (f"/admin/reviews/revision/{world.found.pk}/restore/page/", {"reason": "Back."}),
        PUBLISHERS,
    ),
    "delete a revision": (delete("reviews/revision", "found"), NO_ONE),
    "bring a file": (
        lambda world: (
            "/admin/files/",
            {
                "kind": "tools",
                "format": "csv",
                "file": SimpleUploadedFile("t.csv", b"slug,tagline\nalpha,Imported\n"),
            },
        ),
        PUBLISHERS,
    ),
    "write the file that the publisher brought": (
        lambda world: (f"/admin/files/{world.checked.pk}/write/", {"digest": digest_of(world.checked)}),
        {"publisher"},
    ),
    "take back an import": (lambda world: (f"/admin/files/{world.written.pk}/take-back/", {}), PUBLISHERS),
    "check the file that the publisher brought": (
        lambda world: (f"/admin/files/{world.checked.pk}/again/", {}),
        {"publisher"},
    ),
    "edit the next letter": (
        lambda world: (
            "/admin/newsletter/issue/next/",
            {"number": 1, "version": 0, "subject": "E", "introduction": ""},
        ),
        PUBLISHERS,
    ),
    "hold the next letter": (
        lambda world: ("/admin/newsletter/issue/next/hold/", {"number": 1, "version": 0}),
        PUBLISHERS,
    ),
    "stop holding the next letter": (
        lambda world: ("/admin/newsletter/issue/next/resume/", {"number": 1, "version": 0}),
        PUBLISHERS,
    ),
    "release the next letter": (
        lambda world: (
            "/admin/newsletter/issue/next/release/",
            {"number": 1, "version": 0, "seen": seen_as(plan_issue(now=timezone.now()))},
        ),
        PUBLISHERS,
    ),
    "delete a subscriber": (delete("newsletter/subscriber", "subscriber"), ADMINISTRATORS),
    "delete a subscriber in the list": (
        delete_in_the_list("newsletter/subscriber", "subscriber"),
        ADMINISTRATORS,
    ),
    "change a subscriber": (
        lambda world: (
            f"/admin/newsletter/subscriber/{world.subscriber.pk}/change/",
            {"email": "other@mail.example"},
        ),
        NO_ONE,
    ),
    "enter a subscriber": (
        lambda world: (
            "/admin/newsletter/subscriber/add/",
            {"email": "other@mail.example", "token": "u" * 22},
        ),
        NO_ONE,
    ),
    "change a revision": (
        lambda world: (f"/admin/reviews/revision/{world.found.pk}/change/", {"reason": "Another"}),
        NO_ONE,
    ),
    "enter a revision": (lambda world: ("/admin/reviews/revision/add/", {"reason": "Another"}), NO_ONE),
    "delete a revision in the list": (delete_in_the_list("reviews/revision", "found"), NO_ONE),
    "change a batch": (
        lambda world: (f"/admin/reviews/votebatch/{world.batch.pk}/change/", {"status": "released"}),
        NO_ONE,
    ),
    "enter a batch": (
        lambda world: ("/admin/reviews/votebatch/add/", {"tool": world.other.pk, "reason": "burst"}),
        NO_ONE,
    ),
    "enter an account": (
        lambda world: (
            "/admin/auth/user/add/",
            {"username": "new", "usable_password": "true", "password1": NEW, "password2": NEW},
        ),
        ADMINISTRATORS,
    ),
    "edit an account": (
        lambda world: (
            f"/admin/auth/user/{world.account.pk}/change/",
            account_form(world.account, first_name="E"),
        ),
        ADMINISTRATORS,
    ),
    "give a seat": (
        lambda world: (
            f"/admin/auth/user/{world.seatless.pk}/change/",
            account_form(world.seatless, is_staff="on"),
        ),
        ADMINISTRATORS,
    ),
    "make a superuser": (
        lambda world: (
            f"/admin/auth/user/{world.account.pk}/change/",
            account_form(world.account, is_superuser="on"),
        ),
        SUPERUSER,
    ),
    "set a password": (
        lambda world: (
            f"/admin/auth/user/{world.account.pk}/password/",
            {"password1": NEW, "password2": NEW, "usable_password": "true"},
        ),
        ADMINISTRATORS,
    ),
    "delete an account": (delete("auth/user", "account"), ADMINISTRATORS),
    "delete an account in the list": (delete_in_the_list("auth/user", "account"), ADMINISTRATORS),
    "enter a group": (lambda world: ("/admin/auth/group/add/", {"name": "New"}), ADMINISTRATORS),
    "edit a group": (
        lambda world: (f"/admin/auth/group/{world.group.pk}/change/", {"name": "E"}),
        ADMINISTRATORS,
    ),
    "delete a group": (delete("auth/group", "group"), ADMINISTRATORS),
    "delete a group in the list": (delete_in_the_list("auth/group", "group"), ADMINISTRATORS),
}


def digest_of(run) -> str:
    """Return what the page of a dry run would send along with “Write”."""
    return ImportReport.from_json(run.report).digest


def everything() -> dict[str, list]:
    """Return every row of every table that an act could change."""
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in NOT_COMPARED
    ]
    rows = {model._meta.label: sorted(map(str, model._base_manager.values_list())) for model in models}
    # When somebody last signed in is no act of theirs.
    rows["auth.User"] = sorted(
        map(
            str,
            User.objects.defer("last_login").values_list(
                "pk", "password", "is_superuser", "username", "first_name", "email", "is_staff", "is_active"
            ),
        )
    )
    return rows


def browser_of(role: str) -> Client:
    client = Client(headers=SAME_ORIGIN)
    if role != "nobody":
        user = make_editor(role, is_staff=role != "reader", is_superuser=role == "superuser")
        if role in GROUPS:
            user.groups.add(Group.objects.get(name=GROUPS[role]))
        if role in ("builder", "bound"):
            DeskMember.objects.create(user=user, reviewer=Reviewer.objects.get(slug="builder"))
        client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_each_role_changes_what_it_may_and_nothing_else(role):
    world = World()
    requests = {act: make(world) for act, (make, _) in ACTS.items()}
    client = browser_of(role)
    before = everything()
    cookies = deepcopy(client.cookies)
    did = set()
    for act, (path, data) in requests.items():
        client.cookies = deepcopy(cookies)  # what the rolled-back answer before set is forgotten
        with transaction.atomic():
            response = client.post(path, data)
            if response.streaming:
                b"".join(response)
            if everything() != before:
                did.add(act)
            transaction.set_rollback(True)
    may = {act for act, (_, roles) in ACTS.items() if role in roles}
    assert (did - may, may - did) == (set(), set())


def test_every_kind_of_write_of_the_desk_is_among_the_acts():
    """Found from the URLconf: a new address belongs here, or below with its reason."""
    world = World()
    sent = [re.sub(r"/\d+/", "/<id>/", make(world)[0]) for make, _ in ACTS.values()]
    found = {re.sub(r"<[^>]+>", "<id>", f"/admin/{route}") for route in routes()}
    assert found - set(sent) - NO_ACT == set()
    assert "/admin/merge/<id>/into/<id>/" in found


NO_ACT = {
    # They show and change nothing, or the session's own account alone:
    # tests/integration/test_second_factor.py.
    "/admin/",
    "/admin/autocomplete/",
    "/admin/duplicates/",
    "/admin/files/<id>/",
    "/admin/files/export/",
    "/admin/jsi18n/",
    "/admin/login/",
    "/admin/logout/",
    "/admin/merge/<id>/",
    "/admin/open/",  # that a form is open: tests/integration/test_open_pages.py
    "/admin/password_change/",
    "/admin/password_change/done/",
    "/admin/preview/comparisons/<id>/",
    "/admin/preview/tools/<id>/",
    "/admin/preview/typed/tools/",  # taken back: tests/integration/test_typed_preview.py
    "/admin/preview/typed/tools/<id>/",
    "/admin/r/<id>/<id>/",
    "/admin/rivals/",
    "/admin/similar-names/",
    # Read-only for everybody: no form, no permission.
    *(
        f"/admin/{path}/{end}"
        for path, end in product(
            (
                "accounts/signin",
                "admin/logentry",
                "newsletter/delivery",
                "newsletter/issue",
                "reviews/proposal",
            ),
            ("", "add/", "<id>/change/", "<id>/delete/"),
        )
    ),
    "/admin/newsletter/issue/next/mail/",
    # It mails to the signed-in editor alone: tests/integration/test_newsletter_next_issue.py.
    "/admin/newsletter/issue/next/test/",
    "/admin/newsletter/issue/<id>/preview/",
    "/admin/newsletter/issue/<id>/mail/",
}


def routes(resolver=None, prefix=""):
    """Yield addresses below /admin/ but account pages and the histories and redirects of all models."""
    resolver = resolver or next(
        each
        for each in get_resolver().url_patterns
        if str(each.pattern) == "admin/" and isinstance(each, URLResolver)
    )
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        elif (
            isinstance(pattern, URLPattern)
            and pattern.name
            and not route.endswith("history/")
            and not route.startswith("^")
        ):
            yield route
