"""What a password must be like, after NIST SP 800-63B-4."""

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


def problems(password: str, user: User | None = None) -> set[str]:
    try:
        validate_password(password, user)
    except ValidationError as wrong:
        return {error.code for error in wrong.error_list}
    return set()


@pytest.fixture(params=[True, False], ids=["with a second factor", "alone"])
def second_factor(request, settings):
    settings.SECOND_FACTOR = request.param
    return request.param


@pytest.mark.parametrize(
    ("length", "fine_with", "fine_alone"),
    [(7, False, False), (8, True, False), (14, True, False), (15, True, True)],
)
def test_a_password_has_15_characters_alone_and_8_with_a_second_factor(
    second_factor, length, fine_with, fine_alone
):
    password = "tq7#wv!kz0-mbxe9ru"[:length]
    assert (problems(password) == set()) == (fine_with if second_factor else fine_alone)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "8294 5519 3062 7748",
        "äöüß çœ ñandú ëtwas",
        "ЖурналНаполеонЪ15",
        "🦦🪨🫧🎻🧿🪁🫖🪗🪩🪴🫠🛖🪵🥨🦔",
        "tQ " + "x7 " * 300 + "!",
    ],
    ids=["lower case alone", "digits alone", "accents", "Cyrillic", "emoji", "very long"],
)
def test_any_characters_will_do_and_long_ones_too(second_factor, password):
    assert problems(password) == set()


@pytest.mark.parametrize(
    "password", ["abcabcabcabcabcabc", "aaaaaaaaaaaaaaaaaaaa", "12341234123412341234", "tq7#tq7#tq7#tq7#tq7#"]
)
def test_repeated_parts_of_a_password_count_once(second_factor, password):
    assert "password_too_short" in problems(password)


@pytest.mark.parametrize(
    "password",
    ["password", "Password123456789", "iloveyou!!!!!!!!!!!!", "  sunshine 2026 2026", "qwertyuiop"],
)
def test_common_passwords_are_refused_with_ornaments_too(second_factor, password):
    assert "password_too_common" in problems(password)


@pytest.mark.parametrize(
    "password",
    ["my-panelship-words-7", "PANELSHIP is fine 42", "p.a.n.e.l.s.h.i.p 2026", "Panelship2026Panel"],
)
def test_the_name_of_the_site_is_refused(second_factor, password):
    assert "password_site_word" in problems(password)


def test_another_sites_name_and_host_are_refused_there(settings):
    settings.SITE_NAME = "Tool Court"
    settings.SITE_URL = "https://verdicts.example.org"
    for password in ("toolcourt-lamp-otter", "a court of lamp-otters", "verdicts-lamp-otter-9"):
        assert "password_site_word" in problems(password)
    assert problems("panelship-lamp-otter") == set()


def test_passwords_with_personal_words_are_refused(second_factor):
    user = User(username="grace.hopper", email="grace@desk.example", last_name="Hopper")
    assert "password_too_similar" in problems("grace.hopper.12", user)
    assert problems("lamp-cobalt-otter-nine", user) == set()


def test_a_password_has_a_longest_length(second_factor):
    assert "password_too_long" in problems("".join(map(str, range(500))))
