"""An administrator can't become a superuser, take one's account over, or give what they lack."""

import logging

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User

from reviews.models import DeskMember
from reviews.services.editing.history import fingerprint
from tests.accounts import PASSWORD, browser, make_editor, sign_in
from tests.factories import make_panel

pytestmark = pytest.mark.django_db

NEW = "violet-anchor-basalt-3"


@pytest.fixture
def root():
    return make_editor("root", is_superuser=True)


@pytest.fixture
def administrator():
    user = make_editor("ada")
    user.groups.add(Group.objects.get(name="Administrator"))
    return user


@pytest.fixture
def desk(administrator):
    client = browser()
    client.force_login(administrator)
    return client


@pytest.fixture
def throne(root):
    client = browser()
    client.force_login(root)
    return client


def form_of(user: User, **changed: object) -> dict:
    """Return what the page of `user` sends, with `changed`, whatever the page offers."""
    data = {
        "username": user.username,
        "first_name": "",
        "last_name": "",
        "email": user.email,
        "groups": [group.pk for group in user.groups.all()],
        "user_permissions": [permission.pk for permission in user.user_permissions.all()],
        "last_login_0": "",
        "last_login_1": "",
        "date_joined_0": "2026-01-05",
        "date_joined_1": "08:00:00",
    }
    data |= {flag: "on" for flag in ("is_active", "is_staff", "is_superuser") if getattr(user, flag)}
    data |= changed
    return {name: value for name, value in data.items() if value is not None}


def page_of(user: User) -> str:
    return f"/admin/auth/user/{user.pk}/change/"


ATTACKS = {
    "a new password": lambda root: (
        f"/admin/auth/user/{root.pk}/password/",
        {"password1": NEW, "password2": NEW, "usable_password": "true"},
    ),
    "no password": lambda root: (
        f"/admin/auth/user/{root.pk}/password/",
        {"usable_password": "false", "unset-password": "1"},
    ),
    "another address": lambda root: (page_of(root), form_of(root, email="ada@desk.example")),
    "another name": lambda root: (page_of(root), form_of(root, username="gone")),
    "deactivated": lambda root: (page_of(root), form_of(root, is_active=None)),
    "no superuser": lambda root: (page_of(root), form_of(root, is_superuser=None)),
    "no seat": lambda root: (page_of(root), form_of(root, is_staff=None)),
    "another group": lambda root: (page_of(root), form_of(root, groups=[Group.objects.first().pk])),
    "deleted": lambda root: (f"/admin/auth/user/{root.pk}/delete/", {"post": "yes"}),
    "deleted with others": lambda root: (
        "/admin/auth/user/",
        {
            "action": "delete_selected",
            "_selected_action": [root.pk, make_editor("bystander").pk],
            "post": "yes",
        },
    ),
    "changed in the list": lambda root: (
        "/admin/auth/user/",
        {"form-0-id": root.pk, "form-0-email": "a@b.example", "_save": "Save"},
    ),
    "bound to a reviewer": lambda root: (
        "/admin/reviews/deskmember/add/",
        {"user": root.pk, "reviewer": make_panel()[0].pk},
    ),
}


def state(user: User) -> tuple:
    user = User.objects.filter(username="root").values().first()
    groups = list(User.groups.through.objects.filter(user_id=user["id"])) if user else None
    return user, groups, DeskMember.objects.count()


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_superusers_account_stays_as_it_is(desk, root, attack):
    path, data = attack(root)
    before = state(root)
    desk.post(path, data)
    assert state(root) == before


@pytest.mark.parametrize("name", [name for name in ATTACKS if name != "changed in the list"])
def test_the_attack_works_for_a_superuser(throne, root, name):
    """Control: the requests are well made. The list has no fields to change, for nobody."""
    path, data = ATTACKS[name](root)
    if "_selected_action" in data or path.endswith("/delete/"):
        LogEntry.objects.all().delete()
    before = state(root)
    response = throne.post(path, data)
    assert state(root) != before, response.status_code


def test_a_superusers_binding_to_a_reviewer_stays_too(desk, root):
    builder, skeptic = make_panel()[:2]
    member = DeskMember.objects.create(user=root, reviewer=builder)
    changed = {"user": root.pk, "reviewer": skeptic.pk, "version": fingerprint(rows=[member])}
    desk.post(f"/admin/reviews/deskmember/{member.pk}/change/", changed)
    desk.post(f"/admin/reviews/deskmember/{member.pk}/delete/", {"post": "yes"})
    selected = {"action": "delete_selected", "_selected_action": [member.pk], "post": "yes"}
    desk.post("/admin/reviews/deskmember/", selected)
    assert DeskMember.objects.get().reviewer == builder


