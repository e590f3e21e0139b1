from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reviews.models import Vote, VoteTally
from reviews.services.voting.cast import cast
from tests.factories import make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool():
    tool = make_tool("Alpha")
    for number in range(3):
        cast(tool=tool, visitor=f"visitor {number}", decision="ship", networks=(), now=timezone.now())
    return tool


def recount(*arguments):
    out = StringIO()
    call_command("recount_votes", *arguments, stdout=out)
    return out.getvalue()


def test_tallies_equal_their_votes(tool):
    assert "Every tally equals its votes." in recount()


def test_rows_changed_behind_the_applications_back_are_found_and_repaired(tool):
    Vote.objects.filter(visitor="visitor 0").delete()
    Vote.objects.filter(visitor="visitor 1").update(decision="skip")
    with pytest.raises(CommandError, match="1 tallies differ"):
        recount("--check")
    assert VoteTally.objects.get().ships == 3
    assert "Alpha: tally says ship/skip/waiting (3, 0, 0), votes say (1, 1, 0)" in recount()
    assert (VoteTally.objects.get().ships, VoteTally.objects.get().skips) == (1, 1)
    assert "Every tally equals its votes." in recount("--check")


def test_a_tally_that_is_missing_is_made(tool):
    VoteTally.objects.all().delete()
    assert "1 tallies repaired" in recount()
    assert VoteTally.objects.get().ships == 3


def test_a_repair_leaves_a_tally_to_lock_for_every_tool_and_a_check_writes_nothing(tool):
    make_tool("Never voted on")
    recount("--check")
    assert VoteTally.objects.count() == 1
    recount()
    assert VoteTally.objects.count() == 2
