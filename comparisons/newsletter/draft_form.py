"""The forms of the next issue: an editor's wishes, and which state of it a button was pressed for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django import forms
from django.http import QueryDict

from comparisons.mail_policy import clean_subject
from comparisons.newsletter.contents import ChangedVerdict, ComparisonLine, News, Split, ToolLine
from comparisons.newsletter.introduction import clean_introduction
from comparisons.newsletter.models import Draft
from comparisons.newsletter.models.draft import LONGEST_INTRODUCTION, LONGEST_SUBJECT
from comparisons.newsletter.services.arrangement import (
    MOST_CHANGES,
    MOST_COMPARISONS,
    MOST_SPLITS,
    MOST_TOOLS,
    in_order,
)

MOST_LISTED = 40
"""Of each kind: the others are counted in the letter, and can't be moved up."""

LAST = 999

type Line = ComparisonLine | ToolLine | ChangedVerdict | Split


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of items as the page lists them."""

    heading: str
    room: int
    """How many of them a letter tells."""
    items: tuple[Line, ...]
    """In the letter's order, those left out among them."""
    natural: tuple[str, ...]
    """Their keys in the order without an editor."""


@dataclass(frozen=True, slots=True)
class Row:
    """An item with its two fields."""

    name: str
    tick: forms.BoundField
    position: forms.BoundField


def sections_of(news: News, draft: Draft) -> list[Section]:
    """Return the kinds of items there are, in the letter's order."""
    kinds: list[tuple[str, int, Sequence[Line]]] = [
        ("New comparisons", MOST_COMPARISONS, news.comparisons),
        ("New tools", MOST_TOOLS, news.tools),
        ("Verdicts that changed", MOST_CHANGES, news.changes),
        ("Where the panel was most split", MOST_SPLITS, news.splits),
    ]
    return [
        Section(
            heading=heading,
            room=room,
            items=tuple(in_order(lines, draft.order)[:MOST_LISTED]),
            natural=tuple(line.key for line in lines),
        )
        for heading, room, lines in kinds
        if lines
    ]


def name_of(line: Line) -> str:
    match line:
        case ComparisonLine():
            return line.title
        case ToolLine():
            return line.name
        case ChangedVerdict():
            return f"{line.tool}: {line.reviewer}"
        case Split():
            return line.tool.name


class SeenForm(forms.Form):
    """Which state of the draft the editor saw."""

    number = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class DraftForm(forms.Form):
    """Subject, introduction, and for each item a tick and a position."""

    number = forms.IntegerField(min_value=1, max_value=2_000_000_000, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000, widget=forms.HiddenInput)
    subject = forms.CharField(
        max_length=LONGEST_SUBJECT,
        required=False,
        widget=forms.TextInput(attrs={"size": 60}),
        help_text=f"Up to {LONGEST_SUBJECT} characters. Empty: it names the first news.",
    )
    introduction = forms.CharField(
        max_length=LONGEST_INTRODUCTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "cols": 60}),
        help_text=f"Plain text, up to {LONGEST_INTRODUCTION} characters. An empty line begins a paragraph.",
    )

    def __init__(self, *, draft: Draft, sections: Sequence[Section], data: QueryDict | None = None) -> None:
        initial = {
            "number": draft.number,
            "version": draft.version,
            "subject": draft.subject,
            "introduction": draft.introduction,
        }
        super().__init__(data, initial=initial)
        self.draft = draft
        self.sections = sections
        for name in ("subject", "introduction"):
            attributes = self.fields[name].widget.attrs
            attributes["data-longest"] = attributes.pop("maxlength")  # a browser would cut what is pasted
        for section in sections:
            for place, item in enumerate(section.items, start=1):
                self._add_fields(item, place)

    def _add_fields(self, item: Line, place: int) -> None:
        name = name_of(item)
        self.fields[f"tell-{item.key}"] = forms.BooleanField(
            required=False,
            initial=item.key not in self.draft.left_out,
            widget=forms.CheckboxInput(attrs={"aria-label": f"Tell {name}"}),
        )
        self.fields[f"place-{item.key}"] = forms.IntegerField(
            required=False,
            min_value=1,
            max_value=LAST,
            initial=place,
            label=f"Place of {name}",
            widget=forms.NumberInput(attrs={"aria-label": f"Place of {name}"}),
        )

    def tables(self) -> Iterator[tuple[Section, list[Row]]]:
        """Yield each section with its rows."""
        for section in self.sections:
            yield (
                section,
                [
                    Row(name_of(item), self[f"tell-{item.key}"], self[f"place-{item.key}"])
                    for item in section.items
                ],
            )

    def clean_subject(self) -> str:
        return clean_subject(self.cleaned_data["subject"])

    def clean_introduction(self) -> str:
        return clean_introduction(self.cleaned_data["introduction"])

    @property
    def left_out(self) -> list[str]:
        """The keys of the items without a tick. One that the sent page did not list stays as it was."""
        listed = [item.key for item in chain.from_iterable(section.items for section in self.sections)]
        without = [key for key in listed if self._was_listed(key) and not self.cleaned_data[f"tell-{key}"]]
        unlisted = [key for key in self.draft.left_out if key not in listed or not self._was_listed(key)]
        return [*without, *unlisted]

    @property
    def order(self) -> list[str]:
        """The keys in the wished order, of the kinds whose order was changed."""
        order: list[str] = []
        for section in self.sections:
            keys = [item.key for item in section.items if self._was_listed(item.key)]
            wished = sorted(keys, key=lambda key: self.cleaned_data[f"place-{key}"] or LAST)
            if wished != [key for key in section.natural if key in keys]:
                order += wished
        return order

    def _was_listed(self, key: str) -> bool:
        return f"place-{key}" in self.data
