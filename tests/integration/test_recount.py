"""Recounting: every sum over votes is compared with the votes."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from reviews.models import Vote, VoteBatch, VoteHour, VoteNetwork, VoteTally
from reviews.services.voting.networks import networks_of_address
from reviews.services.voting.recount import recount as recount_all
from tests.factories import make_tool
from tests.votes import OFFICE, settled_past, tally, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool():
    tool = make_tool("Alpha")
    for number in range(3):
        vote(tool, number, at=timezone.now())
    return tool


def recount(*arguments):
    out = StringIO()
    call_command("recount_votes", *arguments, stdout=out)
    return out.getvalue()


def test_sums_equal_their_votes(tool):
    assert "Every sum equals its votes." in recount()


def test_rows_changed_behind_the_applications_back_are_found_and_repaired(tool):
    Vote.objects.filter(visitor="visitor 0").delete()
    Vote.objects.filter(visitor="visitor 1").update(decision="skip")
    with pytest.raises(CommandError, match="4 sums differ"):  # the tally, the hour and two networks
        recount("--check")
    assert VoteTally.objects.get().ships == 3
    said = recount()
    assert "Alpha: tally says ships/skips/waiting/networks/" in said
    assert "(3, 0, 0, 3, 0, 0, 0), votes say (1, 1, 0, 2, 0, 0, 0)" in said
    assert "Alpha: network network 0 says votes/pull (1, 1), votes say (0, 0)" in said
    assert (VoteTally.objects.get().ships, VoteTally.objects.get().skips) == (1, 1)
    assert "Every sum equals its votes." in recount("--check")


@pytest.fixture
def busy(settings):
    """A tool with everything that is summed up: bursts, networks of three widths, held and changed votes."""
    settings.VOTES_PER_NETWORK = 2
    tool = make_tool("Alpha")
    settled_past(tool, ships=60, skips=40)
    for number in range(60):
        vote(tool, number, "skip" if number % 9 == 0 else "ship")
    for number in range(0, 60, 5):
        vote(tool, number, "" if number % 2 else "skip")
    for number in range(100, 105):
        vote(tool, number, networks=OFFICE)
        vote(tool, 100 + number, networks=networks_of_address(f"2001:db8:0:{number % 2}::{number}", key=b"k"))
    return tool


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (VoteTally, "ships"),
        (VoteTally, "networks"),
        (VoteTally, "further_pushes"),
        (VoteBatch, "skips"),
        (VoteBatch, "waiting"),
        (VoteHour, "votes"),
        (VoteNetwork, "votes"),
        (VoteNetwork, "pull"),
    ],
)
def test_each_kind_of_sum_is_proved_and_repaired(busy, model, field):
    ships, skips, waiting = tally(busy)
    assert waiting > 10
    now = Vote.objects.latest("changed_at").changed_at
    row = model.objects.first()
    model.objects.filter(pk=row.pk).update(**{field: getattr(row, field) + 1})
    (found,) = recount_all(repair=True, now=now)
    assert found.stored != found.counted
    assert recount_all(repair=False, now=now) == []
    assert tally(busy) == (ships, skips, waiting)


@pytest.mark.parametrize("model", [VoteHour, VoteNetwork])
def test_a_sum_that_is_missing_is_made(busy, model):
    now = Vote.objects.latest("changed_at").changed_at
    model.objects.all().delete()
    assert recount_all(repair=True, now=now)
    assert recount_all(repair=False, now=now) == []


def test_hours_that_no_rule_looks_at_any_more_are_left_alone(busy):
    later = Vote.objects.latest("changed_at").changed_at + timedelta(days=40)
    VoteHour.objects.all().delete()
    assert recount_all(repair=False, now=later) == []


def test_a_tally_that_is_missing_is_made(tool):
    VoteTally.objects.all().delete()
    assert "1 sums repaired" in recount()
    assert VoteTally.objects.get().ships == 3


def test_a_repair_leaves_a_tally_to_lock_for_every_tool_and_a_check_writes_nothing(tool):
    make_tool("Never voted on")
    recount("--check")
    assert VoteTally.objects.count() == 1
    recount()
    assert VoteTally.objects.count() == 2
