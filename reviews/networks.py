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

from django.conf import settings
from django.http import HttpRequest

from reviews.models import NetworkKey


@dataclass(frozen=True, slots=True)
class Network:
    """A visitor's network: how wide it is (24, or 64, 56, 48) and its hash of 32 hexadecimal digits."""

    prefix: int
    digest: str


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address as the nearest trusted hop saw it.

    With `TRUSTED_PROXIES` of 0 that is the connection itself; with n it is the n-th entry of `X-Forwarded-For` from the right,
    for everything further left was written by the visitor. Some proxies write the visitor's port along, which is left out.
    """
    hops = settings.TRUSTED_PROXIES
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if hops and len(forwarded) >= hops:
        return _without_port(forwarded[-hops])
    return request.META.get("REMOTE_ADDR", "")


def _without_port(entry: str) -> str:
    """Return the address of `1.2.3.4:5555`, `[2001:db8::1]:443` or `[2001:db8::1]`; anything else as it is."""
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry


def networks_of(request: HttpRequest, *, today: date) -> tuple[Network, ...]:
    """Return the hashes of the visitor's networks, narrowest first; one for all visitors whose address can't be read."""
    key = day_key(today)
    try:
        address = ip_address(client_address(request))
    except ValueError:
        return (Network(prefix=24, digest=_digest(key, "unknown")),)
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    prefixes = (24,) if isinstance(address, IPv4Address) else (64, 56, 48)
    return tuple(
        Network(prefix=prefix, digest=_digest(key, str(ip_network(f"{address}/{prefix}", strict=False)))) for prefix in prefixes
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
