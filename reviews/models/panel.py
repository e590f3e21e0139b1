"""Reviewers, their questions, their verdicts and their answers."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from reviews.models.choices import Authorship, Basis, Decision
from reviews.models.constraints import not_blank, one_of, up_to
from reviews.models.former_slugs import KeepsFormerSlugs, WithFormerSlugs
from reviews.models.methods import current_method, validate_method
from reviews.models.name_keys import NamedModel, NamedRows, NameKeyField
from reviews.models.phrases import validate_phrase
from reviews.models.text_fields import LongTextField, OneLineField, SeveralLinesField
from reviews.models.validators import validate_day_has_come, validate_slug
from reviews.models.visibility import published

LONGEST_ANSWER = 280  # characters


class ReviewerQuerySet(WithFormerSlugs, NamedRows, models.QuerySet["Reviewer"]):
    def get_by_natural_key(self, slug: str) -> "Reviewer":
        return self.get(slug=slug)


class Reviewer(KeepsFormerSlugs, NamedModel):
    """An editorial persona: a point of view from which every tool is judged. Not a person."""

    name = OneLineField(max_length=60)
    name_key = NameKeyField(of="name", taken="There is a reviewer of this name already.")
    slug = models.SlugField(max_length=60, unique=True, validators=[validate_slug])
    position = models.PositiveSmallIntegerField(
        unique=True, help_text="Reviewers are shown in this order everywhere."
    )
    motto = OneLineField(max_length=140, help_text="One sentence this reviewer would sign.")
    lens = OneLineField(max_length=300, help_text="What this reviewer looks at.")
    excited_by = OneLineField(max_length=300, blank=True)
    tired_of = OneLineField(max_length=300, blank=True)

    objects = ReviewerQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            not_blank("reviewer", "name", "slug"),
            models.UniqueConstraint("name_key", name="reviewer_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reviewer", args=[self.slug])

    @property
    def initial(self) -> str:
        """The letter in a panel mark. Reviewers may share one."""
        return self.name[:1].upper()

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class QuestionQuerySet(models.QuerySet["Question"]):
    def get_by_natural_key(self, reviewer: str, position: int) -> "Question":
        return self.get(reviewer__slug=reviewer, position=position)


class Question(models.Model):
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    text = OneLineField(max_length=140)
    label = OneLineField(max_length=40, help_text="The question in a word or two, for narrow places.")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["reviewer__position", "position"]
        constraints = [
            models.UniqueConstraint(
                "reviewer",
                "position",
                name="question_position_unique",
                violation_error_message="This reviewer has a question at that position already.",
            ),
            not_blank("question", "text"),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, int]:
        return (self.reviewer.slug, self.position)

    natural_key.dependencies = ["reviews.reviewer"]  # type: ignore[attr-defined]  # Django reads it here


class VerdictQuerySet(models.QuerySet["Verdict"]):
    def in_panel_order(self) -> Self:
        return self.order_by("reviewer__position")

    def of_published_tools(self) -> Self:
        """Verdicts that readers see."""
        return self.filter(published("tool__"))

    def leaning(self, *, to: models.OuterRef, away_from: models.OuterRef, points: int) -> Self:
        """Verdicts by reviewers who lean to that tool: `services/counting/split.py` in SQL.

        `points` is the difference from which two scores count as different.
        """
        other = "reviewer__verdicts__"
        ships_alone = models.Q(decision=Decision.SHIP) & models.Q(**{f"{other}decision": Decision.SKIP})
        ships_both = models.Q(decision=Decision.SHIP) & models.Q(**{f"{other}decision": Decision.SHIP})
        scores_more = ships_both & models.Q(score__gte=models.F(f"{other}score") + points)
        return self.filter(ships_alone | scores_more, tool=to, **{f"{other}tool": away_from})

    def newest_first(self) -> Self:
        return self.order_by("-reviewed_on", "tool__sort_key")

    def with_tools(self) -> Self:
        """Load tool, category and reviewer."""
        return self.select_related("tool__category", "reviewer")

    def get_by_natural_key(self, tool: str, reviewer: str) -> "Verdict":
        return self.get(tool__slug=tool, reviewer__slug=reviewer)


class Verdict(models.Model):
    """One reviewer's judgement of a tool. A score of None is not known."""

    tool = models.ForeignKey("reviews.Tool", on_delete=models.CASCADE, related_name="verdicts")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="verdicts")
    decision = models.CharField(max_length=4, choices=Decision)
    score = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="0 to 100. Empty means: not known."
    )
    pick_if = OneLineField(
        max_length=80,
        blank=True,
        validators=[validate_phrase],
        help_text="For a ship: completes “pick it if …” as this reviewer sees it: “you must show a model "
        "today”. Comparisons show it beside the figures; without one, the figures stand alone.",
    )
    body = LongTextField(max_length=1600, help_text="One paragraph, best of 60 to 170 words.")
    reviewed_on = models.DateField(validators=[validate_day_has_come])
    judged_version = OneLineField(
        max_length=40, blank=True, help_text="Of the tool, such as “0.9”. Empty means: not said."
    )
    method_version = models.CharField(
        max_length=10,
        default=current_method,
        validators=[validate_method],
        help_text="The version of the method, as /methodology/versions/ has it.",
    )
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.DOCUMENTS)
    basis_note = OneLineField(
        max_length=140, blank=True, help_text="Which benchmark or documents, where it matters."
    )
    authorship = models.CharField(
        "how it was written", max_length=10, choices=Authorship, default=Authorship.NOT_SAID
    )
    answered_for_by = OneLineField(
        "who answers for it",
        max_length=80,
        blank=True,
        help_text="A name that readers see. Empty means: nobody by name.",
    )

    objects = VerdictQuerySet.as_manager()

    class Meta:
        ordering = ["tool", "reviewer__position"]
        constraints = [
            models.UniqueConstraint(
                "tool",
                "reviewer",
                name="verdict_one_per_reviewer",
                violation_error_message="This reviewer has judged this tool already.",
            ),
            models.CheckConstraint(
                name="verdict_score_0_to_100",
                condition=models.Q(score__isnull=True) | models.Q(score__gte=0, score__lte=100),
                violation_error_message="A score is a whole number from 0 to "
                "100, or empty when it is not known.",
            ),
            one_of("verdict", "decision", Decision),
            one_of("verdict", "basis", Basis),
            one_of("verdict", "authorship", Authorship),
            not_blank("verdict", "method_version"),
            up_to("verdict", "method_version", 10),
            up_to("verdict", "judged_version", 40),
            up_to("verdict", "basis_note", 140),
            up_to("verdict", "answered_for_by", 80),
            up_to("verdict", "pick_if", 80),
            not_blank("verdict", "body"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} on {self.tool}"

    def get_absolute_url(self) -> str:
        return reverse("tool", args=[self.tool.slug]) + f"#{self.reviewer.slug}"

    def natural_key(self) -> tuple[str, str]:
        return (self.tool.slug, self.reviewer.slug)

    natural_key.dependencies = ["reviews.tool", "reviews.reviewer"]  # type: ignore[attr-defined]

    @property
    def is_ship(self) -> bool:
        return self.decision == Decision.SHIP


class AnswerQuerySet(models.QuerySet["Answer"]):
    def get_by_natural_key(
        self, tool: str, verdict_reviewer: str, question_reviewer: str, position: int
    ) -> "Answer":
        return self.get(
            verdict__tool__slug=tool,
            verdict__reviewer__slug=verdict_reviewer,
            question__reviewer__slug=question_reviewer,
            question__position=position,
        )


class Answer(models.Model):
    verdict = models.ForeignKey(Verdict, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = SeveralLinesField(max_length=LONGEST_ANSWER)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["question__position"]
        constraints = [
            models.UniqueConstraint(
                "verdict",
                "question",
                name="answer_one_per_question",
                violation_error_message="This question is answered already.",
            ),
            up_to("answer", "text", LONGEST_ANSWER),
            not_blank("answer", "text"),
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, str, str, int]:
        return (*self.verdict.natural_key(), *self.question.natural_key())

    natural_key.dependencies = ["reviews.verdict", "reviews.question"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        if self.verdict_id and self.question_id and self.question.reviewer_id != self.verdict.reviewer_id:
            raise ValidationError(
                {
                    "question": f"This is a question of the {self.question.reviewer}, not of the "
                    f"{self.verdict.reviewer}."
                }
            )
