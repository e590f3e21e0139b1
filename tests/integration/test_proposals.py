"""Verdicts that readers see are changed by proposals, which a Publisher accepts or returns with a word."""

from datetime import date

import pytest

from reviews.models import Proposal, Revision, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.proposals import AlreadyDecided, accept, propose, view_proposal
from tests.concurrency import run_in_threads
from tests.factories import make_panel, make_tool, paragraph
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of
from tests.integration.test_fact_entry import client_of

pytestmark = pytest.mark.django_db

PANEL = "ship 84, skip 40, ship, -"
MINE = paragraph("mine")


@pytest.fixture
def alpha():
    return make_tool("Alpha", PANEL)


@pytest.fixture
def builder(alpha):
    return client_of("ada", "Reviewer's desk", reviewer=make_panel()[0])


@pytest.fixture
def publisher():
    return client_of("grace", "Publisher")


def page_of(tool):
    return f"/admin/reviews/tool/{tool.pk}/change/"


def save(client, tool, **typed):
    return client.post(page_of(tool), form_of(client.get(page_of(tool))) | typed, follow=True)


def proposed(client, tool):
    page = save(client, tool, **{"verdicts-0-body": MINE})
    return page, Proposal.objects.get()


def decide(client, proposal, **pressed):
    page = client.get(f"/admin/reviews/proposal/{proposal.pk}/change/")
    data = {"shown": page.context["view"].version} | pressed
    return client.post(f"/admin/reviews/proposal/{proposal.pk}/decide/", data, follow=True)


@pytest.mark.parametrize("status", ["approved", "published", "retired"])
def test_a_change_of_a_reviewed_tools_verdict_is_a_proposal_and_changes_nothing(
    client, builder, alpha, status
):
    Tool.objects.update(status=status)
    before = client.get("/tools/alpha/").content
    page, proposal = proposed(builder, alpha)
    assert "is a proposal: readers see the former verdict until a Publisher accepts it." in text_of(page)
    assert "was changed successfully" not in text_of(page)
    assert (proposal.editor, proposal.changes) == ("ada", {"body": ["Builder on Alpha.", MINE]})
    assert client.get("/tools/alpha/").content == before
    assert not Revision.objects.exists()


@pytest.mark.parametrize("status", ["draft", "waiting"])
def test_before_its_review_a_verdict_is_changed_at_once(builder, alpha, status):
    Tool.objects.update(status=status)
    save(builder, alpha, **{"verdicts-0-body": MINE})
    assert Verdict.objects.filter(body=MINE).exists()
    assert not Proposal.objects.exists()


def test_a_first_verdict_on_a_published_tool_is_a_proposal_too(alpha, publisher):
    founder = client_of("hedy", "Reviewer's desk", reviewer=make_panel()[3])
    question = make_panel()[3].questions.first()
    typed = {
        "verdicts-3-decision": "skip",
        "verdicts-3-score": "40",
        "verdicts-3-body": MINE,
        f"verdicts-3-answer_{question.pk}": "No.",
    }
    save(founder, alpha, **typed)
    assert alpha.verdicts.count() == 3
    decide(publisher, Proposal.objects.get(), accept="yes")
    verdict = alpha.verdicts.get(reviewer__slug="founder")
    assert (verdict.decision, verdict.score, verdict.body) == ("skip", 40, MINE)
    assert [answer.text for answer in verdict.answers.all()] == ["No."]


def test_what_a_publisher_accepts_is_saved_with_its_history(client, builder, alpha, publisher):
    _, proposal = proposed(builder, alpha)
    page = text_of(publisher.get(f"/admin/reviews/proposal/{proposal.pk}/change/"))
    assert_in_order(
        page, "Proposed by ada", "What is proposed", "Now", "Proposed", "Builder on Alpha.", "mine-0"
    )
    decide(publisher, proposal, accept="yes")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by) == ("accepted", "grace")
    assert "mine-0" in text_of(client.get("/tools/alpha/"))
    revision = Revision.objects.get(action="changed")
    assert (revision.editor, list(revision.changes)) == ("grace", ["body"])


def test_a_returned_proposal_shows_its_word_to_its_editor(builder, alpha, publisher):
    _, proposal = proposed(builder, alpha)
    assert "Say why it goes back" in text_of(decide(publisher, proposal, **{"return": "yes", "answer": " "}))
    decide(publisher, proposal, **{"return": "yes", "answer": "Name the benchmark."})
    assert "Returned by grace" in text_of(builder.get(f"/admin/reviews/proposal/{proposal.pk}/change/"))
    assert "“Name the benchmark.”" in text_of(builder.get(f"/admin/reviews/proposal/{proposal.pk}/change/"))
    assert list(Proposal.objects.returned_to("ada")) == [proposal]
    save(builder, alpha, **{"verdicts-0-body": paragraph("better")})
    assert not Proposal.objects.returned_to("ada")
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["open", "replaced"]


