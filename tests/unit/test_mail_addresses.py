"""Addresses by IDNA 2008: the domain that was meant, or a refusal that says what to do."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from comparisons.mail_address_field import MailAddressField
from comparisons.mail_addresses import (
    NOT_AN_ADDRESS,
    WRONG_DOMAIN,
    WRONG_LOCAL_PART,
    InvalidAddress,
    ascii_address,
)
from comparisons.mail_policy import TextMail
from tests.unit.test_mail_subjects import header_lines, sent


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Ada@Example.COM", "Ada@example.com"),
        ("ada@straße.de", "ada@xn--strae-oqa.de"),
        ("ada@STRAẞE.de", "ada@xn--strae-oqa.de"),
        ("ada@strasse.de", "ada@strasse.de"),
        ("ada@faß.de", "ada@xn--fa-hia.de"),
        ("ada@βόλος.com", "ada@xn--nxasmm1c.com"),
        ("ada@نامه‌ای.com", "ada@xn--mgba3gch31f060k.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@例え。jp", "ada@xn--r8jz45g.jp"),
        ("ada@xn--strae-oqa.de", "ada@xn--strae-oqa.de"),
        ("ada@r3---x.example", "ada@r3---x.example"),
    ],
)
def test_a_domain_is_encoded_as_it_was_meant(typed, address):
    assert ascii_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("ada@i❤.ws", WRONG_DOMAIN),
        ("ada@-ß.de", WRONG_DOMAIN),
        ("ada@ß..de", WRONG_DOMAIN),
        ("ada@ß_a.de", WRONG_DOMAIN),
        (f"ada@{'ß' * 70}.de", WRONG_DOMAIN),
        ("ada@\u0301ß.de", WRONG_DOMAIN),
        ("ädä@example.com", WRONG_LOCAL_PART),
        ("аda@example.com", WRONG_LOCAL_PART),
        ("example.com", NOT_AN_ADDRESS),
        ("@example.com", NOT_AN_ADDRESS),
    ],
)
def test_an_address_that_takes_no_mail_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(InvalidAddress) as refused:
        ascii_address(typed)
    assert str(refused.value) == sentence
    with pytest.raises(ValidationError) as refused:
        MailAddressField().clean(typed)
    assert refused.value.messages == [sentence]


@given(st.text(max_size=40), st.text(max_size=60))
def test_any_text_becomes_ascii_or_is_refused(local, domain):
    try:
        address = ascii_address(f"{local}@{domain}")
    except InvalidAddress:
        return
    assert address.isascii()
    assert ascii_address(address) == address


def test_a_mail_goes_to_the_domain_that_was_stored():
    """An account may have an address from before, or from a command."""
    mail = TextMail(subject="s", body="A text.", to=["grace@straße.de"])
    assert mail.recipients() == ["grace@xn--strae-oqa.de"]
    assert "To: grace@xn--strae-oqa.de" in header_lines(sent(mail))
    with pytest.raises(InvalidAddress):
        TextMail(subject="s", body="A text.", to=["grace@i❤.ws"]).recipients()


def test_an_address_with_a_line_end_is_refused_by_the_field():
    with pytest.raises(ValidationError):
        MailAddressField().clean("ada@example.com\r\nBcc: eve@example.com")
