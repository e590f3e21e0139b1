"""/.well-known/security.txt: RFC 9116."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

ADDRESS = "/.well-known/security.txt"


def fields_of(response) -> dict[str, str]:
    return dict(line.split(": ", 1) for line in response.text.splitlines())


@pytest.mark.parametrize(
    "day",
    [
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2028, 2, 29, tzinfo=UTC),
        datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
    ],
)
def test_security_txt_names_a_contact_and_a_date_less_than_a_year_ahead(client, settings, day):
    with time_machine.travel(day, tick=False):
        response = client.get(ADDRESS)
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = fields_of(response)
    assert fields["Contact"] == settings.SECURITY_CONTACT == "mailto:security@127.0.0.1"
    assert fields["Canonical"] == f"{settings.SITE_URL}{ADDRESS}"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=100) < expires - day < timedelta(days=365)


def test_security_txt_is_the_same_for_everybody_and_may_be_cached(client, admin_client):
    assert client.get(ADDRESS).content == admin_client.get(ADDRESS).content
    assert client.get(ADDRESS)["Cache-Control"].startswith("public, max-age=")
    assert not client.get(ADDRESS).cookies
