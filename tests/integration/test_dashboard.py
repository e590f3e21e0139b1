"""The dashboard: every number leads to the list it counts, at a constant number of queries."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from comparisons.desk.dashboard import dashboard
from comparisons.desk.rivals.pairs import likely_rivals
from reviews.models import Tool, Verdict, Vote, VoteBatch
from reviews.services.editing.duplicates import ToolEntry, suspected_duplicates
from reviews.services.editing.proposals import propose, return_proposal
from reviews.services.voting.recount import recount
from tests.factories import make_category, make_comparison, make_fact, make_panel, make_tool
from tests.html_text import assert_in_order, text_of
from tests.integration.test_fact_entry import client_of

pytestmark = pytest.mark.django_db

PANEL = "ship 84, skip 40, ship, ship"


@pytest.fixture
def today():
    return timezone.localdate()


def counted(today):
    return dashboard(today=today)


def listed(client, query):
    """Return the names in the filtered list of tools."""
    return set(
        re.findall(
            r"/change/[^>]*>([^<]+)</a></th>", client.get(f"/admin/reviews/tool/?{query}").content.decode()
        )
    )


def test_tools_without_a_verdict_are_counted_by_reviewer(admin_client, today):
    make_tool("Full", PANEL)
    make_tool("Half", "ship, -, -, skip")
    make_tool("None", status="draft")
    make_tool("Gone", status="retired")
    assert {missing.reviewer.slug: missing.tools for missing in counted(today).missing_verdicts} == {
        "builder": 1,
        "skeptic": 2,
        "futurist": 2,
        "founder": 1,
    }
    assert listed(admin_client, "lacks=skeptic") == {"Half", "None"}


@pytest.mark.parametrize("stale_days", [180, 30])
def test_old_facts_and_old_verdicts_begin_after_the_days_of_the_setting(
    admin_client, settings, today, stale_days
):
    settings.VERDICT_STALE_DAYS = stale_days
    for name, days in (("Fresh", stale_days), ("Old", stale_days + 1)):
        tool = make_tool(name, PANEL, facts_checked_on=today - timedelta(days=days))
        Verdict.objects.filter(tool=tool).update(reviewed_on=today)
        Verdict.objects.filter(tool=tool, reviewer__slug="founder").update(
            reviewed_on=today - timedelta(days=days)
        )
    make_tool("Never", facts_checked_on=None)
    found = counted(today)
    assert (found.old_facts, found.tools_old, found.old_verdicts) == (2, 1, 1)
    assert listed(admin_client, "old=facts") == {"Old"}
    assert listed(admin_client, "old=unchecked") == {"Never"}
    assert listed(admin_client, "old=verdicts") == {"Old"}
    assert f"1 tool with a verdict older than {stale_days} days" in text_of(admin_client.get("/admin/"))
    assert f"A verdict older than {stale_days} days" in text_of(admin_client.get("/admin/reviews/tool/"))


def test_facts_that_were_never_checked_or_are_old_come_first_and_are_counted(admin_client, settings, today):
    make_panel()
    long_ago = today - timedelta(days=settings.VERDICT_STALE_DAYS + 1)
    mixed = make_tool("Mixed", facts_checked_on=long_ago)
    make_fact(mixed, "licence", "MIT")
    claimed = make_tool("Claimed", facts_checked_on=today)
    make_fact(
        claimed, "licence", "MIT", state="claimed", source_url="https://a.example/", looked_at_on=long_ago
    )
    make_tool("Fresh", facts_checked_on=today)
    make_tool("Nothing known", entry_price="", pricing="")
    make_tool("Gone", status="retired", facts_checked_on=None)
    found = counted(today)
    assert (found.unchecked_facts, found.tools_unchecked) == (1, 2)
    assert (found.old_facts, found.tools_old) == (3, 2)
    assert listed(admin_client, "old=unchecked") == {"Mixed", "Nothing known"}
    assert listed(admin_client, "old=facts") == {"Mixed", "Claimed"}
    assert_in_order(
        text_of(admin_client.get("/admin/")),
        "1 fact never checked, or nothing known, of 2 tools",
        f"3 facts of 2 tools looked at more than {settings.VERDICT_STALE_DAYS} days ago",
        "without a verdict",
    )


def test_drafts_and_scheduled_tools_are_counted(admin_client, today):
    make_tool("Draft", status="draft", published_at=None)
    make_tool("Soon", published_at=timezone.now() + timedelta(days=1))
    make_tool("Here")
    make_tool("Gone", status="retired")
    assert (counted(today).drafts, counted(today).scheduled) == (1, 1)
    for state, name in (
        ("draft", "Draft"),
        ("scheduled", "Soon"),
        ("published", "Here"),
        ("retired", "Gone"),
    ):
        assert listed(admin_client, f"state={state}") == {name}


def test_likely_rivals_are_of_one_kind_and_category_with_full_panels_and_no_comparison():
    a, b, c = (make_tool(name, PANEL) for name in "ABC")
    make_tool("Other kind", PANEL, kind="service")
    make_tool("Other shelf", PANEL, category=make_category("Elsewhere"))
    make_tool("Half", "ship, -, -, -")
    make_tool("Draft", PANEL, status="draft")
    make_comparison(c, a)
    found = likely_rivals(most=10)
    assert [(pair.first, pair.second) for pair in found.newest] == [(b, c), (a, b)]
    assert found.total == 2
    assert likely_rivals(most=1).newest == found.newest[:1]
    assert likely_rivals(most=10, category=make_category("Elsewhere").pk).total == 0


def test_a_pair_of_rivals_links_to_a_filled_in_form(admin_client):
    a = make_tool("A", PANEL)
    b = make_tool("B", PANEL)
    page = admin_client.get("/admin/rivals/?category=workshop")
    assert "A vs B" in text_of(page)
    link = (
        re.search(r'href="(/admin/comparisons/comparison/add/[^"]+)"', page.content.decode())
        .group(1)
        .replace("&amp;", "&")
    )
    form = admin_client.get(link).context["adminform"].form
    assert [str(form[name].value()) for name in ("first", "second", "relation")] == [
        str(a.pk),
        str(b.pk),
        "rivals",
    ]


@pytest.mark.parametrize(
    ("one", "other", "are_suspected"),
    [
        ("Code Llama 4", "CodeLlama-4", True),
        ("Code Llama 4", "Llama Code 4", True),
        ("Mistral Large", "Mistrall Large", True),
        ("Mistral Large", "Mistrel Large", True),
        ("Code Llama 3", "Code Llama 4", False),
        ("Mistral 3B", "Mistral 8B", False),
        ("Alpha", "Beta", False),
        ("Visual C", "Visual C++", False),
        ("Visual C++", "Visual C#", False),
        ("C++ Builder", "Builder C＋＋", True),
        ("Visual C♯", "Visual-C#", True),
        ("GPT-4", "GPT-4+", False),
        ("Kit #1", "Kit 1", True),
        ("Code Llama 3.1", "Code Llama 31", False),
        ("Code Llama 3.1", "Code Llama 1.3", False),
        ("Code Llama 3.1", "Code-Llama-3-1", True),
        ("Llama 4 Scout 17", "Llama 17 Scout 4", False),
        ("Kit ٣", "Kit 3", True),
        ("Café Builder", "Cafe-Builder", True),
        ("Łódź AI", "Lodz AI", True),
        ("Яндекс Мастер", "ЯндексМастер", True),
        ("Яндекс Мастер", "Яндекс Мистер", True),
        ("Яндекс", "Алиса", False),
        ("深度求索", "深度 求索", True),
        ("深度求索", "通义千问", False),
        ("हिन्दी", "हिन्दि", False),
        ("हिन्दी मॉडल", "हिन्दी-मॉडल", True),
        ("ガイド", "カイド", False),
        ("אלון", "אלון!", True),
        ("👩‍💻", "🚀", False),
    ],
)
def test_duplicates_are_suspected_by_name(one, other, are_suspected):
    assert bool(suspected_duplicates(entries=[ToolEntry(1, one), ToolEntry(2, other)])) == are_suspected


def test_duplicates_are_suspected_by_website_unless_many_share_it():
    pages = ["https://www.maker.example/tool/", "http://maker.example/tool#top"]
    assert suspected_duplicates(entries=[ToolEntry(n, f"{n}", page) for n, page in enumerate(pages)])
    assert not suspected_duplicates(entries=[ToolEntry(n, f"{n}{n}{n}", pages[0]) for n in range(100, 110)])
    assert not suspected_duplicates(entries=[ToolEntry(n, f"{n}", "https://maker.example/") for n in (1, 2)])


def test_suspected_duplicates_are_listed_with_a_link_to_merge_them(admin_client, today):
    first = make_tool("Code Llama 4")
    second = make_tool("CodeLlama-4", slug="codellama-4")
    assert counted(today).duplicates == 1
    page = admin_client.get("/admin/duplicates/")
    assert_in_order(
        text_of(page),
        "Code Llama 4",
        "CodeLlama-4",
        "The same name but for spaces, accents and signs",
        "Merge them",
    )
    assert f"/admin/merge/{second.pk}/into/{first.pk}/" in page.content.decode()


def test_held_votes_are_counted_and_listed(admin_client, today):
    tool = make_tool("A")
    batch = VoteBatch.objects.create(tool=tool, reason="burst")
    for visitor in "xyz":
        Vote.objects.create(tool=tool, visitor=visitor, decision="ship", status="burst", batch=batch)
    recount(repair=True, now=timezone.now())
    text = text_of(admin_client.get("/admin/"))
    assert_in_order(text, "What next", "3 held votes in 1 batch")
    assert "A burst" in text_of(admin_client.get("/admin/reviews/votebatch/?status__exact=waiting"))


def test_the_dashboard_has_a_fixed_number_of_queries(django_assert_num_queries, today):
    make_tool("One", PANEL), make_tool("Two", PANEL)

    def ask():
        with django_assert_num_queries(13):
            counted(today)

    ask()
    for number in range(6):
        make_tool(f"Tool {number}", PANEL)
    ask()
    assert counted(today).rivals.total == 28
    assert Tool.objects.count() == 8


def links_of(client):
    page = client.get("/admin/").content.decode()
    section = page[page.index('class="what-next"') : page.index("</section>")]
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', section)]


def test_every_link_of_the_dashboard_opens(admin_client):
    alpha = make_tool("A", PANEL)
    make_tool("B", PANEL)
    make_tool("C", status="waiting", published_at=None)
    make_tool("D", status="approved", published_at=None)
    verdict = alpha.verdicts.first()
    for editor, body in (("ada", "One."), ("admin", "Other.")):
        verdict.body = body
        proposal = propose(verdict=verdict, answers={}, by=editor)
    return_proposal(proposal=proposal.pk, by="grace", answer="Not yet.")
    links = links_of(admin_client)
    assert len(links) >= 8
    assert {admin_client.get(link).status_code for link in links} == {200}


def test_no_tile_says_0(admin_client):
    assert links_of(admin_client) == []
    make_tool("A", PANEL)
    page = admin_client.get("/admin/").content.decode()
    assert "<b>0</b>" not in page


def test_what_waits_for_a_publisher_comes_first_and_is_listed(admin_client):
    verdict = make_tool("Alpha", PANEL).verdicts.first()
    verdict.body = "Another."
    propose(verdict=verdict, answers={}, by="ada")
    make_tool("Soon", PANEL, status="waiting", published_at=None)
    make_tool("Good", PANEL, status="approved", published_at=None)
    assert_in_order(
        text_of(admin_client.get("/admin/")),
        "What next",
        "1 proposed change of verdicts to decide",
        "1 tool waiting for review",
        "1 approved tool not yet published",
        "with a verdict older than",
    )
    assert listed(admin_client, "state=waiting") == {"Soon"}
    assert listed(admin_client, "state=approved") == {"Good"}


def test_a_reviewers_editor_is_told_of_what_came_back_and_of_the_own_missing_verdicts_alone():
    builder = make_panel()[0]
    tool = make_tool("Alpha", PANEL)
    make_tool("Bare", status="draft", published_at=None)
    make_tool("Soon", PANEL, status="waiting", published_at=None)
    verdict = tool.verdicts.first()
    verdict.body = "Another."
    for by in ("ada", "hedy"):
        proposal = propose(verdict=verdict, answers={}, by=by)
        return_proposal(proposal=proposal.pk, by="grace", answer="Not yet.")
    page = text_of(client_of("ada", "Reviewer's desk", reviewer=builder).get("/admin/"))
    assert_in_order(
        page, "1 proposal of yours came back with a word", "1 tool without your verdict as the Builder"
    )
    assert "by the Skeptic" not in page
    assert "waiting for review" not in page
    assert "never checked" not in page


def test_an_editor_who_may_not_see_tools_sees_no_dashboard(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("temp", password="x", is_staff=True))
    assert "What next" not in text_of(client.get("/admin/"))
