"""The password reset by mail."""

import re

import pytest
from django.core import mail

from comparisons.desk.accounts import notices
from comparisons.desk.accounts.models import SignIn
from tests.accounts import PASSWORD, browser, code_of, give_app, make_editor, sign_in
from tests.html_text import text_of

pytestmark = pytest.mark.django_db

ASK = "/admin/password/new/"
NEW = "violet-anchor-basalt-3"


@pytest.fixture(autouse=True)
def run_in_threads(monkeypatch):
    """Mails sent beside a request are sent before its answer."""
    send_aside = notices.send_aside

    def send(message):
        thread = send_aside(message)
        thread.join(10)
        return thread

    monkeypatch.setattr(notices, "send_aside", send)
    monkeypatch.setattr("comparisons.desk.accounts.views.password_reset.send_aside", send)


def link_in(message, site: str) -> str:
    return re.search(rf"{re.escape(site)}(/admin/password/\S+)", message.body)[1]


def choose(client, path, password=NEW):
    page = client.get(path, follow=True)
    where = page.redirect_chain[-1][0] if page.redirect_chain else path
    return client.post(where, {"new_password1": password, "new_password2": password})


def test_a_link_comes_and_works_once(settings):
    make_editor()
    client = browser()
    assert "Forgotten your password?" in text_of(client.get("/admin/login/"))
    assert "A link is on its way" in text_of(client.post(ASK, {"email": "Grace@Desk.Example"}, follow=True))
    message = mail.outbox[0]
    assert message.to == ["grace@desk.example"]
    assert "grace" in message.body
    path = link_in(message, settings.SITE_URL)
    assert choose(client, path)["Location"] == "/admin/login/"
    assert mail.outbox[1].subject == "Panelship: The password of your account was changed."
    assert sign_in(browser("198.51.100.9"), password=PASSWORD).status_code == 200
    assert sign_in(client, password=NEW).status_code == 302
    assert SignIn.objects.first().is_known_device, "whoever opened the mail is known in that browser"
    assert "invalid" in text_of(browser().get(path, follow=True))


def test_the_second_factor_is_asked_for_all_the_same(settings):
    settings.SECOND_FACTOR = True
    secret = give_app(make_editor())
    client = browser()
    client.post(ASK, {"email": "grace@desk.example"})
    choose(client, link_in(mail.outbox[0], settings.SITE_URL))
    assert client.get("/admin/").status_code == 302
    assert sign_in(client, password=NEW)["Location"] == "/admin/account/second-factor/"
    assert client.post("/admin/account/second-factor/", {"code": code_of(secret)}).status_code == 302


def test_the_link_names_the_site_whatever_host_was_asked(settings):
    settings.ALLOWED_HOSTS = ["*"]
    make_editor()
    client = browser()
    client.post(ASK, {"email": "grace@desk.example"}, headers={"host": "evil.example"})
    assert "evil.example" not in mail.outbox[0].body
    assert f"{settings.SITE_URL}/admin/password/" in mail.outbox[0].body


@pytest.mark.parametrize("fields", [{"is_staff": False}, {"is_active": False}, {"password": None}], ids=str)
def test_accounts_without_access_get_no_mail_and_the_same_answer(fields):
    make_editor(**fields)
    answers = [
        browser().post(ASK, {"email": email}) for email in ("grace@desk.example", "nobody@desk.example")
    ]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, "/admin/password/mailed/")
    }
    assert mail.outbox == []


def test_a_link_dies_with_the_next_sign_in_and_with_a_new_password(settings):
    user = make_editor()
    for use in (
        lambda: sign_in(browser()),
        lambda: (user.refresh_from_db(), user.set_password(NEW), user.save()),
    ):
        mail.outbox.clear()
        client = browser()
        client.post(ASK, {"email": "grace@desk.example"})
        use()
        assert "invalid" in text_of(client.get(link_in(mail.outbox[0], settings.SITE_URL), follow=True))


def test_a_weak_password_is_refused_there_too(settings):
    make_editor()
    client = browser()
    client.post(ASK, {"email": "grace@desk.example"})
    assert (
        choose(client, link_in(mail.outbox[0], settings.SITE_URL), "panelship-2026-desk").status_code == 200
    )
    assert sign_in(browser()).status_code == 302


def test_without_a_mail_server_there_is_no_such_page(settings):
    settings.MAILERS = {}
    make_editor()
    assert browser().get(ASK).status_code == 404
    assert browser().post(ASK, {"email": "grace@desk.example"}).status_code == 404
    assert "Forgotten" not in text_of(browser().get("/admin/login/"))


@pytest.mark.parametrize("typed", ["", "grace", "a@b", "x" * 300 + "@desk.example", "a\0@desk.example"])
def test_an_invalid_address_sends_no_mail(typed):
    assert browser().post(ASK, {"email": typed}).status_code == 200
    assert mail.outbox == []


def test_a_mail_server_that_is_down_changes_no_answer(settings, caplog):
    make_editor()
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9},
        }
    }
    assert browser().post(ASK, {"email": "grace@desk.example"})["Location"] == "/admin/password/mailed/"
    assert "could not be sent" in caplog.text
    assert "grace@" not in caplog.text


def test_setting_up_a_factor_sends_a_mail(settings):
    make_editor()
    client = browser()
    sign_in(client)
    secret = client.get("/admin/account/app/add/").context["form"].secret
    # allauth tells after the commit, which a test never reaches.
    notices.send_notice(user=make_editor("hedy"), what="totp_activated")
    assert client.post("/admin/account/app/add/", {"code": code_of(secret)}).status_code == 302
    message = mail.outbox[0]
    assert message.subject == "Panelship: An authenticator app was added to your account."
    assert message.to == ["hedy@desk.example"]
    assert f"{settings.SITE_URL}/admin/account/" in message.body


def test_an_international_address_is_kept_and_found_in_ascii(client, django_user_model):
    user = make_editor()
    client.force_login(django_user_model.objects.create_superuser("root"))
    page = f"/admin/auth/user/{user.pk}/change/"
    fields = {"username": user.username, "is_active": "on", "is_staff": "on"}
    dates = {"date_joined_0": "2026-03-02", "date_joined_1": "09:00:00"}
    refused = client.post(page, {**fields, **dates, "email": "grace@i❤.ws"})
    assert "not a domain that mail can be sent to" in text_of(refused)
    assert client.post(page, {**fields, **dates, "email": "grace@straße.example"}).status_code == 302
    user.refresh_from_db()
    assert user.email == "grace@xn--strae-oqa.example"
    browser().post(ASK, {"email": "grace@strasse.example"})
    assert not mail.outbox
    browser().post(ASK, {"email": "grace@straße.example"})
    assert mail.outbox[0].to == ["grace@xn--strae-oqa.example"]
