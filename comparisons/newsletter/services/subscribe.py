"""Subscribing in two steps: a request, and its confirmation by a mailed link."""

from collections.abc import Sequence
from datetime import datetime

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from comparisons.newsletter.consent import ASKED_WORDS, CONFIRMED_WORDS
from comparisons.newsletter.emails.connection import open_mail_connection
from comparisons.newsletter.emails.invitations import already_subscribed, invitation
from comparisons.newsletter.models import Consent, Subscriber
from comparisons.newsletter.models.subscriber import LINK_LASTS
from reviews.services.rate_limits import allow
from reviews.services.voting.networks import Network

HOUR = 3600
DAY = 86_400
MOST_PER_NETWORK = {24: 20, 64: 20, 56: 40, 48: 80}
"""Requests in an hour by the width of the network: an office behind one address can subscribe."""
MOST_IN_AN_HOUR = 3
MOST_IN_A_DAY = 5
"""Mails with a link to one address: enough to lose two, too few to annoy a stranger with."""


class TooManyRequests(Exception):
    """More requests from one network than people send."""


class LinkUnknown(Exception):
    """The link was cut or mistyped, or its request was deleted."""


class LinkExpired(Exception):
    """The link is too old, or older than an unsubscription."""


def request_subscription(*, email: str, networks: Sequence[Network]) -> None:
    """Mail the owner of `email` a link to confirm, or that the address is subscribed already.

    The caller learns nothing about the address: known, unknown or unsubscribed, each gets one mail. One that
    had enough of these gets no more for a while, and that is not told either.

    Raises TooManyRequests for the network, MailServerDown if nothing could be sent (nor was counted for the
    address), and Refused if the mail server does not take the address.
    """
    now = timezone.now()
    for network in networks:
        key = f"newsletter network {network.digest}"
        most = MOST_PER_NETWORK[network.prefix]
        if not allow(key=key, limit=most, seconds=HOUR, now=now).is_allowed:
            raise TooManyRequests
    with open_mail_connection() as connection:
        if not _count_mail(email, now):
            return
        if active := Subscriber.objects.active().of_address(email).first():
            connection.send(already_subscribed(subscriber=active))
        else:
            consent = _store_request(email, now)
            connection.send(invitation(email=consent.subscriber.email, link=_signer().sign(str(consent.pk))))


def find_request(*, link: str) -> Consent:
    """Return the request behind a mailed link, with its subscriber.

    Raises LinkUnknown and LinkExpired.
    """
    try:
        pk = _signer().unsign(link, max_age=LINK_LASTS)
    except signing.SignatureExpired as expired:
        raise LinkExpired from expired
    except signing.BadSignature as unknown:
        raise LinkUnknown from unknown
    consent = Consent.objects.select_related("subscriber").filter(pk=int(pk)).first()
    if consent is None:
        raise LinkUnknown
    unsubscribed_at = consent.subscriber.unsubscribed_at
    if unsubscribed_at and consent.asked_at <= unsubscribed_at:
        raise LinkExpired
    return consent


@transaction.atomic
def confirm_subscription(*, link: str) -> Subscriber:
    """Subscribe the holder of the link; store when and in which words they agreed. Repeatable.

    Raises LinkUnknown and LinkExpired.
    """
    consent = find_request(link=link)
    now = timezone.now()
    is_new = Consent.objects.filter(pk=consent.pk, confirmed_at__isnull=True).update(
        confirmed_at=now, confirmed_words=CONFIRMED_WORDS
    )
    if is_new:
        # Pressing the button proves that the address takes mail, whatever it did before.
        Subscriber.objects.filter(pk=consent.subscriber_id).update(
            confirmed_at=now, unsubscribed_at=None, hard_bounces=0, bounced_at=None
        )
    return consent.subscriber


def _count_mail(email: str, now: datetime) -> bool:
    """Count a mail to an address, and say whether it is within the limit. Only a hash is stored."""
    name = salted_hmac("comparisons.newsletter.limits", email.lower(), algorithm="sha256").hexdigest()
    return all(
        allow(key=f"newsletter address {name} {seconds}", limit=most, seconds=seconds, now=now).is_allowed
        for most, seconds in ((MOST_IN_AN_HOUR, HOUR), (MOST_IN_A_DAY, DAY))
    )


def _signer() -> signing.TimestampSigner:
    return signing.TimestampSigner(salt="comparisons.newsletter.confirm")


@transaction.atomic
def _store_request(email: str, now: datetime) -> Consent:
    """Store that `email` asked, with the words beside the form."""
    known = Subscriber.objects.of_address(email).select_for_update(of=("self",))
    subscriber = known.first()
    if subscriber is None:
        try:
            with transaction.atomic():
                subscriber = Subscriber.objects.create(email=email)
        except IntegrityError:  # somebody asked for the same address at the same moment
            subscriber = known.get()
    return Consent.objects.create(subscriber=subscriber, asked_at=now, asked_words=ASKED_WORDS)
