import pytest
from django.core.exceptions import ValidationError

from reviews.models import Answer
from tests.factories import make_panel, make_tool, make_verdict


@pytest.mark.django_db
def test_an_answer_to_another_reviewers_question_is_refused():
    builder, skeptic, *_ = make_panel()
    verdict = make_verdict(make_tool("One"), builder)
    with pytest.raises(ValidationError, match="question of the Skeptic, not of the Builder"):
        Answer(verdict=verdict, question=skeptic.questions.first(), text="Hello.").full_clean()
