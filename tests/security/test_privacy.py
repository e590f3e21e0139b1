"""What /privacy/ says, compared with the site's cookies, fields and keys, and how long each is kept.

A new field, cookie or key fails here until the page names it.
"""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command

from comparisons.desk.accounts.models import SignIn
from comparisons.models import Bookmark, Upload
from reviews.models import NetworkKey, RequestCount, Vote
from tests.accounts import browser, code_of, make_editor, sign_in
from tests.factories import make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

WORD = "a random word that stands for this browser"
VOTES = "Your votes and bookmarks, each with that word, the tool, and the time"
NETWORK = "A keyed hash of your network"
MONTH_KEY = "Its key is random and lives 28 days at most. Then key and hash are deleted"
DAY_KEY = "under a keyed hash of your network whose key lives for a day"
TAKEN_BACK = "What is left of a vote that you took back"
COUNTER = "A counter of how often you acted"
LETTER = "Your e-mail address, when you asked and when you confirmed, and the words you agreed to"
SENT = "That a letter was sent to you, or that your mail server refused it"
ACCOUNT = "a user name, a name and an e-mail address if given, a hash of the password"
GROUPS = "the groups and permissions, when it was made and last used, and since when its sessions are valid"
FACTORS = (
    "public keys of passkeys with their names, and encrypted secrets of authenticator apps and recovery codes"
)
SIGN_INS = (
    "Sign-ins, successful or not, with the time, what was "
    "shown, and a keyed hash of the network, never an address"
)
MERGED = "your older vote and second bookmark are deleted, and kept apart for 7 days"
ANSWERS = "a name that an editor enters to answer for a verdict"
DEEDS = (
    "every change of the catalogue, made or proposed, with its editor’s name, "
    "a log of the desk, and a file to be imported for a day"
)

OPEN = "that an account has a form of the desk open, and since when it last said so"

FIELDS = {
    "reviews.Vote": {
        "visitor": WORD,
        "tool": VOTES,
        "decision": VOTES,
        "status": VOTES,
        "stands": TAKEN_BACK,
        "base": TAKEN_BACK,
        "is_first": NETWORK,
        "batch": VOTES,
        "cast_at": VOTES,
        "changed_at": VOTES,
        "network": NETWORK,
        "subnetwork": NETWORK,
    },
    "reviews.VoteBatch": dict.fromkeys(
        [
            "tool",
            "reason",
            "network",
            "status",
            "ships",
            "skips",
            "pushes",
            "waiting",
            "opened_at",
            "decided_at",
            "decided_by",
        ],
        NETWORK,
    ),
    "reviews.VoteNetwork": dict.fromkeys(["tool", "digest", "votes", "pull", "seen_on"], NETWORK),
    "reviews.VoteNetworkKey": {"day": MONTH_KEY, "key": MONTH_KEY},
    "reviews.NetworkKey": {"day": DAY_KEY, "key": DAY_KEY},
    "reviews.RequestCount": {"key": COUNTER, "window": COUNTER, "count": COUNTER},
    "comparisons.Bookmark": {"visitor": WORD, "tool": VOTES, "created_at": VOTES},
    "newsletter.Subscriber": {
        "email": LETTER,
        "token": "The link at the foot of each letter",
        "confirmed_at": LETTER,
        "unsubscribed_at": "One that has left",
        "last_digest_at": SENT,
        "hard_bounces": SENT,
        "bounced_at": SENT,
    },
    "newsletter.Consent": dict.fromkeys(
        ["subscriber", "asked_at", "asked_words", "confirmed_at", "confirmed_words"], LETTER
    ),
    "newsletter.Delivery": dict.fromkeys(
        ["issue", "subscriber", "state", "claim", "claimed_at", "sent_at", "tries", "reply"], SENT
    ),
    "auth.User": dict.fromkeys(["username", "first_name", "last_name", "email", "password"], ACCOUNT)
    | dict.fromkeys(["last_login", "is_superuser", "is_staff", "is_active", "date_joined"], GROUPS),
    "auth.User_groups": dict.fromkeys(["user", "group"], GROUPS),
    "auth.User_user_permissions": dict.fromkeys(["user", "permission"], GROUPS),
    "accounts.DeskAccount": dict.fromkeys(["user", "sessions_from"], GROUPS),
    "accounts.SignIn": dict.fromkeys(
        ["at", "user", "outcome", "method", "network", "is_known_device"], SIGN_INS
    ),
    "mfa.Authenticator": dict.fromkeys(["user", "type", "data", "created_at", "last_used_at"], FACTORS),
    "sessions.Session": dict.fromkeys(
        ["session_key", "session_data", "expire_date"], "the session, which ends after 12 hours"
    ),
    "comparisons.Upload": dict.fromkeys(
        ["kind", "format", "text", "may_be_incomplete", "editor", "uploaded_at"], DEEDS
    ),
    "comparisons.OpenPage": dict.fromkeys(["editor", "page", "seen_at"], OPEN),
    "comparisons.ImportRun": dict.fromkeys(
        [
            *("upload", "kind", "editor", "state", "started_at", "touched_at", "ended_at"),
            *("done", "total", "written", "failure", "report"),
        ],
        DEEDS,
    ),
    "comparisons.ImportedRevision": dict.fromkeys(["run", "revision"], DEEDS),
    "comparisons.MergeRecord": dict.fromkeys(["kept", "gone_id", "gone_name", "state"], MERGED)
    | dict.fromkeys(["merged_by", "merged_at"], DEEDS),
    "admin.LogEntry": dict.fromkeys(
        ["action_time", "user", "content_type", "object_id", "object_repr", "action_flag", "change_message"],
        DEEDS,
    ),
    "reviews.Revision": dict.fromkeys(
        ["model", "object_id", "tool_id", "name", "action", "at", "editor", "reason", "changes", "snapshot"],
        DEEDS,
    )
    | {"was_seen": DEEDS},
    "reviews.Correction": dict.fromkeys(["revision", "at", "editor", "is_told", "reason"], DEEDS),
    "reviews.DismissedPair": dict.fromkeys(["first", "second", "dismissed_by", "dismissed_at"], DEEDS),
    "reviews.Proposal": dict.fromkeys(
        ["tool", "reviewer", "changes", "base_version", "reason", "editor", "at", "state", "answer"], DEEDS
    )
    | dict.fromkeys(["decided_by", "decided_at"], DEEDS),
    "reviews.DeskMember": dict.fromkeys(["user", "reviewer"], GROUPS),
    "reviews.Fact": dict.fromkeys(
        ["tool", "attribute", "type", "text", "number", "state", "source_url", "quote", "looked_at_on"], DEEDS
    )
    | dict.fromkeys(["changed_on", "changed_by"], DEEDS),
    "reviews.Verdict": dict.fromkeys(
        ["tool", "reviewer", "decision", "score", "pick_if", "body", "reviewed_on", "judged_version"],
        ANSWERS,
    )
    | dict.fromkeys(["method_version", "basis", "basis_note", "authorship", "answered_for_by"], ANSWERS),
}
ABOUT_NOBODY = {
    "account.EmailAddress",  # allauth's own, and nothing is written there: see below
    "account.EmailConfirmation",
    "auth.Group",
    "auth.Group_permissions",
    "auth.Permission",
    "comparisons.Comparison",
    "contenttypes.ContentType",
    "newsletter.Draft",
    "newsletter.Issue",
    "reviews.Answer",
    "reviews.Attribute",
    "reviews.Category",
    "reviews.FormerCategorySlug",
    "reviews.FormerReviewerSlug",
    "reviews.OldSlug",
    "reviews.Question",
    "reviews.Reviewer",
    "reviews.SearchEntry",
    "reviews.Tool",
    "reviews.VoteHour",
    "reviews.VoteTally",
}
COOKIES = {
    "visitor": WORD,
    "session": "the session, which ends after 12 hours of rest",
    "csrf": "a token that keeps other sites from sending forms",
    "desk-device": "for 90 days a random word by which an account knows this browser",
}
STORAGE = {
    "first-act": "a random word in the browser’s own storage stands in for it",
    "draft:": "a draft of each form that was not saved",
    "draft-sent": "a draft of each form that was not saved",
    "chosen:": "What you tick in a list to compare, in the browser’s own storage for that tab",
}


