"""The contents of a letter, and how mail programs show it."""

import re
from datetime import timedelta
from html.parser import HTMLParser

import pytest
import time_machine

from comparisons.newsletter.contents import ChangedVerdict
from comparisons.newsletter.models import Draft, Issue, new_token
from comparisons.newsletter.models.draft import LONGEST_INTRODUCTION
from comparisons.newsletter.services import news
from comparisons.newsletter.services.arrangement import arrange
from comparisons.newsletter.services.issues import make_issue, plan_issue, render_issue
from comparisons.newsletter.services.news import collect_news
from comparisons.newsletter.services.verdict_changes import changed_verdicts
from reviews.models import Reviewer, Revision, Verdict
from reviews.services.editing import history
from reviews.services.editing.change_runs import Judgement
from tests.factories import make_comparison, make_tool
from tests.html_text import assert_in_order
from tests.newsletter_factories import MONDAY, make_news, make_subscriber

pytestmark = pytest.mark.django_db

A_WEEK = timedelta(days=7)
A_MINUTE = timedelta(minutes=1)
LATE = MONDAY - A_MINUTE


def gathered(since=MONDAY - A_WEEK, until=MONDAY):
    with time_machine.travel(until, tick=False):
        return arrange(collect_news(since=since, until=until))


def rendered():
    """The mail of an issue made on Monday, read back from the database."""
    with time_machine.travel(MONDAY, tick=False):
        issue = make_issue(plan=plan_issue(now=MONDAY))
    return render_issue(Issue.objects.get(pk=issue.pk)).rendered


# --- what it tells ---


def test_a_letter_tells_what_was_published_since_the_last_issue():
    make_news(MONDAY - A_WEEK - A_MINUTE, "Before")
    make_news(MONDAY - A_WEEK, "Early")
    make_news(LATE, "Late")
    make_news(MONDAY, "After")
    contents = gathered()
    assert [line.title for line in contents.comparisons] == ["Late vs Late Two", "Early vs Early Two"]
    assert [line.name for line in contents.tools] == ["Late", "Late Two", "Early", "Early Two"]


def test_news_of_the_minute_of_a_run_are_in_the_next_issue():
    """A minute may begin before the run and end after it."""
    run = MONDAY + timedelta(seconds=5)
    with time_machine.travel(run, tick=False):
        make_news(MONDAY - A_MINUTE, "Old")
        assert make_issue(plan=plan_issue(now=run))
        make_news(MONDAY, "News")
    with time_machine.travel(run + A_WEEK, tick=False):
        assert [line.title for line in plan_issue(now=run + A_WEEK).contents.comparisons] == [
            "News vs News Two"
        ]


def test_two_issues_in_a_row_tell_each_news_once():
    for days in range(14):
        make_news(MONDAY - timedelta(days=days, hours=1), f"Day {days}")
    told = [*gathered(MONDAY - 2 * A_WEEK, MONDAY - A_WEEK).comparisons, *gathered().comparisons]
    assert sorted(line.title for line in told) == sorted(
        f"Day {days} vs Day {days} Two" for days in range(14)
    )


def test_a_comparison_is_news_once_both_its_tools_are_published():
    old = make_tool("Old")
    new = make_tool("New", published_at=MONDAY - timedelta(days=1))
    make_comparison(old, new, published_at=MONDAY - timedelta(days=30))
    assert [line.title for line in gathered().comparisons] == ["Old vs New"]
    assert not gathered(MONDAY - 5 * A_WEEK, MONDAY - A_WEEK).comparisons


def test_drafts_and_retired_tools_are_no_news():
    make_tool("Draft", status="draft", published_at=LATE)
    make_tool("Retired", status="retired", published_at=LATE)
    assert gathered().is_empty


def test_the_most_split_panels_are_quoted_from_both_sides():
    make_tool("Agreed", "ship, ship, ship, ship", published_at=LATE)
    make_tool("Leaning", "ship, ship, ship, skip", published_at=LATE)
    make_tool("Halved", "ship 84, skip 30, ship, skip 55", published_at=LATE)
    first, second = gathered().splits
    assert (first.tool.name, second.tool.name) == ("Halved", "Leaning")
    assert (first.ship.reviewer, first.ship.score, first.skip.reviewer, first.skip.score) == (
        "Builder",
        84,
        "Skeptic",
        30,
    )
    assert first.skip.words == "Skeptic on Halved."


def test_panels_are_counted_as_everywhere_else():
    make_tool("Tool", "ship, ship, skip", published_at=LATE)
    line = gathered().tools[0]
    assert (line.panel.ship_percent, line.panel.decision) == (67, "ship")


