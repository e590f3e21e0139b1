"""Pages marked as needing no database send no query."""

import pytest
from django.test import Client
from django.urls import path

from comparisons.http.front_door.routes import addresses_without_database
from comparisons.views.home import home

ADDRESSES = sorted(addresses_without_database())


def test_known_pages_without_a_database_are_found():
    assert "/privacy/" in ADDRESSES
    assert "/newsletter/asked/" in ADDRESSES


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_without_a_database_answer_where_every_query_is_an_error(address):
    """Without the mark `django_db` a test may not query."""
    assert Client().get(address).status_code in (200, 302)


def test_the_check_itself_can_fail(settings):
    class Urls:
        urlpatterns = [path("", home)]

    settings.ROOT_URLCONF = Urls
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Client().get("/")