def test_while_an_own_proposal_waits_the_form_leads_to_it_and_takes_nothing(builder, alpha):
    _, proposal = proposed(builder, alpha)
    page = builder.get(page_of(alpha))
    assert f"/admin/reviews/proposal/{proposal.pk}/change/" in page.text
    save(builder, alpha, **{"verdicts-0-body": paragraph("again")})
    assert Proposal.objects.get().changes["body"][1] == MINE
    decide(builder, proposal, withdraw="yes")
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"


def test_a_verdict_that_changed_meanwhile_is_shown_before_it_is_overwritten(builder, alpha, publisher):
    _, proposal = proposed(builder, alpha)
    version = view_proposal(proposal=proposal).version
    verdict = alpha.verdicts.get(reviewer__slug="builder")
    verdict.body = "Changed by somebody else."
    history.save(row=verdict, by="root")
    address = f"/admin/reviews/proposal/{proposal.pk}/decide/"
    page = publisher.post(address, {"accept": "yes", "shown": version})
    assert page.status_code == 409
    assert_in_order(
        text_of(page),
        "The verdict changed meanwhile.",
        "The verdict changed since this was proposed",
        "Changed by somebody else.",
    )
    assert not Verdict.objects.filter(body=MINE).exists()
    decide(publisher, proposal, accept="yes")
    assert Verdict.objects.filter(body=MINE).exists()


def test_a_reason_is_wanted_where_readers_are_told_of_the_change(builder, alpha, publisher):
    typed = {"verdicts-0-score": "20", "verdicts-0-decision": "skip", "verdicts-0-reviewed_on": date.today()}
    page = save(builder, alpha, **typed)
    assert "Say why the decision or the score changed" in text_of(page)
    assert not Proposal.objects.exists()
    verdict = alpha.verdicts.get(reviewer__slug="builder")
    verdict.score = 20
    proposal = propose(verdict=verdict, answers={}, by="ada")
    assert "Say why the decision or the score changed" in text_of(decide(publisher, proposal, accept="yes"))
    decide(publisher, proposal, accept="yes", reason="The licence was withdrawn.")
    assert Revision.objects.get(action="changed").reason == "The licence was withdrawn."


def test_only_publishers_decide_and_only_the_proposer_takes_back(builder, alpha, publisher):
    _, proposal = proposed(builder, alpha)
    bound = client_of("eve", "Publisher", reviewer=make_panel()[1])
    address = f"/admin/reviews/proposal/{proposal.pk}/decide/"
    for client, pressed in (
        (builder, "accept"),
        (builder, "return"),
        (bound, "accept"),
        (publisher, "withdraw"),
    ):
        assert client.post(address, {pressed: "yes", "answer": "x", "shown": "1"}).status_code == 403
    proposal.refresh_from_db()
    assert proposal.is_open


def test_no_way_round_a_proposal_through_the_history_or_the_matrix(builder, alpha):
    verdict = alpha.verdicts.get(reviewer__slug="builder")
    verdict.body = "Another."
    history.save(row=verdict, by="root")
    found = Revision.objects.get(action="found")
    assert builder.post(f"/admin/reviews/revision/{found.pk}/restore/", {"reason": "x"}).status_code == 403
    name = f"{alpha.pk}-{verdict.reviewer_id}"
    sent = {f"shown-{name}": "ship 84", f"decision-{name}": "ship", f"score-{name}": "70"}
    data = {"tools": str(alpha.pk), "reason": "r", "dated_today": "on"} | sent
    assert builder.post("/admin/verdict-matrix/", data).status_code == 403
    verdict.refresh_from_db()
    assert (verdict.body, verdict.score) == ("Another.", 84)


@pytest.mark.django_db(transaction=True)
def test_of_two_publishers_at_once_one_accepts_and_the_other_is_told(alpha):
    verdict = alpha.verdicts.get(reviewer__slug="builder")
    verdict.body = MINE
    proposal = propose(verdict=verdict, answers={}, by="ada")
    shown = view_proposal(proposal=proposal).version

    def press(index):
        try:
            return accept(proposal=proposal.pk, by=f"publisher-{index}", shown=shown).state
        except AlreadyDecided as told:
            return f"told of {told.proposal.decided_by[:9]}"

    assert sorted(run_in_threads(press, 2)) == ["accepted", "told of publisher"]
    assert Revision.objects.filter(action="changed").count() == 1
