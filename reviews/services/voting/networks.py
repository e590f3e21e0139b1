"""From a visitor's address to the hash of its network. An address is never stored or logged.

A network is an IPv4 /24, or the IPv6 /64, /56 and /48 around an address (one customer may hold any of them).
Each is hashed under a random key: one of the day for rate limits, one of 28 days for votes. A key is deleted
with the first act after its time; then no stored hash can be led back to a network.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date
from ipaddress import IPv4Address, ip_address, ip_network

from reviews.models import NetworkKey, VoteNetworkKey
from reviews.models.networks import AbstractNetworkKey

DIGITS = {24: 16, 48: 16, 56: 8, 64: 8}
"""Hexadecimal digits that each width adds: a narrow network's hash begins with the wider one's."""


@dataclass(frozen=True, slots=True)
class Network:
    """A visitor's network: its width (24, or 64, 56, 48) and hash (16, 24 or 32 hexadecimal digits)."""

    prefix: int
    digest: str


def networks_of_address(address: str, *, key: bytes) -> tuple[Network, ...]:
    """Return the hashes of the networks around `address`, narrowest first.

    Unreadable addresses share one.
    """
    try:
        client = ip_address(address)
    except ValueError:
        return (Network(prefix=24, digest=_digest(key, "unknown")[: DIGITS[24]]),)
    client = getattr(client, "ipv4_mapped", None) or client
    found: list[Network] = []
    for prefix in (24,) if isinstance(client, IPv4Address) else (48, 56, 64):
        wider = found[-1].digest if found else ""
        own = _digest(key, str(ip_network(f"{client}/{prefix}", strict=False)))[: DIGITS[prefix]]
        found.append(Network(prefix=prefix, digest=wider + own))
    return tuple(reversed(found))


def day_key(today: date) -> bytes:
    """Return the key of `today` for rate limits."""
    return _key(NetworkKey, today)


def vote_key(today: date) -> bytes:
    """Return the key of 28 days for the networks of votes."""
    return _key(VoteNetworkKey, today)


def _key[Key: AbstractNetworkKey](keys: type[Key], today: date) -> bytes:
    """Return the key for `today`, made if need be; expired ones are then deleted.

    Around midnight two servers may be in different days: the one behind takes the other's key, so that both
    give a network one hash. If today's key is deleted between two lines here, this request uses one that
    nobody keeps.
    """
    found = keys.objects.in_use(today=today).first()
    if found is None:
        made = keys(day=keys.first_day(today), key=secrets.token_bytes(32))
        keys.objects.not_in_use(today=today).delete()
        keys.objects.bulk_create([made], ignore_conflicts=True)
        found = keys.objects.in_use(today=today).first() or made
    return bytes(found.key)


def _digest(key: bytes, network: str) -> str:
    return hmac.new(key, network.encode(), hashlib.sha256).hexdigest()
