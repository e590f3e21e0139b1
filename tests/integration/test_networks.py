"""From an address to the hash of its network."""

from datetime import date, timedelta

import pytest

from comparisons.http.client_network import client_address, networks_of, vote_networks_of
from reviews.models import NetworkKey, VoteNetworkKey

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def digests(rf, address, today=TODAY):
    return [(each.prefix, each.digest) for each in networks_of(rf.get("/", REMOTE_ADDR=address), today=today)]


def test_an_ipv4_network_is_a_24(rf):
    assert digests(rf, "203.0.113.7") == digests(rf, "203.0.113.250")
    assert digests(rf, "203.0.113.7") != digests(rf, "203.0.114.7")
    assert [prefix for prefix, _ in digests(rf, "203.0.113.7")] == [24]


def test_an_ipv6_address_stands_in_three_networks(rf):
    here = digests(rf, "2001:db8:1:1::7")
    neighbour = digests(rf, "2001:db8:1:2::7")
    assert [prefix for prefix, _ in here] == [64, 56, 48]
    assert here[0] != neighbour[0]
    assert here[1:] == neighbour[1:]


def test_an_ipv4_address_in_ipv6_clothes_is_the_same(rf):
    assert digests(rf, "::ffff:203.0.113.7") == digests(rf, "203.0.113.7")


def test_the_key_lives_a_day_and_is_deleted_with_the_first_vote_of_the_next(rf):
    monday = digests(rf, "203.0.113.7")
    tuesday = digests(rf, "203.0.113.7", today=date(2026, 6, 2))
    assert monday != tuesday
    assert [key.day for key in NetworkKey.objects.all()] == [date(2026, 6, 2)]


def vote_digests(rf, address, today=TODAY):
    return [each.digest for each in vote_networks_of(rf.get("/", REMOTE_ADDR=address), today=today)]


def test_the_hash_of_a_narrow_network_begins_with_that_of_the_wider_one(rf):
    narrow, middle, wide = vote_digests(rf, "2001:db8:1:1::7")
    assert (len(narrow), len(middle), len(wide)) == (32, 24, 16)
    assert narrow.startswith(middle)
    assert middle.startswith(wide)
    assert len(vote_digests(rf, "203.0.113.7")[0]) == 16


def test_the_key_of_votes_lives_28_days(rf):
    first = VoteNetworkKey.first_day(TODAY)
    days = [first + timedelta(days=days) for days in (0, 27, 28)]
    one, other, later = (vote_digests(rf, "203.0.113.7", today=day) for day in days)
    assert one == other
    assert one != later
    assert [key.day for key in VoteNetworkKey.objects.all()] == [days[2]]


def test_limits_and_votes_have_keys_of_their_own(rf):
    assert vote_digests(rf, "203.0.113.7") != [digest for _, digest in digests(rf, "203.0.113.7")]


def test_servers_whose_clocks_differ_when_the_key_changes_share_it(rf):
    first = VoteNetworkKey.first_day(TODAY)
    ahead = vote_digests(rf, "203.0.113.7", today=first)
    assert vote_digests(rf, "203.0.113.7", today=first - timedelta(days=1)) == ahead


def test_servers_whose_clocks_differ_around_midnight_share_a_key(rf):
    tuesday = date(2026, 6, 2)
    monday = digests(rf, "203.0.113.7")
    ahead = digests(rf, "203.0.113.7", today=tuesday)
    assert monday != ahead
    assert digests(rf, "203.0.113.7") == ahead
    assert digests(rf, "203.0.113.7", today=tuesday) == ahead
    assert [key.day for key in NetworkKey.objects.all()] == [tuesday]


def test_a_key_from_a_clock_that_is_far_ahead_goes_with_the_next(rf):
    digests(rf, "203.0.113.7", today=date(2030, 1, 1))
    digests(rf, "203.0.113.7")
    assert [key.day for key in NetworkKey.objects.all()] == [TODAY]


def test_a_key_that_vanishes_as_it_is_made_is_no_fault(rf, monkeypatch):
    """A server with a fast clock deletes it at that moment."""
    monkeypatch.setattr(NetworkKey.objects, "bulk_create", lambda *_, **__: None)
    assert digests(rf, "203.0.113.7")
    assert not NetworkKey.objects.exists()


def test_an_address_that_cannot_be_read_is_one_network(rf):
    assert digests(rf, "") == digests(rf, "not an address")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "198.51.100.1", "203.0.113.7"),  # nobody is trusted: the header is the visitor's own invention
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "198.51.100.1", "203.0.113.7"),  # shorter than it must be
        (1, "", "203.0.113.7"),
        (1, "198.51.100.1:5555", "198.51.100.1"),
        (1, "[2001:db8::1]:443", "2001:db8::1"),
        (1, "[2001:db8::1]", "2001:db8::1"),
        (1, "2001:db8::1", "2001:db8::1"),
        (1, "2001:db8::", "2001:db8::"),
    ],
)
def test_an_address_comes_from_a_trusted_hop_only(rf, settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR="203.0.113.7", headers={"x-forwarded-for": forwarded})
    assert client_address(request) == address
