"""The second factor at the desk: required, set up at the first sign-in, and no way around it."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from comparisons.desk.accounts.models import SignIn
from tests.accounts import PASSWORD, browser, code_of, give_app, make_editor, sign_in
from tests.html_text import text_of

pytestmark = pytest.mark.django_db

SECOND = "/admin/account/second-factor/"
ACCOUNT = "/admin/account/"
PAGES = [
    "/admin/",
    "/admin/reviews/tool/",
    "/admin/auth/user/",
    "/admin/password_change/",
    "/admin/files/",
    "/admin/jsi18n/",
    "/admin/autocomplete/",
    "/admin/preview/tools/1/",
    "/admin/account/codes/",
    "/admin/account/codes/new/",
    "/admin/account/app/remove/",
    "/admin/account/passkeys/",
]


@pytest.fixture(autouse=True)
def enforced(settings):
    settings.SECOND_FACTOR = True


@pytest.fixture
def enrolled():
    """An editor with an app: the signed-in client, and the app's secret."""
    secret = give_app(make_editor(is_superuser=True))
    client = browser()
    sign_in(client)
    assert client.post(SECOND, {"code": code_of(secret)})["Location"] == "/admin/"
    return client, secret


def test_the_first_sign_in_leads_to_setting_one_up():
    make_editor(is_superuser=True)
    client = browser()
    response = client.get(sign_in(client)["Location"], follow=True)
    assert response.redirect_chain[-1][0] == ACCOUNT
    assert "Set one up now" in text_of(response)


@pytest.mark.parametrize("path", PAGES)
def test_nothing_opens_before_it_is_set_up(path):
    make_editor(is_superuser=True)
    client = browser()
    sign_in(client)
    for method in (client.get, client.post):
        assert method(path).status_code == 302, path