@pytest.mark.parametrize("path", ["/change/", "/password/", "/delete/"])
def test_a_superusers_pages_offer_nothing(desk, root, path):
    response = desk.get(f"/admin/auth/user/{root.pk}{path}")
    assert response.status_code in (200, 403)
    assert b'name="_save"' not in response.content
    assert b'type="password"' not in response.content


@pytest.mark.parametrize("who", ["herself", "somebody else"])
def test_nobody_is_made_a_superuser(desk, administrator, who):
    user = administrator if who == "herself" else make_editor("hedy")
    desk.post(page_of(user), form_of(user, is_superuser="on", first_name="Saved"))
    user.refresh_from_db()
    assert (user.is_superuser, user.first_name) == (False, "Saved")


def test_a_new_account_is_no_superuser(desk):
    data = {"username": "new", "usable_password": "true", "password1": NEW, "password2": NEW}
    desk.post(
        "/admin/auth/user/add/",
        data | {"is_superuser": "on", "is_staff": "on", "groups": [1], "user_permissions": [1]},
    )
    user = User.objects.get(username="new")
    assert (user.is_superuser, user.is_staff, user.groups.count(), user.user_permissions.count()) == (
        False,
        False,
        0,
        0,
    )


def test_nobody_gives_a_permission_or_a_group_that_they_lack(desk, administrator):
    lacked = Permission.objects.get(codename="delete_revision")
    beyond = Group.objects.create(name="Beyond")
    beyond.permissions.add(lacked)
    assert not administrator.has_perm("reviews.delete_revision")
    other = make_editor("hedy")
    desk.post(page_of(other), form_of(other, user_permissions=[lacked.pk]))
    desk.post(page_of(other), form_of(other, groups=[beyond.pk]))
    own = Group.objects.get(name="Administrator")
    chosen = [permission.pk for permission in own.permissions.all()]
    desk.post(
        f"/admin/auth/group/{own.pk}/change/", {"name": "Administrator", "permissions": [*chosen, lacked.pk]}
    )
    for user in (administrator, other):
        assert not User.objects.get(pk=user.pk).has_perm("reviews.delete_revision")


def test_nobody_takes_what_they_could_not_give(desk):
    lacked = Permission.objects.get(codename="delete_revision")
    beyond = Group.objects.create(name="Beyond")
    beyond.permissions.add(lacked)
    other = make_editor("hedy")
    other.user_permissions.add(lacked)
    other.groups.add(beyond)
    publisher = Group.objects.get(name="Publisher")
    desk.post(page_of(other), form_of(other, user_permissions=[], groups=[publisher.pk]))
    assert set(other.groups.all()) == {beyond, publisher}
    assert set(other.user_permissions.all()) == {lacked}


def test_every_change_of_permissions_is_told_in_words(desk, caplog):
    other = make_editor("hedy")
    publisher = Group.objects.get(name="Publisher")
    other.groups.add(publisher)
    administrators = Group.objects.get(name="Administrator")
    permission = Permission.objects.get(codename="view_tool")
    with caplog.at_level(logging.INFO):
        desk.post(
            page_of(other),
            form_of(other, is_staff=None, groups=[administrators.pk], user_permissions=[permission.pk]),
        )
    told = LogEntry.objects.get(object_id=str(other.pk)).get_change_message()
    for words in (
        "group “Administrator” (given)",
        "group “Publisher” (taken)",
        "flag “staff status” (taken)",
        "permission “reviews.view_tool” (given)",
    ):
        assert words in told
    assert "Gave group 'Administrator': user 'hedy' by 'ada'" in caplog.text
    assert "Took flag 'staff status': user 'hedy' by 'ada'" in caplog.text


def test_a_change_of_a_group_is_told_too(throne, caplog):
    group = Group.objects.create(name="Helpers")
    permission = Permission.objects.get(codename="view_tool")
    throne.post(f"/admin/auth/group/{group.pk}/change/", {"name": "Helpers", "permissions": [permission.pk]})
    assert (
        "permission “reviews.view_tool” (given)"
        in LogEntry.objects.get(object_id=str(group.pk)).get_change_message()
    )
    assert "Gave permission 'reviews.view_tool': group 'Helpers' by 'root'" in caplog.text


def test_somebody_whose_password_was_set_by_another_has_to_sign_in_again_and_is_told(desk, mailoutbox):
    other = make_editor("hedy")
    client = browser()
    sign_in(client, "hedy")
    data = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert desk.post(f"/admin/auth/user/{other.pk}/password/", data).status_code == 302
    assert client.get("/admin/").status_code == 302
    assert sign_in(browser(), "hedy", PASSWORD).status_code == 200
    assert sign_in(browser(), "hedy", NEW).status_code == 302


def test_no_page_shows_secrets_of_second_factors(throne):
    for path in ("/admin/mfa/authenticator/", "/admin/account/emailaddress/", "/admin/mfa/"):
        assert throne.get(path).status_code == 404
