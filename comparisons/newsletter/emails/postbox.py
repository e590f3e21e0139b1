"""One open connection to the mail server, and what can go wrong with it in words that the rest understands."""

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast

from django.core.mail import EmailMessage, mailers

from comparisons.newsletter.emails.smtp import AnswerLost

CLOSING = 421
"""With this the server says that it is about to hang up."""


class MailServerDown(Exception):
    """Nothing can be sent just now. What was to be sent has not been. The message says why, and names no recipient."""


class Refused(Exception):
    """The server did not take this one letter."""

    def __init__(self, reply: str, *, is_final: bool) -> None:
        super().__init__(reply)
        self.reply = reply
        self.is_final = is_final
        """Whether the address itself was refused, rather than this letter at this moment."""


def is_final(code: int, reply: str) -> bool:
    """Say whether an answer to RCPT means that the address takes no mail: a hard bounce.

    Full mailboxes, refusals of policy (5.7) and of our own address are not the recipient's fault. Servers that give no
    enhanced status (RFC 3463) are taken by their word: 550, 551 and 553 are about the mailbox.
    """
    status = re.match(r"(\d\.\d{1,3}\.\d{1,3})\b", reply)
    if status:
        return code >= 500 and ((status[1].startswith("5.1.") and status[1] not in ("5.1.7", "5.1.8")) or status[1] == "5.2.1")
    return code in (550, 551, 553)


class Postbox:
    """Sends letters one by one over one connection, and opens it again once where the server hung up in between."""

    def __init__(self, *, seconds: int | None = None) -> None:
        self._connection = cast(Any, mailers.default)
        if seconds:
            self._connection.timeout = seconds

    def open(self) -> None:
        """Raises MailServerDown."""
        try:
            self._connection.open()
        except OSError as down:  # every error of smtplib is of this kind too
            raise MailServerDown(_why(down)) from down

    def close(self) -> None:
        with suppress(OSError):
            self._connection.close()

    def send(self, message: EmailMessage) -> None:
        """Hand over one letter to one recipient.

        Raises Refused when the server did not take it, MailServerDown when it could not be asked, and lets AnswerLost pass
        when it may have taken it.
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
                raise MailServerDown(_words(reply)) from refused
            raise Refused(f"{code} {_words(reply)}", is_final=is_final(code, _words(reply))) from refused
        except smtplib.SMTPDataError as refused:
            if refused.smtp_code == CLOSING:
                raise MailServerDown(_words(refused.smtp_error)) from refused
            raise Refused(f"{refused.smtp_code} {_words(refused.smtp_error)}", is_final=False) from refused
        except OSError as down:
            raise MailServerDown(_why(down)) from down
        except AnswerLost:
            self.close()  # a late answer must not be taken for that of the next letter
            raise
        except ValueError as impossible:
            raise Refused(f"this mail can't be written: {impossible}", is_final=False) from impossible


@contextmanager
def open_postbox(*, seconds: int | None = None) -> Iterator[Postbox]:
    """Open a connection for as long as the block lasts. Raises MailServerDown.

    `seconds` is how long to wait for each answer, where that is not as long as a person may wait for a page.
    """
    postbox = Postbox(seconds=seconds)
    postbox.open()
    try:
        yield postbox
    finally:
        postbox.close()


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return re.sub(r"\s+", " ", text).strip()


def _why(down: OSError) -> str:
    """Say what went wrong without naming a recipient: what a server says of a sender or a password, or the system's words."""
    if isinstance(down, smtplib.SMTPResponseException):
        return f"{down.smtp_code} {_words(down.smtp_error)}"
    return _words(str(down)) or type(down).__name__