@pytest.mark.parametrize("path", PAGES)
def test_nothing_opens_with_the_password_alone(path):
    give_app(make_editor(is_superuser=True))
    client = browser()
    sign_in(client)
    for method in (client.get, client.post):
        assert method(path).status_code == 302, path
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", [*PAGES, "/admin/account/app/add/", "/admin/account/passkeys/add/", ACCOUNT])
def test_a_session_from_before_shows_the_factor_first(path):
    """It began with a password alone, before a second factor existed or was required."""
    user = make_editor(is_superuser=True)
    client = browser()
    client.force_login(user)
    secret = give_app(user)
    for method in (client.get, client.post):
        assert method(path).status_code == 302, path
    assert client.get("/admin/account/confirm/password/")["Location"] == "/admin/account/confirm/code/"
    assert client.post("/admin/account/confirm/code/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_an_app_is_set_up_and_ends_the_sessions_that_know_a_password_alone():
    user = make_editor()
    client = browser()
    other = browser("198.51.100.1")
    sign_in(client)
    sign_in(other)
    page = client.get("/admin/account/app/add/")
    secret = page.context["form"].secret
    assert secret in page.text
    assert '<svg class="qr"' in page.text
    response = client.post("/admin/account/app/add/", {"code": code_of(secret)})
    assert response["Location"] == "/admin/account/codes/"
    codes = client.get("/admin/account/codes/")
    assert len(codes.context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200
    assert other.get("/admin/account/app/add/")["Location"].startswith("/admin/login/")
    assert user.authenticator_set.count() == 2


def test_secrets_are_not_stored_as_they_are(enrolled):
    _, secret = enrolled
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in stored
    assert "seed" in stored or "secret" in stored


def test_a_code_works_once_and_so_does_an_older_one(enrolled):
    client, secret = enrolled
    client.post("/admin/logout/")
    for steps in (0, -1):
        sign_in(client)
        assert client.post(SECOND, {"code": code_of(secret, steps=steps)}).status_code == 200
    assert client.post(SECOND, {"code": code_of(secret, steps=1)}).status_code == 302


def test_a_recovery_code_works_once(enrolled):
    client, _ = enrolled
    client.post("/admin/account/codes/new/")
    code = client.get("/admin/account/codes/").context["unused_codes"][0]
    assert code in client.get("/admin/account/codes/file/").text
    for status in (302, 200):
        client.post("/admin/logout/")
        sign_in(client)
        assert client.post(SECOND, {"code": f"{code[:4]} {code[4:]}"}).status_code == status


def test_the_methods_used_to_sign_in_are_recorded(enrolled):
    assert list(SignIn.objects.values_list("outcome", "method")) == [("signed_in", "password, totp")]


def test_the_last_factor_stays(enrolled):
    client, _ = enrolled
    assert "only second factor" in text_of(client.get("/admin/account/app/remove/"))
    client.post("/admin/account/app/remove/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_ten_minutes_later_a_change_asks_for_the_factor_again(enrolled):
    client, secret = enrolled
    with time_machine.travel(__import__("time").time() + 700):
        response = client.get("/admin/account/codes/new/")
        assert response["Location"].startswith("/admin/account/confirm/code/")
        assert (
            client.post(response["Location"], {"code": code_of(secret)})["Location"]
            == "/admin/account/codes/new/"
        )
        assert client.get("/admin/account/codes/new/").status_code == 200


def test_a_factor_of_somebody_else_is_out_of_reach(enrolled):
    client, _ = enrolled
    other = make_editor("hedy")
    passkey = Authenticator.objects.create(
        user=other, type="webauthn", data={"name": "Hers", "credential": {}}
    )
    for path in ("name", "remove"):
        assert client.get(f"/admin/account/passkeys/{passkey.pk}/{path}/").status_code == 404
        assert (
            client.post(f"/admin/account/passkeys/{passkey.pk}/{path}/", {"name": "Mine"}).status_code == 404
        )
    assert Authenticator.objects.get(pk=passkey.pk).data["name"] == "Hers"


def test_an_existing_second_factor_is_asked_for_even_if_not_enforced(settings):
    settings.SECOND_FACTOR = False
    secret = give_app(make_editor())
    client = browser()
    assert sign_in(client)["Location"] == SECOND
    assert client.get("/admin/").status_code == 302
    assert client.post(SECOND, {"code": code_of(secret)}).status_code == 302
    assert client.get("/admin/").status_code == 200


def test_the_password_is_enough_where_second_factors_are_not_enforced(settings):
    settings.SECOND_FACTOR = False
    make_editor()
    client = browser()
    sign_in(client)
    assert client.get("/admin/").status_code == 200
    assert client.get(ACCOUNT).status_code == 200


PASSKEY = (
    '{"id": "eA", "rawId": "eA", "type": "public-key", "response": '
    '{"userHandle": "%s", "clientDataJSON": "e30", "authenticatorData": "eA", "signature": "eA"}}'
)


@pytest.mark.parametrize(
    "credential",
    [
        "{}",
        "[]",
        "1",
        "null",
        '"x"',
        "{",
        '{"id": 1}',
        '{"response": {"userHandle": 5}}',
        PASSKEY % ("e" * 400),
        PASSKEY % "MQ",
        '{"id": [], "rawId": {}, "type": [], "response": []}',
    ],
)
def test_a_passkey_that_is_none_is_refused_with_a_page(credential):
    user = make_editor()
    client = browser()
    assert client.post("/admin/account/passkey/").json()["request_options"]
    response = client.post("/admin/account/passkey/", {"credential": credential})
    assert response.status_code == 200
    assert "Sign in" in text_of(response)
    give_app(user)
    sign_in(client)
    assert client.post(SECOND, {"credential": credential}).status_code == 200
    assert client.get("/admin/").status_code == 302
    enrolling = browser()
    enrolling.force_login(make_editor("hedy"))
    enrolling.get("/admin/account/passkeys/add/")
    assert enrolling.post("/admin/account/passkeys/add/", {"credential": credential}).status_code == 200


def test_a_command_restores_access_after_losing_every_factor(enrolled, capsys, settings):
    client, _ = enrolled
    call_command("recover_account", "grace")
    told = capsys.readouterr().out
    assert client.get("/admin/").status_code == 302
    assert sign_in(client).status_code == 200, "the old password is gone"
    address = told.split(settings.SITE_URL)[1].strip()
    fresh = browser()
    page = fresh.get(address, follow=True)
    new = "violet-anchor-basalt-3"
    action = page.redirect_chain[-1][0]
    assert fresh.post(action, {"new_password1": new, "new_password2": new})["Location"] == "/admin/login/"
    sign_in(fresh, password=new)
    assert "Set one up now" in text_of(fresh.get("/admin/", follow=True))
    assert "no longer valid" in text_of(browser().get(address, follow=True)) or "invalid" in text_of(
        browser().get(address, follow=True)
    )


@pytest.mark.parametrize(
    ("name", "words"), [("nobody", "There is no account"), ("reader", "has no seat at the desk")]
)
def test_the_command_helps_nobody_else(name, words):
    make_editor("reader", is_staff=False)
    with pytest.raises(CommandError, match=words):
        call_command("recover_account", name)
    assert sign_in(browser(), "reader", PASSWORD).status_code == 200


def test_with_another_secret_key_the_factors_are_lost_and_the_command_helps(enrolled, settings, caplog):
    client, secret = enrolled
    client.post("/admin/account/codes/new/")
    settings.SECRET_KEY = "another-key-that-is-long-enough-to-be-one"
    fresh = browser()
    sign_in(fresh)
    assert fresh.post(SECOND, {"code": code_of(secret, steps=1)}).status_code == 200
    assert "was SECRET_KEY changed?" in caplog.text
    call_command("recover_account", "grace")
    assert not Authenticator.objects.exists()


def test_a_page_whose_codes_are_lost_says_so(enrolled, settings, monkeypatch):
    from cryptography.fernet import InvalidToken

    def lost(self, text):
        raise InvalidToken

    monkeypatch.setattr("comparisons.desk.accounts.adapters.MFAAdapter.decrypt", lost)
    client, _ = enrolled
    client.post("/admin/account/codes/new/")
    for path in ("/admin/account/codes/", "/admin/account/codes/new/", "/admin/account/"):
        assert "SECRET_KEY has changed" in text_of(client.get(path, follow=True))
