"""The log of attempts to sign in: who, how, outcome, and the network's hash."""

import logging
from datetime import datetime, timedelta

from django.contrib.auth.models import User

from comparisons.desk.accounts.models import SignIn
from comparisons.desk.accounts.services.limits import Visitor

logger = logging.getLogger("comparisons.sign_in")

SIGN_INS_KEPT = timedelta(days=90)
NETWORK_KEPT = timedelta(days=7)


def record_sign_in(
    *, outcome: SignIn.Outcome, user: User | None, visitor: Visitor, now: datetime, method: str = ""
) -> None:
    """Store and log one attempt. `user` is None if nobody has the typed name."""
    network = visitor.networks[0].digest
    is_known = bool(visitor.device)
    SignIn.objects.create(
        at=now, user=user, outcome=outcome, method=method, network=network, is_known_device=is_known
    )
    level = logging.INFO if outcome == SignIn.Outcome.SIGNED_IN else logging.WARNING
    whose = user.get_username() if user else "an unknown name"
    logger.log(
        level,
        "%s: account=%r with=%r network=%s known_browser=%s",
        outcome.label,
        whose,
        method,
        network,
        "yes" if is_known else "no",
    )


def log_refusal(*, what: str, visitor: Visitor) -> None:
    """Log an attempt refused before any check. It is not stored: there may be many."""
    logger.warning("Refused, too many attempts: %s network=%s", what, visitor.networks[0].digest)


def forget_sign_ins(*, now: datetime) -> int:
    """Delete sign-ins older than `SIGN_INS_KEPT`, remove expired networks from others; return the number."""
    SignIn.objects.before(now - NETWORK_KEPT).exclude(network="").update(network="")
    return SignIn.objects.before(now - SIGN_INS_KEPT).delete()[0]
