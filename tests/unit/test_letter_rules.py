"""The rules of the letter's contents."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comparisons.newsletter.contents import ChangedVerdict, ComparisonLine, Contents, ToolLine
from comparisons.newsletter.emails.connection import is_final
from comparisons.newsletter.excerpts import opening, shortened
from comparisons.newsletter.services.quotes import strongest_quotes
from comparisons.newsletter.wording import LONGEST_SUBJECT, subject_line
from reviews.services.editing.change_runs import Judgement


@dataclass
class Judged:
    decision: str
    score: int | None = None
    body: str = "A sentence."
    reviewer: str = "Builder"

    @property
    def is_ship(self):
        return self.decision == "ship"


def panel(*words):
    return [
        Judged(word.split()[0], int(word.split()[1]) if " " in word else None, reviewer=word)
        for word in words
    ]


def test_the_highest_ship_and_the_lowest_skip_are_quoted():
    ship, skip = strongest_quotes(panel("ship", "ship 60", "ship 84", "skip 55", "skip 30", "skip"))
    assert (ship.reviewer, skip.reviewer) == ("ship 84", "skip 30")
    ship, skip = strongest_quotes(panel("ship", "skip"))
    assert (ship.score, skip.score) == (None, None)


def test_an_opening_is_made_of_whole_sentences():
    assert opening("One. Two. Three is much longer than that.", most=12) == "One. Two."
    assert opening("One sentence that is longer than there is room for.", most=20) == "One sentence that…"


@given(st.text(min_size=0, max_size=400), st.integers(2, 300))
def test_a_shortened_text_is_never_too_long(text, most):
    assert len(shortened(text, most=most)) <= most
    assert len(opening(text, most=most)) <= most


def tool(name):
    return ToolLine(
        name=name, path="/", tagline="what it is", category="c", entry_price="Free", ships=1, skips=0
    )


def comparison(title):
    return ComparisonLine(title=title, path="/", relation="Direct rivals", note="", sides=())


@pytest.mark.parametrize(
    ("contents", "subject"),
    [
        (Contents(comparisons=(comparison("A vs B"),)), "A vs B"),
        (Contents(comparisons=(comparison("A vs B"),), tools=(tool("A"), tool("B"))), "A vs B, and 2 more"),
        (Contents(tools=(tool("A"),), more_tools=3), "A: what it is, and 3 more"),
        (
            Contents(
                changes=(
                    ChangedVerdict(
                        "A", "/", "Skeptic", Judgement("skip", None), Judgement("ship", 80), "Because."
                    ),
                )
            ),
            "The Skeptic thinks again about A",
        ),
    ],
)
def test_the_subject_is_the_first_thing_told(contents, subject):
    assert subject_line(contents) == subject


def test_a_subject_is_never_too_long():
    long = Contents(comparisons=(comparison("W" * 120 + " vs " + "V" * 120),), more_comparisons=1000)
    assert len(subject_line(long)) <= LONGEST_SUBJECT
    assert subject_line(long).endswith("…, and 1000 more")


def test_contents_survive_being_stored():
    contents = Contents(
        comparisons=(ComparisonLine("A vs B", "/x/", "Direct rivals", "n", (tool("A"), tool("B"))),),
        tools=(tool("A"),),
        more_tools=2,
        changes=(
            ChangedVerdict("A", "/", "Skeptic", Judgement("skip", None), Judgement("ship", 80), "Because."),
        ),
    )
    assert Contents.from_json(contents.to_json()) == contents


@pytest.mark.parametrize(
    ("code", "reply", "expected"),
    [
        (550, "5.1.1 No such user", True),
        (550, "no such user here", True),
        (553, "mailbox name not allowed", True),
        (550, "5.2.1 mailbox disabled", True),
        (552, "5.2.2 mailbox full", False),
        (552, "mailbox full", False),
        (450, "4.1.1 come again", False),
        (451, "greylisted", False),
        (550, "5.7.1 relaying denied", False),
        (554, "5.7.1 blocked by policy", False),
        (550, "5.1.8 sender's domain does not exist", False),
        (554, "transaction failed", False),
    ],
)
def test_only_a_mailbox_that_is_gone_is_a_hard_bounce(code, reply, expected):
    assert is_final(code, reply) is expected
