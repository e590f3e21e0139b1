"""The weekly letter: rendered once for an issue, then addressed to each subscriber."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.crypto import salted_hmac

from comparisons.newsletter.contents import Contents
from comparisons.newsletter.emails.message import mail_host, make_mail
from comparisons.newsletter.emails.rendering import Rendered, render_mail
from comparisons.newsletter.models import new_token


@dataclass(frozen=True, slots=True)
class Letter:
    """An issue's mail, with a placeholder for each subscriber's token."""

    number: int
    rendered: Rendered
    placeholder: str

    def addressed_to(self, *, email: str, token: str) -> EmailMessage:
        """Return the letter for one subscriber.

        Its Message-ID is always the same, so that many mail programs show a repeated letter once.
        """
        rendered = Rendered(
            subject=self.rendered.subject,
            text=self.rendered.text.replace(self.placeholder, token),
            html=self.rendered.html.replace(self.placeholder, token),
        )
        return make_mail(rendered=rendered, to=email, headers=self._headers(token))

    def _headers(self, token: str) -> dict[str, str]:
        name = salted_hmac(
            "comparisons.newsletter.message-id", f"{self.number} {token}", algorithm="sha256"
        ).hexdigest()
        return {
            "Message-ID": f"<letter-{self.number}-{name[:20]}@{mail_host()}>",
            "List-ID": f"<weekly.{mail_host()}>",
            "List-Unsubscribe": f"<{unsubscribe_url(token)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        }


def unsubscribe_url(token: str) -> str:
    """Return the public address at which a subscriber unsubscribes."""
    return settings.SITE_URL + reverse("newsletter:unsubscribe", args=[token])


def render_letter(
    *, number: int, published_on: date, subject: str, contents: Contents, introduction: str = ""
) -> Letter:
    """Render an issue. Sends no query."""
    placeholder = new_token()
    context = {
        "number": number,
        "published_on": published_on,
        "contents": contents,
        "introduction": introduction,
        "unsubscribe_url": unsubscribe_url(placeholder),
        "issue_url": settings.SITE_URL + reverse("newsletter:issue", args=[published_on.isoformat()]),
    }
    return Letter(
        number=number,
        rendered=render_mail(name="letter", subject=subject, context=context),
        placeholder=placeholder,
    )
