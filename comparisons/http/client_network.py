"""From a request to the visitor's networks.

An address is hashed at once, never stored and never logged.
"""

from datetime import date

from django.conf import settings
from django.http import HttpRequest

from reviews.services.voting.networks import Network, day_key, networks_of_address, vote_key


def networks_of(request: HttpRequest, *, today: date) -> tuple[Network, ...]:
    """Return the hashes of the visitor's networks under the day's key, narrowest first, for rate limits."""
    return networks_of_address(client_address(request), key=day_key(today))


def vote_networks_of(request: HttpRequest, *, today: date) -> tuple[Network, ...]:
    """Return the hashes of the visitor's networks under the key of 28 days, narrowest first, for votes."""
    return networks_of_address(client_address(request), key=vote_key(today))


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address as the nearest trusted proxy saw it.

    With `TRUSTED_PROXIES` of 0 it is the connection's; with n the n-th entry of `CLIENT_ADDRESS_HEADER` from
    the right, for the visitor wrote everything further left. A port is removed.
    """
    hops = settings.TRUSTED_PROXIES
    forwarded = [
        part.strip()
        for part in request.headers.get(settings.CLIENT_ADDRESS_HEADER, "").split(",")
        if part.strip()
    ]
    if hops and len(forwarded) >= hops:
        return _without_port(forwarded[-hops])
    return request.META.get("REMOTE_ADDR", "")


def _without_port(entry: str) -> str:
    """Return the address of `1.2.3.4:5555`, `[2001:db8::1]:443` or `[2001:db8::1]`; else `entry`."""
    if entry.startswith("["):
        return entry[1:].partition("]")[0]
    return entry.partition(":")[0] if entry.count(":") == 1 else entry