@pytest.fixture
def told(client):
    return text_of(client.get("/privacy/"))


def test_every_field_of_every_table_is_said_or_is_about_nobody(told):
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.label
        if label in ABOUT_NOBODY:
            continue
        held = {field.name for field in model._meta.concrete_fields if field.name != "id"}
        assert label in FIELDS, f"Whom is {label} about? Say so on /privacy/ and here."
        assert held == set(FIELDS[label]), (
            f"What do the new fields of {label} hold, and for how long? Say so on /privacy/ and here."
        )
        for name, words in FIELDS[label].items():
            assert words in told, f"{label}.{name}"


def test_no_table_is_listed_that_is_not_there():
    labels = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    assert set(FIELDS) | ABOUT_NOBODY <= labels


def test_every_cookie_is_said_and_no_other_is_set(told, catalogue):
    seen = set()
    user = make_editor(is_superuser=True)
    reader = browser()
    editor = browser()
    for client, path, data in (
        (reader, "/tools/mistral-3b/vote/", {"decision": "ship"}),
        (reader, "/tools/mistral-3b/bookmark/", {"bookmarked": "yes"}),
        (reader, "/newsletter/subscribe/", {"email": "reader@mail.example"}),
        (reader, "/privacy/forget/", {}),
        (editor, "/admin/login/", {"username": "grace", "password": "wrong"}),
        (editor, "/admin/password/new/", {"email": user.email}),
    ):
        seen |= set(client.post(path, data).cookies)
    sign_in(editor)
    secret = editor.get("/admin/account/app/add/").context["form"].secret
    editor.post("/admin/account/app/add/", {"code": code_of(secret)})
    for path in ("/admin/", "/admin/reviews/tool/", "/admin/account/", "/admin/account/codes/"):
        seen |= set(editor.get(path).cookies)
    seen |= set(editor.post("/admin/logout/").cookies) | set(reader.cookies) | set(editor.cookies)
    assert seen == set(COOKIES)
    for words in COOKIES.values():
        assert words in told


