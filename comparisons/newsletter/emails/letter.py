"""The weekly letter: rendered once for an issue, then made out to each subscriber."""

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
    """An issue's mail with a stand-in where each subscriber's token comes."""

    number: int
    rendered: Rendered
    stand_in: str

    def made_out_to(self, *, email: str, token: str) -> EmailMessage:
        """Return the letter for one subscriber.

        Sent again, it has the same Message-ID, by which many mail programs show it once.
        """
        mine = Rendered(
            subject=self.rendered.subject,
            text=self.rendered.text.replace(self.stand_in, token),
            html=self.rendered.html.replace(self.stand_in, token),
        )
        return make_mail(rendered=mine, to=email, headers=self._headers(token))

    def _headers(self, token: str) -> dict[str, str]:
        name = salted_hmac("comparisons.newsletter.message-id", f"{self.number} {token}", algorithm="sha256").hexdigest()
        return {
            "Message-ID": f"<letter-{self.number}-{name[:20]}@{mail_host()}>",
            "List-ID": f"<weekly.{mail_host()}>",
            "List-Unsubscribe": f"<{leave_url(token)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
        }


def leave_url(token: str) -> str:
    """Return the public address that a subscriber leaves by."""
    return settings.SITE_URL + reverse("newsletter:leave", args=[token])


def render_letter(*, number: int, published_on: date, subject: str, contents: Contents) -> Letter:
    """Render an issue. Sends no query."""
    stand_in = new_token()
    context = {
        "number": number,
        "published_on": published_on,
        "contents": contents,
        "leave_url": leave_url(stand_in),
        "issue_url": settings.SITE_URL + reverse("newsletter:issue", args=[published_on.isoformat()]),
    }
    return Letter(number=number, rendered=render_mail(name="letter", subject=subject, context=context), stand_in=stand_in)
