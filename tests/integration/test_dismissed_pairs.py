"""A suspected duplicate that is none is dismissed for good; similar names are shown while one is typed."""

from html import unescape

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import strip_tags

from comparisons.desk.merging.merge import merge
from reviews.models import DismissedPair, Tool
from reviews.services.editing.dismissed_pairs import dismiss_pair, suspect_pair
from reviews.services.editing.duplicates import suspected_duplicates
from reviews.services.editing.similar_names import similar_names
from tests.accounts import make_editor
from tests.conftest import SAME_ORIGIN
from tests.factories import make_tool

pytestmark = pytest.mark.django_db

PAGE = "/admin/duplicates/"


@pytest.fixture
def pair():
    return make_tool("Open Router"), make_tool("OpenRouter", slug="openrouter")


def plain(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def suspected():
    return [(pair.first, pair.second) for pair in suspected_duplicates()]


def mark(client, pair, dismissed="yes"):
    return client.post(f"{PAGE}{pair[0].pk}/and/{pair[1].pk}/", {"dismissed": dismissed}, follow=True)


def test_a_dismissed_pair_is_not_suspected_again_also_after_a_change_of_name(admin_client, pair):
    assert suspected() == [(pair[0].pk, pair[1].pk)]
    page = mark(admin_client, pair)
    assert "Open Router and OpenRouter are two tools: the pair is not suspected again." in plain(page)
    assert suspected() == []
    pair[1].name = "Open-Router"
    pair[1].save()
    assert suspected() == []
    assert admin_client.get("/admin/").context["dashboard"].duplicates == 0


def test_another_tool_of_that_name_is_suspected_all_the_same(pair):
    dismiss_pair(one=pair[0].pk, other=pair[1].pk, by="hedy")
    third = make_tool("Open.Router", slug="open-router-3")
    assert set(suspected()) == {(pair[0].pk, third.pk), (pair[1].pk, third.pk)}


def test_dismissed_pairs_are_listed_with_their_editor_and_can_be_suspected_again(admin_client, pair):
    mark(admin_client, pair)
    page = plain(admin_client.get(PAGE))
    assert "Dismissed: 1 pair" in page
    assert "by admin" in page
    mark(admin_client, pair, dismissed="no")
    assert suspected() == [(pair[0].pk, pair[1].pk)]
    assert "Dismissed" not in plain(admin_client.get(PAGE))


def test_saying_it_twice_or_the_other_way_round_is_the_same(pair):
    for one, other in (pair, pair, pair[::-1]):
        dismiss_pair(one=one.pk, other=other.pk, by="hedy")
    assert DismissedPair.objects.count() == 1
    for _ in range(2):
        suspect_pair(one=pair[1].pk, other=pair[0].pk)
    assert not DismissedPair.objects.exists()
    with pytest.raises(ValueError, match="itself"):
        dismiss_pair(one=pair[0].pk, other=pair[0].pk, by="hedy")


def test_the_database_keeps_a_pair_once_and_the_older_tool_first(pair):
    first, second = (tool.pk for tool in pair)
    DismissedPair.objects.create(first_id=first, second_id=second, dismissed_by="x")
    for values in ((first, second), (second, first), (first, first)):
        with pytest.raises(IntegrityError), transaction.atomic():
            DismissedPair.objects.create(first_id=values[0], second_id=values[1], dismissed_by="x")


def test_a_merge_and_a_deleted_tool_take_their_pairs_along(admin_client, pair):
    mark(admin_client, pair)
    merge(gone=pair[1], kept=pair[0], by="admin")
    assert not DismissedPair.objects.exists()
    assert "gone by now" in plain(mark(admin_client, pair))


def test_only_who_may_merge_dismisses(pair):
    user = make_editor("ada")
    user.groups.add(Group.objects.get(name="Reviewer's desk"))
    client = Client(headers=SAME_ORIGIN)
    client.force_login(user)
    assert mark(client, pair).status_code == 403
    assert "dismiss</button>" not in client.get(PAGE).content.decode()
    assert client.get(f"{PAGE}{pair[0].pk}/and/{pair[1].pk}/").status_code == 405


def test_names_like_the_typed_one_are_found_the_likest_first(pair):
    make_tool("Router for Open Router Users", slug="r")
    make_tool("Elsewhere")
    found = similar_names(name=" open router")
    assert [each.tool.name for each in found] == [
        "Open Router",
        "OpenRouter",
        "Router for Open Router Users",
    ]
    assert [bool(each.sign) for each in found] == [True, True, False]
    assert similar_names(name="op") == []
    assert similar_names(name="OpenRouter", leave_out=pair[1].pk)[0].tool == pair[0]


def test_the_form_asks_for_names_while_one_is_typed(admin_client, pair):
    form = admin_client.get(f"/admin/reviews/tool/{pair[0].pk}/change/").content.decode()
    assert 'data-address="/admin/similar-names/"' in form
    assert f'data-tool="{pair[0].pk}"' in form
    answer = admin_client.get("/admin/similar-names/", {"name": "openrouter", "tool": pair[0].pk})
    assert "OpenRouter (published; the same name but for spaces, accents and signs)" in plain(answer)
    assert "Open Router" not in plain(answer)
    for odd in ({"name": "", "tool": "x"}, {"name": "%_\\" * 90, "tool": "9" * 40}, {}):
        assert plain(admin_client.get("/admin/similar-names/", odd)) == ""


def test_similar_names_are_the_desks_alone(client, pair):
    assert client.get("/admin/similar-names/", {"name": "openrouter"}).status_code == 302
    assert Tool.objects.count() == 2
