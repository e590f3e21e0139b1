import socket

import pytest
from django.core.management import call_command
from hypothesis import settings

# How long one example takes says more about the machine than about the code.
settings.register_profile("panelship", deadline=None)
settings.load_profile("panelship")


@pytest.fixture(autouse=True)
def _no_network(monkeypatch):
    """The suite talks to this machine only."""
    connect = socket.socket.connect

    def guarded(self, address):
        if isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"A test tried to reach {address[0]}.")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def catalogue(db):
    """The sample catalogue, as `make run` loads it."""
    call_command("seed", verbosity=0)