def test_a_changed_verdict_is_told_with_its_reason(monkeypatch):
    asked = []

    def stub(*, since, until):
        asked.append((since, until))
        return [
            ChangedVerdict(
                "Alpha",
                "/tools/alpha/",
                "Skeptic",
                Judgement("skip", None),
                Judgement("ship", 71),
                "Because the licence changed. " * 40,
            )
        ]

    monkeypatch.setattr(news, "changed_verdicts", stub)
    contents = gathered()
    assert asked == [(MONDAY - A_WEEK, MONDAY)]
    assert not contents.is_empty
    assert len(contents.changes[0].reason) <= 300
    mail = rendered()
    for text in (mail.text, mail.html):
        assert_in_order(
            re.sub(r"\s+", " ", text),
            "Verdicts that changed",
            "Alpha",
            "Skeptic: skip, now 71/100 · ship.",
            "Because the licence",
        )


def test_changes_come_from_what_the_desk_recorded():
    tool = make_tool("Alpha", "skip 40")
    draft = make_tool("Draft", "skip", status="draft")
    for each, days in ((tool, 1), (tool, 8), (draft, 1)):
        verdict = each.verdicts.get()
        Revision.objects.create(
            model="reviews.verdict",
            object_id=verdict.pk,
            tool_id=each.pk,
            name=str(verdict),
            action="changed",
            at=MONDAY - timedelta(days=days),
            reason=f"The licence changed, {days} days ago.",
            changes={"decision": ["skip", "ship"], "score": [40, 71]},
            snapshot={"reviewer_id": verdict.reviewer_id, "decision": "ship", "score": 71},
            was_seen=each == tool,
        )
    assert changed_verdicts(since=MONDAY - A_WEEK, until=MONDAY) == [
        ChangedVerdict(
            "Alpha",
            "/tools/alpha/",
            "Builder",
            Judgement("skip", 40),
            Judgement("ship", 71),
            "The licence changed, 1 days ago.",
        )
    ]


def test_a_changed_verdict_at_the_edge_of_two_weeks_is_told_once():
    verdict = make_tool("Alpha", "skip 40").verdicts.get()
    verdict.score = 10
    with time_machine.travel(MONDAY, tick=False):
        history.save(row=verdict, by="An editor", reason="The licence changed.")
    assert changed_verdicts(since=MONDAY - A_WEEK, until=MONDAY) == []
    assert len(changed_verdicts(since=MONDAY, until=MONDAY + A_WEEK)) == 1


def test_a_changed_text_is_no_changed_verdict(client):
    tool = make_tool("Alpha", "skip 40")
    verdict = tool.verdicts.get()
    verdict.body = "The same, without the typing mistake."
    with time_machine.travel(LATE, tick=False):
        history.save(row=verdict, by="An editor", reason="A typing mistake.")
    assert Revision.objects.filter(reason="A typing mistake.").exists()
    assert changed_verdicts(since=MONDAY - A_WEEK, until=MONDAY) == []
    assert "What changed" not in client.get("/tools/alpha/").content.decode()


def test_a_change_by_a_deleted_reviewer_is_told(client):
    tool = make_tool("Alpha", "skip 40")
    verdict = tool.verdicts.get()
    verdict.score = 10
    with time_machine.travel(LATE, tick=False):
        history.save(row=verdict, by="An editor", reason="The licence changed.")
        history.delete(row=verdict, by="An editor")
    Reviewer.objects.filter(slug="builder").delete()
    assert changed_verdicts(since=MONDAY - A_WEEK, until=MONDAY)[0].reviewer == "former reviewer"
    assert client.get("/tools/alpha/").status_code == 200


def test_collecting_news_has_a_fixed_number_of_queries(django_assert_num_queries):
    counts = []
    for size in (1, 12):
        for number in range(size):
            make_news(LATE, f"{size} {number}")
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries:
            gathered()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_news_that_have_no_room_are_counted():
    for number in range(15):
        make_news(LATE, f"News {number}")
    contents = gathered()
    assert (len(contents.comparisons), contents.more_comparisons) == (8, 7)
    assert (len(contents.tools), contents.more_tools) == (6, 24)
    assert "And 7 more" in rendered().text


# --- how it looks ---


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def tags_of(html):
    parser = Tags()
    parser.feed(html)
    return parser.seen


def test_the_styles_are_in_the_tags_and_dark_mode_in_the_head():
    make_news()
    html = rendered().html
    tags = tags_of(html)
    assert all("style" in attrs for tag, attrs in tags if tag in ("h1", "h2", "h3", "a"))
    assert html.count("<style>") == 1
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    assert "@media (prefers-color-scheme: dark)" in style
    assert "max-width: 600px" not in style, "what can be written into a tag has been"
    assert all(attrs.get("role") == "presentation" for tag, attrs in tags if tag == "table")


def test_a_letter_loads_nothing_from_anywhere():
    make_news()
    html = rendered().html
    assert not {tag for tag, _ in tags_of(html)} & {
        "img",
        "link",
        "script",
        "iframe",
        "form",
        "object",
        "base",
    }
    assert "url(" not in html


