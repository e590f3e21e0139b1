"""A tool's whole page is brought back to a moment of its history."""

import pytest

from reviews.models import Answer, Fact, Question, Revision, Verdict
from reviews.services.editing.moments import page_changes
from tests.accounts import browser, make_editor
from tests.factories import make_panel, make_tool, paragraph
from tests.html_text import text_of
from tests.integration.test_admin import form_of
from tests.integration.test_verdict_entry import seen_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    make_panel()
    return make_tool("Alpha", "ship 84, -, -, -", status="draft", published_at=None)


@pytest.fixture
def url(alpha):
    return f"/admin/reviews/tool/{alpha.pk}/change/"


@pytest.fixture
def question(alpha):
    return Question.objects.filter(reviewer__slug="builder").first()


@pytest.fixture
def other():
    client = browser()
    client.force_login(make_editor("grace", is_superuser=True))
    return client


def save(client, url, **typed):
    """Save the page with these changes, and return the last change of the history."""
    data = form_of(client.get(url)) | typed
    response = client.post(url, data)
    if response.status_code == 200:
        response = client.post(url, data | {"warnings_seen": seen_in(response)})
    assert response.status_code == 302
    return Revision.objects.order_by("-pk")[0]


def page_of(client, url):
    left_out = {"version", "shown"}
    return {name: value for name, value in form_of(client.get(url)).items() if name not in left_out}


def address_of(revision):
    return f"/admin/reviews/revision/{revision.pk}/restore/page/"


@pytest.fixture
def moment(admin_client, other, url, question):
    """The last change of a first save, after which somebody else changed everything."""
    answer = f"verdicts-0-answer_{question.pk}"
    typed = {"tagline": "First", "facts-maker-value": "First maker", answer: "First answer."}
    first = save(admin_client, url, **typed)
    typed = {
        "tagline": "Second",
        "facts-maker-value": "Second maker",
        "facts-website-value": "https://second.example/",
        answer: "",
        "verdicts-0-body": paragraph("second"),
        "verdicts-1-decision": "skip",
        "verdicts-1-body": paragraph("entered-later"),
    }
    save(other, url, **typed)
    return first


def test_tool_verdicts_answers_and_facts_are_as_they_were(admin_client, alpha, question, moment):
    text = text_of(admin_client.get(address_of(moment)))
    for named in ("Second", "Second maker", "goes, for it was entered later", "comes back"):
        assert named in text, named
    assert admin_client.post(address_of(moment), {"reason": "Back."}).status_code == 302
    alpha.refresh_from_db()
    assert alpha.tagline == "First"
    facts = Fact.objects.filter(tool=alpha, attribute__key__in=["maker", "website"])
    assert [fact.text for fact in facts] == ["First maker"]
    verdict = Verdict.objects.get(tool=alpha)
    assert verdict.reviewer.slug == "builder"
    assert "second" not in verdict.body
    assert Answer.objects.get(verdict=verdict, question=question).text == "First answer."
    assert page_changes(revision=moment) == []
    assert "Nothing: the page looks like that already" in text_of(admin_client.get(address_of(moment)))


def test_bringing_back_can_be_taken_back_too(admin_client, url, moment):
    second = Revision.objects.order_by("-pk")[0]
    before = page_of(admin_client, url)
    admin_client.post(address_of(moment), {"reason": "Back."})
    assert page_of(admin_client, url) != before
    admin_client.post(address_of(second), {"reason": "And forth."})
    assert page_of(admin_client, url) == before


def test_any_change_of_a_save_stands_for_the_whole_save(alpha, moment):
    saved_together = Revision.objects.of_tool(alpha.pk).filter(editor="admin")
    assert saved_together.count() > 1
    expected = [change.name for change in page_changes(revision=moment)]
    for revision in saved_together:
        assert [change.name for change in page_changes(revision=revision)] == expected


def test_a_judgement_that_readers_saw_wants_a_reason(admin_client, other):
    make_panel()
    alpha = make_tool("Alpha", "ship 84, -, -, -")
    url = f"/admin/reviews/tool/{alpha.pk}/change/"
    first = save(admin_client, url, tagline="First")
    save(other, url, **{"verdicts-0-score": "90", "verdicts-0-reason": "Better."})
    response = admin_client.post(address_of(first))
    assert response.status_code == 422
    assert "Say why the decision or the score changed" in text_of(response)
    assert Verdict.objects.get(tool=alpha).score == 90
    assert admin_client.post(address_of(first), {"reason": "It was not better."}).status_code == 302
    assert Verdict.objects.get(tool=alpha).score == 84


def test_the_history_of_a_tool_leads_there(admin_client, alpha, moment):
    page = admin_client.get(f"/admin/reviews/tool/{alpha.pk}/history/")
    assert f'<a href="{address_of(moment)}">Bring the whole page back to this moment</a>' in page.text
