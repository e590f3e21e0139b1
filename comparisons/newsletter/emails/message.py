"""A mail of the newsletter to one recipient."""

from urllib.parse import urlsplit

from django.conf import settings

from comparisons.mail_policy import HtmlMail
from comparisons.newsletter.emails.rendering import Rendered


def mail_host() -> str:
    """Return the host for message ids and list ids."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def make_mail(*, rendered: Rendered, to: str, headers: dict[str, str]) -> HtmlMail:
    """Return a mail ready to be sent. `headers` include its Message-ID."""
    mail = HtmlMail(
        subject=rendered.subject, body=rendered.text, from_email=settings.MAIL_FROM, to=[to], headers=headers
    )
    mail.attach_alternative(rendered.html, "text/html")
    return mail
