"""A connection to the mail server, and its errors."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

from django.core.mail import EmailMessage, mailers

from comparisons.newsletter.emails.smtp import AnswerLost

CLOSING = 421
"""The server is about to hang up."""


class MailServerDown(Exception):
    """Nothing can be sent now; the letter was not. The message says why, and names no recipient."""


class Refused(Exception):
    """The server refused this letter; `is_final` if the address takes no mail at all."""

    def __init__(self, reply: str, *, is_final: bool) -> None:
        super().__init__(reply)
        self.reply = reply
        self.is_final = is_final


def is_final(code: int, reply: str) -> bool:
    """Say whether an answer to RCPT is a hard bounce: the address takes no mail.

    Full mailboxes, refusals of policy (5.7) and of our own address are none. Without an enhanced status (RFC
    3463), 550, 551 and 553 are about the mailbox.
    """
    match = re.match(r"(\d\.\d{1,3}\.\d{1,3})\b", reply)
    if match is None:
        return code in (550, 551, 553)
    status = match[1]
    is_about_the_recipient = status.startswith("5.1.") and status not in ("5.1.7", "5.1.8")
    return code >= 500 and (is_about_the_recipient or status == "5.2.1")


class MailConnection:
    """Sends letters one by one. If the server hung up in between, it connects once more."""

    def __init__(self, *, seconds: int | None = None) -> None:
        self._connection = cast(Any, mailers.default)
        if seconds:
            self._connection.timeout = seconds

    def open(self) -> None:
        """Raises MailServerDown."""
        try:
            self._connection.open()
        except OSError as down:  # every error of smtplib is of this kind too
            raise MailServerDown(_reason(down)) from down

    def close(self) -> None:
        with suppress(OSError):
            self._connection.close()

    def send(self, message: EmailMessage) -> None:
        """Hand over one letter to one recipient.

        Raises Refused if the server refused it, MailServerDown if it could not be asked, AnswerLost if it may
        have taken it.
        """
        try:
            self.open()
            self._send(message)
        except MailServerDown:
            self.close()
            self.open()
            self._send(message)

    def _send(self, message: EmailMessage) -> None:
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refused:
            code, reply = next(iter(refused.recipients.values()))
            if code == CLOSING:
                raise MailServerDown(_one_line(reply)) from refused
            raise Refused(
                f"{code} {_one_line(reply)}", is_final=is_final(code, _one_line(reply))
            ) from refused
        except smtplib.SMTPDataError as refused:
            if refused.smtp_code == CLOSING:
                raise MailServerDown(_one_line(refused.smtp_error)) from refused
            raise Refused(f"{refused.smtp_code} {_one_line(refused.smtp_error)}", is_final=False) from refused
        except OSError as down:
            raise MailServerDown(_reason(down)) from down
        except AnswerLost:
            self.close()  # a late answer must not be taken for that of the next letter
            raise
        except ValueError as impossible:
            raise Refused(f"this mail can't be written: {impossible}", is_final=False) from impossible


@contextmanager
def open_mail_connection(*, seconds: int | None = None) -> Iterator[MailConnection]:
    """Open a connection for the block. Raises MailServerDown.

    `seconds` is how long to wait for each answer; by default, as long as a reader may wait for a page.
    """
    connection = MailConnection(seconds=seconds)
    connection.open()
    try:
        yield connection
    finally:
        connection.close()


def _one_line(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return re.sub(r"\s+", " ", text).strip()


def _reason(down: OSError) -> str:
    """Return the server's or system's message, which names no recipient."""
    if isinstance(down, smtplib.SMTPResponseException):
        return f"{down.smtp_code} {_one_line(down.smtp_error)}"
    return _one_line(str(down)) or type(down).__name__
