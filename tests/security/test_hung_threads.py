"""A process whose threads hang for good is replaced by another, on the served site."""

import http.client
import time

import pytest

from drills.site import Site
from tests import timeouts

pytestmark = pytest.mark.slow


def process_of(site) -> bytes:
    """Return what names the process that answers, once one does."""
    ends_at = time.monotonic() + timeouts.SECONDS
    while time.monotonic() < ends_at:
        try:
            status, _, body = site.get("/process/", timeout=timeouts.SECONDS)
        except (OSError, http.client.HTTPException):  # one process has ended, and the next begins
            status = 0
        if status == 200:
            return body
        time.sleep(0.2)
    raise TimeoutError(site.log.read_text()[-2000:])


def test_a_process_whose_threads_all_hang_is_replaced():
    with Site(entry="hanging", is_seeded=True) as site:
        first = process_of(site)
        hung = [site.get("/compare/", timeout=timeouts.SECONDS)[0] for _ in range(2)]
        assert hung == [503, 503]
        assert (
            site.get("/privacy/", timeout=timeouts.SECONDS)[0] == 200
        )  # what needs no database has a thread of its own
        assert process_of(site) != first
        assert "hang: this process ends" in site.log.read_text()
