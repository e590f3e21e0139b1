"""The two mails that answer a request for the letter, seen by the owner of the address alone."""

from email.utils import make_msgid

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from comparisons.newsletter.emails.letter import unsubscribe_url
from comparisons.newsletter.emails.message import mail_host, make_mail
from comparisons.newsletter.emails.rendering import render_mail
from comparisons.newsletter.models import Subscriber


def invitation(*, email: str, link: str) -> EmailMessage:
    """Return the mail that asks to confirm an address, by a signed link."""
    confirm_url = settings.SITE_URL + reverse("newsletter:confirm", args=[link])
    return _mail(
        "invitation", f"Confirm your letter from {settings.SITE_NAME}", email, {"confirm_url": confirm_url}
    )


def already_subscribed(*, subscriber: Subscriber) -> EmailMessage:
    """Return the mail that says that the address is subscribed, and how to unsubscribe."""
    subject = f"You get the letter from {settings.SITE_NAME} already"
    return _mail("already", subject, subscriber.email, {"unsubscribe_url": unsubscribe_url(subscriber.token)})


def _mail(name: str, subject: str, to: str, context: dict[str, str]) -> EmailMessage:
    rendered = render_mail(name=name, subject=subject, context=context)
    # Tells mail programs not to reply that their owner is on holiday.
    headers = {"Message-ID": make_msgid(domain=mail_host()), "Auto-Submitted": "auto-replied"}
    return make_mail(rendered=rendered, to=to, headers=headers)
