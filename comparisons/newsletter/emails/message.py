"""A mail as it goes over the wire."""

from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from comparisons.newsletter.emails.rendering import Rendered

UNFOLDED = "list-unsubscribe"


class MailPolicy(EmailPolicy):
    """How a mail becomes bytes: 7-bit, lines of 76 characters, List-Unsubscribe unfolded.

    Python folds long headers so that mail programs find no link.
    """

    def fold(self, name: str, value: str) -> str:
        return f"{name}: {value}{self.linesep}" if name.lower() == UNFOLDED else super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return (
            self.fold(name, value).encode("ascii")
            if name.lower() == UNFOLDED
            else super().fold_binary(name, value)
        )


POLICY = MailPolicy(linesep="\r\n", max_line_length=76, cte_type="7bit")


class Mail(EmailMultiAlternatives):
    """A mail in HTML and plain text to one recipient, written by `POLICY`."""

    def message(self, *, policy: Policy | None = None) -> EmailMessage:
        return super().message(policy=POLICY)


def mail_host() -> str:
    """Return the host for message ids and list ids."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def make_mail(*, rendered: Rendered, to: str, headers: dict[str, str]) -> Mail:
    """Return a mail ready to be sent. `headers` include its Message-ID."""
    mail = Mail(
        subject=rendered.subject, body=rendered.text, from_email=settings.MAIL_FROM, to=[to], headers=headers
    )
    mail.attach_alternative(rendered.html, "text/html")
    return mail
