"""What the text of a setting must be like."""

from itertools import chain, product

import pytest
from marshmallow import ValidationError

from comparisons.settings_validators import (
    are_hosts,
    is_database_url,
    is_secret,
    is_site_name,
    is_site_url,
    must,
)

FINE = {
    are_hosts: [
        [],
        ["a.example", "b.example"],
        [".a.example"],
        ["127.0.0.1", "localhost", "[::1]"],
        ["*"],
        ["A.example"],
    ],
    is_site_url: [
        "http://127.0.0.1:8000",
        "https://panelship.example/",
        "https://Panelship.example:8443",
        "http://[::1]:8000",
        "http://localhost",
    ],
    is_site_name: ["P", "x" * 40, "Was wir wählen 👩‍💻", "Panel\u00a0ship"],
    is_secret: ["k" * 40, "$" + "k" * 39, "ten words and more, with a blank between each one of them"],
    is_database_url: [
        "sqlite:////var/lib/panelship.sqlite3",
        "postgres://user:p%40ss@host:5432/name",
        "postgresql://user@[::1]:5432/name",
        "postgres://user@%2Fvar%2Frun%2Fpostgresql/name",
        "postgres:///name",
    ],
}
WRONG = {
    are_hosts: [
        [""],
        ["", ""],
        ["a.example", ""],
        ["a example"],
        ["https://a.example"],
        ["a.example:80"],
        ["."],
        ["a..b"],
        ["[::g]"],
    ],
    is_site_url: [
        "",
        "panelship.example",
        "ftp://h",
        "https://",
        "https://h/path",
        "https://h/#x",
        "https://h#",
        "https://h?",
        "https://h/?x=1",
        "https://user:pw@h",
        "https://@h",
        "https://h:99999",
        "https://h:0",
        "https://h:",
        "https://h:port",
        "https://a b",
        " https://h",
        "https://h\n",
        "https://h:80:80",
        "https://[::1",
        "https://[::g]",
        "https://[fe80::1%eth0]",
        "https://-h",
    ],
    is_site_name: [
        "",
        "   ",
        "x" * 41,
        "Panel\nship",
        "Panel\rship",
        "Panel\u2028ship",
        "Panel\tship",
        "Panel\udcff",
    ],
    is_secret: ["", "short", " " * 45, "k" * 39 + " " * 10],
    is_database_url: [
        "",
        "nonsense",
        "mysql://localhost/x",
        "postgres://",
        "postgres://u:p@host",
        "postgres://u:p@host:abc/n",
        "postgres://u:p@host:99999/n",
        "postgres://u:p@[host/n",
    ],
}


def cases(values_by_rule):
    """Return every rule with each of its values."""
    return list(chain.from_iterable(product([rule], values) for rule, values in values_by_rule.items()))


@pytest.mark.parametrize(("rule", "value"), cases(FINE))
def test_a_right_value_is_accepted(rule, value):
    must(rule)(value)


@pytest.mark.parametrize(("rule", "value"), cases(WRONG))
def test_a_wrong_value_is_refused(rule, value):
    with pytest.raises(ValidationError):
        must(rule)(value)
