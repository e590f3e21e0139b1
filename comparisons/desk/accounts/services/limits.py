"""How often a password or a code may be tried; asked before anything is hashed.

Strangers cannot lock an editor out: a browser in which the editor signed in before has its own budget, and so
has every network for each account.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from reviews.services.rate_limits import Allowance, allow, count, counted, forget
from reviews.services.voting.networks import Network

QUARTER = 15 * 60
DAY = 86_400

# Passwords: (how many, in how many seconds).
BY_DEVICE = (10, QUARTER)
BY_ACCOUNT_AND_NETWORK = (10, QUARTER)
BY_NETWORK = {24: (60, QUARTER), 64: (60, QUARTER), 56: (120, QUARTER), 48: (240, QUARTER)}
# After so many failures of strangers in a day an account counts as attacked, and each network has the smaller
# budget.
ATTACKED_FROM = 100
BY_ACCOUNT_AND_NETWORK_IF_ATTACKED = (3, DAY)
# Codes: whoever gets here knows the password, and a code has six digits. Strangers to an account share one
# budget.
CODES_BY_DEVICE = ((10, QUARTER), (50, DAY))
CODES_BY_STRANGERS = ((5, QUARTER), (30, DAY))
# Mails that let somebody choose a new password.
RESETS_BY_NETWORK = (10, 3600)
RESETS_BY_ADDRESS = (3, DAY)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who tries: network hashes, narrowest first, and the word of a known browser or ""."""

    networks: tuple[Network, ...]
    device: str = ""


def allow_password(*, username: str, visitor: Visitor, now: datetime) -> Allowance:
    """Count an attempt with a password and say whether it may be made."""
    if visitor.device:
        return _all([(f"device {visitor.device}", BY_DEVICE)], now=now)
    network = visitor.networks[0].digest
    asked = [(f"network {each.digest}", BY_NETWORK[each.prefix]) for each in visitor.networks]
    if counted(key=_key(f"strangers {username}"), seconds=DAY, now=now) >= ATTACKED_FROM:
        asked.append((f"attacked {username} {network}", BY_ACCOUNT_AND_NETWORK_IF_ATTACKED))
    asked.append((f"account {username} {network}", BY_ACCOUNT_AND_NETWORK))
    return _all(asked, now=now)


def password_was_wrong(*, username: str, visitor: Visitor, now: datetime) -> None:
    """Count a failed attempt of a stranger."""
    if not visitor.device:
        count(key=_key(f"strangers {username}"), seconds=DAY, now=now)


def password_was_right(*, username: str, visitor: Visitor) -> None:
    """Give back the budgets of the attempt."""
    if visitor.device:
        forget(key=_key(f"device {visitor.device}"))
    else:
        forget(key=_key(f"account {username} {visitor.networks[0].digest}"))


def allow_code(*, user_id: int, visitor: Visitor, now: datetime) -> Allowance:
    """Count an attempt with a one-time or recovery code and say whether it may be made."""
    whose, budgets = (
        (visitor.device, CODES_BY_DEVICE) if visitor.device else (f"strangers {user_id}", CODES_BY_STRANGERS)
    )
    return _all([(f"code {whose} {seconds}", (most, seconds)) for most, seconds in budgets], now=now)


def code_was_right(*, user_id: int, visitor: Visitor) -> None:
    """Give back the budgets of the attempt."""
    whose, budgets = (
        (visitor.device, CODES_BY_DEVICE) if visitor.device else (f"strangers {user_id}", CODES_BY_STRANGERS)
    )
    for _, seconds in budgets:
        forget(key=_key(f"code {whose} {seconds}"))


def allow_passkey(*, visitor: Visitor, now: datetime) -> Allowance:
    """Count a use of a passkey. It can't be guessed; the limit prevents floods of sessions."""
    if visitor.device:
        return _all([(f"passkey {visitor.device}", BY_NETWORK[24])], now=now)
    return _all([(f"passkey {each.digest}", BY_NETWORK[each.prefix]) for each in visitor.networks], now=now)


def allow_reset(*, address: str, visitor: Visitor, now: datetime) -> Allowance:
    """Count a request for a mail with a link to a new password."""
    asked = [
        (f"reset network {visitor.networks[0].digest}", RESETS_BY_NETWORK),
        (f"reset {address}", RESETS_BY_ADDRESS),
    ]
    return _all(asked, now=now)


def _all(asked: list[tuple[str, tuple[int, int]]], *, now: datetime) -> Allowance:
    """Count under each key until one is used up; return the first refusal or an allowance."""
    for what, (most, seconds) in asked:
        allowance = allow(key=_key(what), limit=most, seconds=seconds, now=now)
        if not allowance.is_allowed:
            return allowance
    return Allowance(is_allowed=True, retry_after=0)


def _key(what: str) -> str:
    """Return a keyed hash: a password may have been typed as a name."""
    return "sign-in " + salted_hmac("accounts.limits", what, algorithm="sha256").hexdigest()
