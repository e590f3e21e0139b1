"""Subjects survive the way to a mail program: built, sent and read back for any text."""

import email
import email.policy
import re

import pytest
from django.core.mail import EmailMessage
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comparisons.mail_policy import TextMail, clean_subject
from comparisons.newsletter.emails.message import make_mail
from comparisons.newsletter.emails.rendering import Rendered
from comparisons.newsletter.emails.smtp import EmailBackend

ENCODED_WORD = re.compile(r"=\?utf-8\?[bq]\?[!->@-~]+\?=")

any_character = st.characters(exclude_categories=["Cs"])  # half a character has no bytes in UTF-8
letters = st.sampled_from("aeZ09-,.:;()\"'<>@_=?öß漢字のمرحبا👩🏽‍💻é🇬🇧")
words = st.one_of(
    st.text(any_character, max_size=20),
    st.text(letters, min_size=1, max_size=12),
    st.text(letters, min_size=60, max_size=120),
    st.sampled_from(["vs", "Größe", "=?utf-8?q?a?=", "=?", "?=", "ab=20cd", "x" * 67, "x" * 68, "y" * 200]),
)
subjects = st.one_of(
    st.text(any_character, max_size=200),
    st.builds(
        lambda parts, blank: blank.join(parts),
        st.lists(words, max_size=25),
        st.sampled_from([" ", "  ", "\u00a0", "\t", " \u3000 "]),
    ),
)


class Wire:
    """Stands in for an SMTP connection and keeps what is handed over."""

    def sendmail(self, sender: str, recipients: list[str], content: bytes) -> None:
        self.content = content


def sent(mail: EmailMessage) -> bytes:
    """Return the bytes that the site's backend hands to the mail server."""
    backend = EmailBackend(alias="default", host="127.0.0.1")
    backend.connection = Wire()
    backend.send_messages([mail])
    return backend.connection.content


def letter(subject: str) -> EmailMessage:
    rendered = Rendered(subject=clean_subject(subject), text="A text.\n", html="<p>A text.</p>")
    return make_mail(rendered=rendered, to="ada@example.com", headers={"Message-ID": "<1@example.com>"})


def header_lines(content: bytes) -> list[str]:
    return content.split(b"\r\n\r\n", 1)[0].decode("ascii").split("\r\n")


def subject_lines(content: bytes) -> list[str]:
    lines = header_lines(content)
    start = next(number for number, line in enumerate(lines) if line.startswith("Subject:"))
    end = next(number for number, line in enumerate(lines) if number > start and not line.startswith(" "))
    return lines[start:end]


@settings(max_examples=2000, derandomize=True)
@given(subjects)
@example("")
@example("Größe")
@example("Ein sehr langer Titel über Werkzeuge für künstliche Intelligenz, die man sonst nirgends findet")
@example("=?utf-8?q?secret?= and more")
@example("W" * 120 + " vs " + "V" * 120)
@example("漢字" * 60)
@example("a" * 66 + " ö")
def test_any_subject_is_read_back_as_it_was_written(subject):
    content = sent(letter(subject))
    written = clean_subject(subject)
    assert email.message_from_bytes(content, policy=email.policy.default)["Subject"] == written
    assert content.isascii()
    assert max(map(len, header_lines(content))) <= 78
    first, *others = subject_lines(content)
    assert (first.removeprefix("Subject:").strip() == "") == (written == ""), "no empty first line"
    assert all(re.match(" [^ ]", line) for line in others), "one blank begins a line that continues"
    assert not any(line.endswith(" ") for line in others)
    if "=?utf-8?" in first:
        words = "".join([first.removeprefix("Subject: "), *others]).split(" ")
        assert all(ENCODED_WORD.fullmatch(word) and len(word) <= 75 for word in words)


@pytest.mark.parametrize("subject", ["A plain subject", "long words " * 20])
def test_plain_english_stays_readable_on_the_wire(subject):
    written = clean_subject(subject)
    assert "".join(subject_lines(sent(letter(subject)))) == f"Subject: {written}"


def test_a_cleaned_subject_is_one_line_without_control_characters():
    assert (
        clean_subject("  A\r\nBcc: eve@example.com\x00\x1b  and \u2028\u00a0 B ")
        == "A Bcc: eve@example.com and B"
    )
    assert clean_subject("👩‍💻") == "👩‍💻", "the joiner inside an emoji stays"


def test_a_mail_of_the_desk_follows_the_same_rules():
    subject = "Werkzeugprüfung für Köln am Rhein: choose a new password, and this subject needs two lines"
    content = sent(TextMail(subject=subject, body="A text.", to=["ada@example.com"]))
    assert email.message_from_bytes(content, policy=email.policy.default)["Subject"] == subject
    assert all(ENCODED_WORD.search(line) for line in subject_lines(content))
