"""Accounts for tests, and signing in with them."""

import time
from importlib import import_module

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from tests.conftest import SAME_ORIGIN

PASSWORD = "lamp-cobalt-otter-nine"


def make_editor(name: str = "grace", *, password: str = PASSWORD, **fields: object) -> User:
    """Return a user with a seat at the desk."""
    return User.objects.create_user(
        name, password=password, **({"is_staff": True, "email": f"{name}@desk.example"} | fields)
    )


def group_named(name: str) -> Group:
    """Return one of the desk's groups with its permissions, also where a test has emptied the tables."""
    group, is_new = Group.objects.get_or_create(name=name)
    if is_new:
        names = {"Reviewer's desk": "DESK", "Publisher": "PUBLISHER"}[name]
        attributes = import_module("comparisons.migrations._attribute_permissions").GIVEN[name]
        codenames = [*getattr(import_module("comparisons.migrations._groups"), names), *attributes]
        group.permissions.set(Permission.objects.filter(codename__in=codenames))
    return group


def give_app(user: User) -> str:
    """Give `user` an authenticator app and return its secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code_of(secret: str, *, steps: int = 0) -> str:
    """Return the app's code for now or `steps` times 30 seconds later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def browser(address: str = "203.0.113.7") -> Client:
    """Return a client in the network of an address."""
    return Client(headers=SAME_ORIGIN, REMOTE_ADDR=address)


def sign_in(client: Client, name: str = "grace", password: str = PASSWORD, **more: str):
    return client.post("/admin/login/", {"username": name, "password": password, **more})
