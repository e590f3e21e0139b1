"""The control: the same services with every rule switched off."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.test import override_settings


@contextmanager
def without_defence() -> Iterator[None]:
    anything_fits = patch("reviews.services.voting.judge.fits", lambda **_: True)
    no_network_is_held = patch("reviews.services.voting.judge._hold_networks", lambda *_: False)
    with anything_fits, no_network_is_held, override_settings(VOTES_PER_NETWORK=10**9):
        yield