def test_every_link_leads_to_the_public_address(settings):
    settings.SITE_URL = "https://panelship.example"
    make_news()
    links = [attrs["href"] for tag, attrs in tags_of(rendered().html) if tag == "a"]
    assert len(links) > 5
    assert all(link.startswith("https://panelship.example/") for link in links)


def test_the_largest_letter_is_under_100_kb(settings, monkeypatch):
    """With the longest texts the tables hold, at five bytes a character."""
    settings.SITE_URL = f"https://{'long-' * 10}panelship.example"
    wide = {"tagline": "&" * 140, "entry_price": "&" * 40, "published_at": LATE}
    for number in range(20):
        pair = [
            make_tool(
                f"{number}{side}" + "&" * 117, "ship 100, skip 0", slug=f"{'x' * 110}-{number}-{side}", **wide
            )
            for side in "ab"
        ]
        make_comparison(*pair, published_at=LATE, note="&" * 300)
    Verdict.objects.update(body="&" * 1600)
    changed = ChangedVerdict(
        "&" * 120, "/" + "p" * 150, "&" * 60, Judgement("skip", 100), Judgement("ship", 100), "&" * 4000
    )
    monkeypatch.setattr(news, "changed_verdicts", lambda **period: [changed] * 20)
    Draft.objects.create(number=1, introduction="&" * LONGEST_INTRODUCTION)
    mail = rendered()
    assert 80_000 < len(mail.html.encode()) < 100_000


def test_signs_in_editors_texts_are_escaped():
    make_tool("<b>Bold</b> & Co", "ship", slug="bold", tagline='“<script>” & "quotes"', published_at=LATE)
    mail = rendered()
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Co" in mail.html
    assert "<script>" not in mail.html
    assert '<b>Bold</b> & Co: “<script>” & "quotes"' in mail.subject
    assert '“<script>” & "quotes"' in mail.text


def test_the_plain_text_reads_well():
    make_news()
    text = rendered().text
    assert_in_order(
        text,
        "WEEKLY AI TOOL VERDICTS\nPanelship, 2 March 2026",
        "New comparisons\n---------------\n\nAlpha vs Alpha Two\n  A note on choosing between the two.\n",
        "  Alpha: Split · 2 ship / 2 skip\n  Alpha Two: Ship · 4 ship / 0 skip\n  http://127.0.0.1:8000/compare/alpha-vs-alpha-two/\n",
        "New tools\n---------",
        "Where the panel was most split\n------------------------------\n\n",
        "Alpha (Split · 2 ship / 2 skip)\n  Builder, 84/100 · ship: Builder on Alpha.\n",
        "Leave, or delete everything about you:\nhttp://127.0.0.1:8000/newsletter/unsubscribe/",
    )
    assert "\n\n\n" not in text
    assert max(len(line) for line in text.splitlines() if "http" not in line) <= 72


def test_no_text_holds_a_template_by_mistake():
    make_news()
    mail = rendered()
    for text in (mail.subject, mail.text, mail.html):
        assert not re.search(r"\{[{%#]|None|\[\]", text.split("</style>")[-1])


# --- the bytes ---


@pytest.mark.parametrize(
    "host",
    ["x.example", "a-rather-long-name-of-a-host.of-some-department.panelship.example", "h" * 60 + ".example"],
)
def test_the_header_list_unsubscribe_is_never_folded(settings, host):
    settings.SITE_URL = f"https://{host}"
    make_news()
    make_subscriber()
    with time_machine.travel(MONDAY, tick=False):
        issue = make_issue(plan=plan_issue(now=MONDAY))
    token = new_token()
    raw = render_issue(issue).addressed_to(email="ada@example.com", token=token).message().as_bytes()
    head, body = raw.split(b"\r\n\r\n", 1)
    lines = head.split(b"\r\n")
    assert f"List-Unsubscribe: <https://{host}/newsletter/unsubscribe/{token}/>".encode() in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines
    assert raw.isascii()
    assert max(len(line) for line in body.split(b"\r\n")) <= 76


def test_pythons_own_policy_would_break_the_header(settings):
    """Negative control."""
    from email.policy import SMTP

    from django.core.mail import EmailMessage

    address = f"<https://{'h' * 60}.example/newsletter/unsubscribe/{new_token()}/>"
    raw = (
        EmailMessage("s", "b", to=["a@example.com"], headers={"List-Unsubscribe": address})
        .message(policy=SMTP)
        .as_bytes()
    )
    assert address.encode() not in raw


def test_a_letter_sent_again_has_the_same_message_id():
    make_news()
    with time_machine.travel(MONDAY, tick=False):
        issue = make_issue(plan=plan_issue(now=MONDAY))
    ids = [
        render_issue(issue).addressed_to(email="a@example.com", token=token).message()["Message-ID"]
        for token in ("a" * 22, "a" * 22, "b" * 22)
    ]
    assert ids[0] == ids[1] != ids[2]
