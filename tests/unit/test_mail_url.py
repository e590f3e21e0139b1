"""A mail server as one address."""

import pytest

from comparisons.mail_url import default_sender, is_sender, mailer_options


def test_a_password_is_sent_over_tls_unless_that_is_refused():
    assert mailer_options("smtp://me:secret@mail.example:587")["use_tls"]
    assert mailer_options("smtp://me:secret@mail.example:587?tls=true")["use_tls"]
    assert not mailer_options("smtp://me:secret@mail.example:587?tls=false")["use_tls"]
    assert not mailer_options("smtp://mail.example:25")["use_tls"]
    assert mailer_options("smtp://mail.example:25?tls=true")["use_tls"]


def test_smtps_speaks_tls_from_the_start():
    options = mailer_options("smtps://me:secret@mail.example")
    assert (options["use_ssl"], options["use_tls"], options["host"], options["port"]) == (
        True,
        False,
        "mail.example",
        None,
    )


def test_signs_in_a_password_are_written_with_percent():
    assert mailer_options("smtp://me%40mail.example:p%2Fw%3A%40@mail.example")["password"] == "p/w:@"
    assert (
        mailer_options("smtp://me%40mail.example:p%2Fw%3A%40@mail.example")["username"] == "me@mail.example"
    )


def test_no_address_is_no_server():
    assert mailer_options("") == {}


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "http://mail.example",
        "smtp://",
        "smtp://mail.example/inbox",
        "smtp://mail.example?tls=perhaps",
        "smtp://mail.example?starttls=true",
        "smtp://mail.example:port",
        "smtp://me@mail.example",
        "smtps://mail.example?tls=true",
        "smtp://me:secret@mail.straße.example",
    ],
)
def test_an_invalid_mail_url_is_refused(url):
    with pytest.raises(ValueError, match=r".*"):
        mailer_options(url)


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("letter@panelship.example", True),
        ("Panelship <letter@panelship.example>", True),
        ('"Ship, or skip" <letter@panelship.example>', True),
        ("", True),
        ("Panelship", False),
        ("a@example.com, b@example.com", False),
        ("letter@", False),
        ("Panelship <letter@straße.example>", False),
        ("Größe <letter@xn--strae-oqa.example>", True),
    ],
)
def test_a_sender_is_one_address(sender, expected):
    assert is_sender(sender) is expected


def test_the_default_sender_is_at_the_sites_own_host():
    assert (
        default_sender(name="Panelship", host="panelship.example") == "Panelship <letter@panelship.example>"
    )
    assert default_sender(name="Ship, or skip", host="127.0.0.1") == '"Ship, or skip" <letter@localhost>'
    assert is_sender(default_sender(name='The "best" site', host="x.example"))
