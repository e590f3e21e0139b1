"""Who tries to sign in, from a request: network hashes and the word of a known browser."""

from django.http import HttpRequest
from django.utils import timezone

from comparisons.desk.accounts.devices import any_known_device, known_device
from comparisons.desk.accounts.services.limits import Visitor
from comparisons.http.client_network import networks_of


def visitor_of(request: HttpRequest, *, username: str | None) -> Visitor:
    """Return who tries to sign in as `username`; None for a passkey."""
    device = any_known_device(request) if username is None else known_device(request, username=username)
    return Visitor(networks=networks_of(request, today=timezone.localdate()), device=device)
