"""No form of the site or the desk writes a field it does not offer, for every field of every model."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import models

from comparisons.models import Bookmark
from comparisons.newsletter.models import Subscriber
from reviews.models import Vote, VoteBatch
from tests.accounts import browser, make_editor, sign_in
from tests.factories import make_tool
from tests.security.test_crafted_posts import ACTS, World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MARKED = {
    models.TextField: "mass-assigned",
    models.CharField: "mass-assigned",
    models.BooleanField: None,  # the other one of two: see `marks`
    models.IntegerField: 987_654_321,
    models.DateTimeField: datetime(1999, 12, 31, 12, 0, tzinfo=UTC),
    models.DateField: datetime(1999, 12, 31, tzinfo=UTC).date(),
}
OURS = ("reviews", "comparisons", "newsletter", "auth", "accounts", "mfa", "admin")


def mark_of(field: models.Field) -> object:
    """Return a value that only a crafted request would give to `field`, or None."""
    return next((mark for kind, mark in MARKED.items() if isinstance(field, kind)), None)


def sent(mark: object) -> dict[str, str]:
    return mark.isoformat() if hasattr(mark, "isoformat") else str(mark)


def every_field() -> dict[str, str]:
    """Return a crafted value for every field of every model, dates also split as in Django's forms."""
    data = {}
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.concrete_fields:
                if (mark := mark_of(field)) is not None and not field.primary_key:
                    data[field.name] = sent(mark)
                    if isinstance(field, models.DateTimeField):
                        data |= {f"{field.name}_0": "1999-12-31", f"{field.name}_1": "12:00:00"}
    return data | {"is_superuser": "on", "is_staff": "on", "id": "987654321", "pk": "987654321"}


def marked() -> set[str]:
    """Return every field of every row that holds a crafted value."""
    found = set()
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.concrete_fields:
                mark = (
                    987_654_321
                    if field.primary_key and isinstance(field, models.IntegerField)
                    else mark_of(field)
                )
                if mark is not None and model._base_manager.filter(**{field.name: mark}).exists():
                    found.add(f"{model._meta.label}.{field.name}")
    return found


WRITES = [act for act, (_, roles) in ACTS.items() if "superuser" in roles]


@pytest.mark.parametrize("act", WRITES)
def test_a_form_of_the_desk_writes_what_it_offers_and_nothing_else(act):
    world = World()
    path, data = ACTS[act][0](world)
    crafted = {name: value for name, value in every_field().items() if name not in data}
    response = world.browser.post(path, {**crafted, **data})
    if response.streaming:
        b"".join(response)
    assert marked() == set()


PUBLIC = {
    "vote": ("/tools/alpha/vote/", {"decision": "ship"}, Vote),
    "bookmark": ("/tools/alpha/bookmark/", {"bookmarked": "yes"}, Bookmark),
    "letter": ("/newsletter/subscribe/", {"email": "reader@mail.example"}, Subscriber),
}


@pytest.mark.parametrize(("path", "data", "model"), PUBLIC.values(), ids=PUBLIC)
def test_a_public_form_writes_what_it_offers_and_nothing_else(path, data, model):
    make_tool("Alpha")
    client = browser()
    trap = {"subject": ""}  # the letter's form takes whoever fills this for a robot
    client.post(path, {**every_field(), **trap, **data})
    assert model.objects.count() == 1, "the form itself is taken"
    assert marked() == set()


def test_a_vote_says_nothing_of_how_it_counts():
    tool = make_tool("Alpha")
    batch = VoteBatch.objects.create(tool=tool, reason="burst")
    extra = {
        "status": "burst",
        "batch": batch.pk,
        "network": "x",
        "visitor": "somebody",
        "cast_at": "1999-12-31",
        "tool": 5,
    }
    browser().post("/tools/alpha/vote/", {"decision": "ship", **extra})
    vote = Vote.objects.get()
    assert (vote.status, vote.batch, vote.tool) == ("", None, tool)
    assert vote.visitor != "somebody"
    assert len(vote.network) == 16


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/admin/account/confirm/password/", "/admin/password_change/"]
)
def test_a_form_of_an_account_changes_nothing_but_what_it_is_for(path):
    user = make_editor()
    client = browser()
    sign_in(client)
    client.post(path, {**every_field(), "username": "grace", "password": "x"})
    user.refresh_from_db()
    assert (user.is_superuser, user.email, user.username) == (False, "grace@desk.example", "grace")
    assert marked() == set()


def test_a_crafted_value_of_an_offered_field_is_written():
    """Control: an offered field is written, and noticed."""
    world = World()
    path, data = ACTS["edit an account"][0](world)
    world.browser.post(path, data | {"first_name": "mass-assigned"})
    assert marked() == {"auth.User.first_name"}
