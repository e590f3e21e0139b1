"""From a visitor's address to the hash of its network. An address is never stored and never logged.

A network is an IPv4 /24, or the IPv6 /64, /56 and /48 around an address (one customer may hold any of the three). Each is
hashed under a random key that lives for a day and is deleted with the first vote of the next day: from then on, nobody can
find out which network a stored hash stood for.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date
from ipaddress import IPv4Address, ip_address, ip_network

from reviews.models import NetworkKey


@dataclass(frozen=True, slots=True)
class Network:
    """A visitor's network: how wide it is (24, or 64, 56, 48) and its hash of 32 hexadecimal digits."""

    prefix: int
    digest: str


def networks_of_address(address: str, *, today: date) -> tuple[Network, ...]:
    """Return the hashes of the networks around `address`, narrowest first; one for all addresses that can't be read."""
    key = day_key(today)
    try:
        client = ip_address(address)
    except ValueError:
        return (Network(prefix=24, digest=_digest(key, "unknown")),)
    client = getattr(client, "ipv4_mapped", None) or client
    prefixes = (24,) if isinstance(client, IPv4Address) else (64, 56, 48)
    return tuple(
        Network(prefix=prefix, digest=_digest(key, str(ip_network(f"{client}/{prefix}", strict=False)))) for prefix in prefixes
    )


def day_key(today: date) -> bytes:
    """Return the key of `today`, making it if need be; the keys of other days are deleted then.

    Around midnight the clocks of two servers may stand in two days. The one that is behind takes the other's key, so that both
    give a network one hash; and if today's key is deleted between two lines here, this request has one that nobody keeps.
    """
    found = NetworkKey.objects.in_use(today=today).first()
    if found is None:
        made = NetworkKey(day=today, key=secrets.token_bytes(32))
        NetworkKey.objects.not_in_use(today=today).delete()
        NetworkKey.objects.bulk_create([made], ignore_conflicts=True)
        found = NetworkKey.objects.in_use(today=today).first() or made
    return bytes(found.key)


def _digest(key: bytes, network: str) -> str:
    return hmac.new(key, network.encode(), hashlib.sha256).hexdigest()[:32]
