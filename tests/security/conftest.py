"""The site as it is served, for what only the server and the front door can show."""

import pytest

from drills.site import Site


@pytest.fixture(scope="session")
def served():
    """Granian with the front door on a database of its own, behind a pretended proxy, with a mail server that
    is down."""
    with Site(TRUSTED_PROXIES="1", MAIL_URL="smtp://127.0.0.1:9?tls=false") as site:
        yield site
