"""Tools and their categories."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from reviews.models.attributes import Attribute
from reviews.models.choices import Kind, Stage, Status
from reviews.models.constraints import not_blank, one_of
from reviews.models.facts import Fact
from reviews.models.former_slugs import KeepsFormerSlugs, WithFormerSlugs
from reviews.models.general_attributes import (
    DOCUMENTATION,
    ENTRY_PRICE,
    FREE,
    HOW_IT_RUNS,
    LATEST_RELEASE,
    LICENCE,
    MAKER,
    MONTHLY_PRICE,
    PRICING,
    RELEASED_ON,
    REPOSITORY,
    WEBSITE,
)
from reviews.models.name_keys import NamedModel, NamedRows, NameKeyField, SortKeyField
from reviews.models.phrases import names_people, validate_best_for, validate_phrase
from reviews.models.text_fields import LongTextField, OneLineField
from reviews.models.tool_queryset import ToolQuerySet
from reviews.models.validators import validate_slug, validate_slug_leaves_vs_alone

NAME_TAKEN = "There is a tool of this name already."
CATEGORY_NAME_TAKEN = "There is a category of this name already."


class CategoryQuerySet(WithFormerSlugs, NamedRows, models.QuerySet["Category"]):
    def with_published_tools(self) -> Self:
        """Categories with a tool that readers see."""
        return self.filter(pk__in=Tool.objects.published().values("category"))

    def with_page(self) -> Self:
        """Categories with a tool that has a page. Annotates `has_tools`: readers see one of them."""
        has_tools = models.Exists(Tool.objects.published().filter(category=models.OuterRef("pk")))
        return self.filter(pk__in=Tool.objects.with_page().values("category")).annotate(has_tools=has_tools)

    def get_by_natural_key(self, slug: str) -> "Category":
        return self.get(slug=slug)


class Category(KeepsFormerSlugs, NamedModel):
    name = OneLineField(max_length=60)
    name_key = NameKeyField(of="name", taken=CATEGORY_NAME_TAKEN)
    slug = models.SlugField(max_length=60, unique=True, validators=[validate_slug])
    description = OneLineField(
        max_length=300, blank=True, help_text="One or two sentences: what stands on this shelf."
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Categories are listed in this order, smallest first."
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        verbose_name_plural = "categories"
        constraints = [
            not_blank("category", "name", "slug"),
            models.UniqueConstraint("name_key", name="category_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Tool(NamedModel):
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="tools")
    name = OneLineField(max_length=120)
    name_key = NameKeyField(of="name", taken=NAME_TAKEN)
    sort_key = SortKeyField(of="name", db_index=True)
    slug = models.SlugField(
        max_length=120,
        unique=True,
        validators=[validate_slug, validate_slug_leaves_vs_alone],
        help_text="The tool's address: /tools/<em>slug</em>/.",
    )
    kind = models.CharField(max_length=20, choices=Kind, help_text="The job it does.")
    tagline = OneLineField(max_length=140, help_text="What it is, in one line without a full stop.")
    description = LongTextField(
        max_length=700, help_text="Two or three sentences of facts; a claim is called a claim."
    )
    best_for = OneLineField(
        max_length=140,
        blank=True,
        validators=[validate_best_for],
        help_text="A purpose, which completes “pick it if it is "
        "for …”: “showing a model on the day it works”. "
        "Or people, who complete “pick it if …”: “you are a team with large GPUs”.",
    )
    avoid_if = OneLineField(
        max_length=140,
        blank=True,
        validators=[validate_phrase],
        help_text="When to leave it: completes “but not if …”: “you need long chains of tool calls”.",
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="A published tool shows from this moment on; a time to come means: scheduled.",
    )

    objects = ToolQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        permissions = [
            ("publish_tool", "Can publish, schedule and retire tools"),
            ("merge_tool", "Can merge two tools"),
        ]
        constraints = [
            not_blank("tool", "name", "slug"),
            one_of("tool", "kind", Kind),
            one_of("tool", "status", Status),
            models.UniqueConstraint("name_key", name="tool_name_key_unique"),
            models.CheckConstraint(
                name="tool_slug_leaves_vs_alone",
                condition=~(
                    models.Q(slug__contains="-vs-")
                    | models.Q(slug__startswith="vs-")
                    | models.Q(slug__endswith="-vs")
                    | models.Q(slug="vs")
                ),
                violation_error_message="A tool's slug can't hold “vs” as a word: comparison addresses are "
                "made "
                "with it.",
            ),
            models.CheckConstraint(
                name="tool_slug_is_lower_case",
                condition=Exact(models.F("slug"), Lower("slug")),
                violation_error_message="A slug is written in lower-case letters.",
            ),
            models.CheckConstraint(
                name="tool_published_needs_published_at",
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                violation_error_message="Say from when on a published tool is to be seen.",
            ),
        ]
        indexes = [models.Index("status", "published_at", name="tool_published")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tool", args=[self.slug])

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def clean(self) -> None:
        """Raise ValidationError when another tool once had this slug."""
        former_owner = Tool.objects.filter(old_slugs__slug=self.slug).exclude(pk=self.pk).first()
        if former_owner:
            raise ValidationError(
                {"slug": f"This is an old address of {former_owner} and leads there: choose another one."}
            )

    @property
    def initial(self) -> str:
        """Stands for the tool where there is no picture."""
        return self.name[:1].upper()

    def fact(self, key: str) -> Fact | None:
        """Return the fact of a general attribute, or None. The facts must be loaded (`with_facts`)."""
        return self._general_facts.get(key)

    def fact_of(self, attribute: Attribute) -> Fact | None:
        """Return the fact of an attribute, or None. The facts must be loaded (`with_facts`)."""
        return next((fact for fact in self.facts.all() if fact.attribute_id == attribute.pk), None)

    @cached_property
    def _general_facts(self) -> dict[str, Fact]:
        return {fact.attribute.key: fact for fact in self.facts.all() if fact.attribute.is_general}

    def _text_of(self, key: str) -> str:
        """Return a general fact's value, or an empty text where it is not known."""
        fact = self.fact(key)
        return fact.text if fact else ""

    @property
    def maker(self) -> str:
        return self._text_of(MAKER)

    @property
    def entry_price(self) -> str:
        return self._text_of(ENTRY_PRICE)

    @property
    def pricing(self) -> str:
        return self._text_of(PRICING)

    @property
    def licence(self) -> str:
        return self._text_of(LICENCE)

    @property
    def website(self) -> str:
        return self._text_of(WEBSITE)

    @property
    def how_it_runs(self) -> tuple[str, ...]:
        """Where it works, in words; empty where it is not known."""
        fact = self.fact(HOW_IT_RUNS)
        return tuple(fact.attribute.labels[value] for value in fact.values) if fact else ()

    @property
    def repository(self) -> str:
        return self._text_of(REPOSITORY)

    @property
    def documentation(self) -> str:
        return self._text_of(DOCUMENTATION)

    @property
    def latest_release(self) -> str:
        return self._text_of(LATEST_RELEASE)

    @property
    def released_on(self) -> date | None:
        """The day of the latest release; None where it is not known."""
        day = self._text_of(RELEASED_ON)
        return date.fromisoformat(day) if day else None

    @property
    def is_free(self) -> bool:
        return self.entry_price.casefold() == FREE

    @property
    def is_paid(self) -> bool:
        """Whether the entry price is known, and another than “Free”."""
        return self.entry_price != "" and not self.is_free

    @property
    def monthly_price(self) -> Decimal | None:
        """US dollars a month of the cheapest way; 0 where it is free, None where it is not known."""
        fact = self.fact(MONTHLY_PRICE)
        return Decimal(0) if self.is_free else fact.number if fact else None

    @property
    def is_checked(self) -> bool:
        """`ToolQuerySet.checked` for one row: whether any of its facts was checked against a source."""
        return bool(self.checked_facts)

    @property
    def known_facts(self) -> list[Fact]:
        return [fact for fact in self.facts.all() if fact.is_known]

    @property
    def checked_facts(self) -> list[Fact]:
        return [fact for fact in self.facts.all() if fact.is_checked]

    @property
    def is_best_for_people(self) -> bool:
        """Whether best-for speaks to people (“you are …”), and not of a purpose."""
        return names_people(self.best_for)

    @property
    def is_scheduled(self) -> bool:
        return (
            self.status == Status.PUBLISHED
            and self.published_at is not None
            and self.published_at > timezone.now()
        )

    @property
    def had_readers(self) -> bool:
        """Whether its moment has come. `slugs.is_known_to_readers` asks the history too."""
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def has_page(self) -> bool:
        """`ToolQuerySet.with_page` for one row."""
        return self.status in (Status.PUBLISHED, Status.RETIRED) and self.had_readers

    @property
    def state(self) -> str:
        """The stage in words."""
        return str(self.stage.label)

    @property
    def stage(self) -> Stage:
        return Stage.SCHEDULED if self.is_scheduled else Stage(self.status)

    @property
    def is_retired(self) -> bool:
        return self.status == Status.RETIRED
