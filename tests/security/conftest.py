"""The site as it is served, for tests of the server and the front door."""

import pytest

from drills.site import Site


@pytest.fixture(scope="session")
def served():
    """Granian with the front door on its own database, behind a pretended proxy, with a dead mail server."""
    with Site(TRUSTED_PROXIES="1", MAIL_URL="smtp://127.0.0.1:9?tls=false") as site:
        yield site
