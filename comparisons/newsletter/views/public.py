"""What the newsletter's views share."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

# The forms of public pages hold no token, so that a page is the same bytes for everybody. What guards them is the check of
# Sec-Fetch-Site and Origin on every request that writes.
public_form = csrf_exempt

personal = cache_control(private=True, no_store=True)
"""For pages whose address is a secret between us and one reader."""


def network_of(request: HttpRequest) -> str:
    """Return the network that a request comes from: /24 of IPv4, /64 of IPv6.

    The address is the one that the outermost of our own proxies saw; what a client claims about itself does not count.
    """
    address = request.META["REMOTE_ADDR"]
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
        address = hops[-settings.TRUSTED_PROXIES] if len(hops) >= settings.TRUSTED_PROXIES else address
    try:
        known = ip_address(address)
    except ValueError:
        return "unknown"
    known = getattr(known, "ipv4_mapped", None) or known
    return str(ip_network(f"{known}/{24 if known.version == 4 else 64}", strict=False))
