"""Signing in with a real browser: setting up and using a passkey and an app, under the strict policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.accounts import PASSWORD, code_of, make_editor


@pytest.fixture
def door(watched, site, settings):
    """The sign-in page of a site that requires a second factor, in a browser with passkeys."""
    settings.SECOND_FACTOR = True
    settings.SITE_URL = site
    make_editor(is_superuser=True)
    devtools = watched.context.new_cdp_session(watched)
    devtools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    options = device | {"isUserVerified": True, "automaticPresenceSimulation": True}
    watched.device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})[
        "authenticatorId"
    ]
    watched.devtools = devtools
    watched.goto(site + "/admin/")
    return watched


def type_password(page):
    page.get_by_label("Username").fill("grace")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def log_out(page):
    page.get_by_role("button", name="Log out").click()
    page.goto(page.url.split("/admin/")[0] + "/admin/")


def assert_accessible(page):
    found = {
        violation["id"]: violation["nodes"][0]["html"] for violation in Axe().run(page).response["violations"]
    }
    assert found == {}, page.url


def test_a_passkey_is_made_at_the_first_sign_in_and_opens_the_desk_alone_and_after_the_password(door):
    assert_accessible(door)
    type_password(door)
    expect(door.get_by_text("Set one up now")).to_be_visible()
    assert_accessible(door)
    door.get_by_role("link", name="Add a passkey").click()
    door.get_by_label("Name").fill("Laptop")
    expect(door.get_by_label("without the password")).to_be_checked()
    assert_accessible(door)
    door.get_by_role("button", name="Make a passkey").click()
    expect(door.locator(".codes li")).to_have_count(10)
    assert_accessible(door)
    door.get_by_role("link", name="Go to the desk").click()
    expect(door.get_by_role("heading", name="What next")).to_be_visible()

    log_out(door)
    door.get_by_role("button", name="Sign in with a passkey").click()
    expect(door.get_by_role("heading", name="What next")).to_be_visible()

    log_out(door)
    type_password(door)
    expect(door.get_by_role("heading", name="Second factor")).to_be_visible()
    assert_accessible(door)
    door.get_by_role("button", name="Use a passkey").click()
    expect(door.get_by_role("heading", name="What next")).to_be_visible()

    door.get_by_role("link", name="Your account").click()
    expect(door.get_by_role("row", name="Laptop")).to_be_visible()
    expect(door.get_by_role("cell", name="password, passkey")).to_be_visible()
    assert_accessible(door)
    assert door.complaints == []


def test_an_app_is_added_by_its_code_and_opens_the_desk(door):
    type_password(door)
    door.get_by_role("link", name="Add an authenticator app").click()
    expect(door.get_by_role("img", name="QR code")).to_be_visible()
    assert_accessible(door)
    secret = door.locator(".secret").inner_text()
    door.get_by_label("Authenticator code").fill(code_of(secret))
    door.get_by_role("button", name="Add the app").click()
    recovery = door.locator(".codes li").first.inner_text()
    door.get_by_role("link", name="Go to the desk").click()
    log_out(door)
    type_password(door)
    door.get_by_label("Code").fill("000000")
    door.get_by_role("button", name="Go on").click()
    expect(door.get_by_text("That code is wrong")).to_be_visible()
    assert_accessible(door)
    door.get_by_label("Code").fill(recovery)
    door.get_by_role("button", name="Go on").click()
    expect(door.get_by_role("heading", name="What next")).to_be_visible()
    assert door.complaints == []


def test_a_failed_passkey_sign_in_shows_an_alert(door):
    door.devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": door.device})
    door.devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}},
    )
    door.get_by_role("button", name="Sign in with a passkey").click()
    expect(door.get_by_role("alert")).to_contain_text("No passkey was used", timeout=15_000)
    assert door.complaints == []


def test_a_wrong_password_is_reported_and_the_name_stays(door):
    door.get_by_label("Username").fill("grace")
    door.get_by_label("Password").fill("wrong")
    door.get_by_role("button", name="Log in").click()
    expect(door.get_by_text("do not belong together")).to_be_visible()
    expect(door.get_by_label("Username")).to_have_value("grace")
    assert_accessible(door)
    assert door.complaints == []