def test_no_module_sets_a_cookie_but_those_that_are_known():
    setting = {
        str(path.relative_to(ROOT))
        for path in (*ROOT.glob("comparisons/**/*.py"), *ROOT.glob("reviews/**/*.py"))
        if re.search(r"\.set_(signed_)?cookie\(|Set-Cookie", path.read_text())
    }
    assert setting == {"comparisons/http/visitor_cookie.py", "comparisons/desk/accounts/devices.py"}


def test_every_key_of_the_browsers_storage_is_said(told):
    keys = set()
    for path in (ROOT / "static/js").glob("*.js"):
        source = path.read_text()
        names = re.findall(r"(?:local|session)Storage(?:\.\w+Item\(|\[)(\w+)", source)
        for name in names:
            found = re.search(rf"const {name} = [\"`]([^\"`$]+)", source)
            assert found, f"{path.name}: write the key as a constant, so that it is found here"
            keys.add(found[1])
        assert "indexedDB" not in source
    assert keys == set(STORAGE)
    for words in STORAGE.values():
        assert words in told


@pytest.mark.parametrize(
    ("words", "days", "make", "is_gone"),
    [
        (
            "It lasts 400 days",
            400,
            lambda at: Vote.objects.create(
                tool=make_tool("Alpha"), visitor="word", decision="ship", cast_at=at, changed_at=at
            ),
            lambda: not Vote.objects.filter(visitor="word").exists(),
        ),
        (
            "After 400 days without a change",
            400,
            lambda at: Bookmark.objects.create(tool=make_tool("Alpha"), visitor="word", created_at=at),
            lambda: not Bookmark.objects.exists(),
        ),
        (
            "lives for a day",
            0.9,  # a day of the calendar: it is deleted when the next one begins
            lambda at: NetworkKey.objects.create(day=at.date(), key=b"k" * 32),
            lambda: not NetworkKey.objects.exists(),
        ),
        (
            "It goes after a day",
            1,
            lambda at: RequestCount.objects.create(key="k", window=int(at.timestamp()), count=1),
            lambda: not RequestCount.objects.exists(),
        ),
        (
            "a file to be imported for a day",
            1,
            lambda at: Upload.objects.create(
                kind="tools", format="csv", text="", editor="grace", uploaded_at=at
            ),
            lambda: not Upload.objects.exists(),
        ),
        (
            "for 90 days, the hash for 7",
            90,
            lambda at: SignIn.objects.create(at=at, outcome="signed_in", is_known_device=False),
            lambda: not SignIn.objects.exists(),
        ),
        (
            "the hash for 7",
            7,
            lambda at: SignIn.objects.create(
                at=at, outcome="signed_in", is_known_device=False, network="n" * 32
            ),
            lambda: not SignIn.objects.exclude(network="").exists(),
        ),
        (
            "12 hours of rest",
            0.5,
            lambda at: Session.objects.create(
                session_key="k", session_data="", expire_date=at + timedelta(hours=12)
            ),
            lambda: not Session.objects.exists(),
        ),
    ],
    ids=["vote", "bookmark", "key", "counter", "file", "sign-in", "network of a sign-in", "session"],
)
def test_each_is_kept_as_long_as_the_page_says_and_no_longer(told, words, days, make, is_gone, time_machine):
    # The hash of a vote's network goes with a key of fixed 28 days: tests/integration/test_retention.py.
    assert words in told
    time_machine.move_to(NOW)
    make(NOW)
    time_machine.move_to(NOW + timedelta(days=days, hours=-11))
    call_command("forget_old", verbosity=0)
    assert not is_gone(), "too early"
    time_machine.move_to(NOW + timedelta(days=days, hours=13))
    call_command("forget_old", verbosity=0)
    assert is_gone(), "too late"


def test_a_session_is_as_long_as_the_page_says():
    assert settings.SESSION_COOKIE_AGE == 12 * 3600


def test_allauth_keeps_no_addresses_of_its_own():
    make_editor()
    client = browser()
    sign_in(client)
    secret = client.get("/admin/account/app/add/").context["form"].secret
    client.post("/admin/account/app/add/", {"code": code_of(secret)})
    client.post("/admin/password/new/", {"email": "grace@desk.example"})
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("address", ["203.0.113.77", "2001:db8:1:2::77"])
def test_no_address_is_kept_anywhere(address, catalogue, caplog):
    make_editor()
    client = browser(address)
    client.post("/tools/mistral-3b/vote/", {"decision": "ship"})
    client.post("/newsletter/subscribe/", {"email": "reader@mail.example"})
    sign_in(client, password="wrong")
    sign_in(client)
    client.get("/admin/account/")
    kept = caplog.text
    for model in apps.get_models(include_auto_created=True):
        kept += str(list(model._base_manager.values_list()))
    kept += str([session.get_decoded() for session in Session.objects.all()])
    assert Vote.objects.count() == 1
    for part in (address, address[:10], address.replace(":", "")[:8]):
        assert part not in kept
