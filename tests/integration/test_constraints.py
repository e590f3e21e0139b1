"""What the database itself refuses, on SQLite and PostgreSQL, past every form and `clean`."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DataError

from comparisons.models import Comparison
from reviews.models import Answer, Category, DeskMember, OldSlug, Question, Reviewer, Revision, Tool, Verdict
from tests.factories import make_comparison, make_panel, make_tool, make_verdict

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    return make_tool("One")


@pytest.fixture
def two():
    return make_tool("Two")


def refused(write):
    """Fail unless the database refuses `write`."""
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        write()


def test_two_categories_with_one_slug_are_refused(one):
    refused(lambda: Category.objects.create(name="Other", slug="workshop"))


def test_two_tools_with_one_slug_are_refused(one):
    refused(lambda: make_tool("Another", slug="one"))


def test_two_tools_with_one_name_in_other_letters_are_refused(one):
    refused(lambda: make_tool("ONE", slug="one-more"))


@pytest.mark.parametrize("slug", ["a-vs-b", "vs-b", "a-vs", "vs"])
def test_a_tool_slug_with_vs_as_a_word_is_refused(one, slug):
    refused(lambda: Tool.objects.filter(pk=one.pk).update(slug=slug))


def test_a_tool_slug_may_hold_the_letters_vs(one):
    assert Tool.objects.filter(pk=one.pk).update(slug="vscode-canvas-vsx") == 1


def test_a_tool_slug_in_capitals_is_refused(one):
    refused(lambda: Tool.objects.filter(pk=one.pk).update(slug="One"))


def test_a_published_tool_without_a_moment_is_refused(one):
    refused(lambda: Tool.objects.filter(pk=one.pk).update(published_at=None))


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "gadget"), ("status", "hidden"), ("name", ""), ("slug", "")]
)
def test_a_tool_with_a_value_outside_its_choices_is_refused(one, field, value):
    refused(lambda: Tool.objects.filter(pk=one.pk).update(**{field: value}))


def test_a_category_that_still_has_tools_is_not_deleted(one):
    # The database's own foreign key, past Django's PROTECT. Deferred on both databases, so it is asked at
    # once here.
    def write():
        Category.objects.filter(pk=one.category_id)._raw_delete(using="default")
        from django.db import connection

        connection.check_constraints()

    refused(write)


def test_two_reviewers_with_one_slug_or_position_are_refused():
    make_panel()
    refused(lambda: Reviewer.objects.create(name="Twin", slug="builder", position=9, motto="m", lens="l"))
    refused(lambda: Reviewer.objects.create(name="Twin", slug="twin", position=1, motto="m", lens="l"))


def test_two_questions_at_one_position_are_refused():
    builder = make_panel()[0]
    refused(lambda: Question.objects.create(reviewer=builder, position=1, text="Again?", label="Again"))


def test_two_verdicts_of_one_reviewer_on_one_tool_are_refused(one):
    builder = make_panel()[0]
    make_verdict(one, builder)
    refused(lambda: make_verdict(one, builder))


@pytest.mark.parametrize("score", [-1, 101])
def test_a_score_outside_0_to_100_is_refused(one, score):
    verdict = make_verdict(one, make_panel()[0])
    refused(lambda: Verdict.objects.filter(pk=verdict.pk).update(score=score))


@pytest.mark.parametrize("score", [0, 100, None])
def test_scores_of_0_and_100_and_unknown_ones_are_stored(one, score):
    verdict = make_verdict(one, make_panel()[0])
    assert Verdict.objects.filter(pk=verdict.pk).update(score=score) == 1


@pytest.mark.parametrize(("field", "value"), [("decision", "hold"), ("body", "")])
def test_a_verdict_without_a_decision_or_a_text_is_refused(one, field, value):
    verdict = make_verdict(one, make_panel()[0])
    refused(lambda: Verdict.objects.filter(pk=verdict.pk).update(**{field: value}))


def test_two_answers_to_one_question_are_refused(one):
    answer = make_verdict(one, make_panel()[0]).answers.first()
    refused(lambda: Answer.objects.create(verdict=answer.verdict, question=answer.question, text="Again."))


def test_an_answer_of_281_characters_is_refused(one):
    answer = make_verdict(one, make_panel()[0]).answers.first()
    assert Answer.objects.filter(pk=answer.pk).update(text="x" * 280) == 1
    refused(lambda: Answer.objects.filter(pk=answer.pk).update(text="x" * 281))


def test_a_pair_twice_in_either_order_is_refused(one, two):
    make_comparison(one, two)
    refused(lambda: make_comparison(one, two))
    refused(lambda: make_comparison(two, one))


def test_a_tool_beside_itself_is_refused(one):
    refused(lambda: make_comparison(one, one))


def test_two_tools_with_one_old_address_are_refused(one, two):
    OldSlug.objects.create(slug="once", tool=one)
    refused(lambda: OldSlug.objects.create(slug="once", tool=two))


def test_an_editor_who_writes_for_two_reviewers_is_refused(django_user_model):
    builder, skeptic, *_ = make_panel()
    user = django_user_model.objects.create_user("ada")
    DeskMember.objects.create(user=user, reviewer=builder)
    refused(lambda: DeskMember.objects.create(user=user, reviewer=skeptic))


def test_a_revision_of_an_unknown_action_and_a_changed_one_are_refused(one):
    refused(
        lambda: Revision.objects.create(model="reviews.tool", object_id=one.pk, name="One", action="guessed")
    )
    Revision.objects.create(model="reviews.tool", object_id=one.pk, name="One", action="changed")
    refused(lambda: Revision.objects.update(name="Two"))


def test_a_relation_outside_its_choices_is_refused(one, two):
    comparison = make_comparison(one, two)
    refused(lambda: Comparison.objects.filter(pk=comparison.pk).update(relation="friends"))
