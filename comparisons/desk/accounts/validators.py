"""What a password must be like, after NIST SP 800-63B-4, section 3.1.1.2.

At least 15 characters, 8 with a second factor. No rules about kinds of characters and no expiry, but common
passwords and the site's name are refused.
"""

import re
import string
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

FEWEST_ALONE = 15
FEWEST_WITH_SECOND_FACTOR = 8
MOST = 1024
AROUND = string.digits + string.punctuation + string.whitespace


def fewest_characters() -> int:
    return FEWEST_WITH_SECOND_FACTOR if settings.SECOND_FACTOR else FEWEST_ALONE


class LengthValidator:
    """Long enough. A repeated piece counts once: “abcabcabcabcabc” has three characters."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(_piece(password)) < fewest_characters():
            raise ValidationError(
                f"This password is too short. Use at least {fewest_characters()} characters; what is "
                "repeated counts once.",
                code="password_too_short",
            )
        if len(password) > MOST:
            raise ValidationError(
                f"This password is longer than {MOST} characters.", code="password_too_long"
            )

    def get_help_text(self) -> str:
        return (
            f"At least {fewest_characters()} characters. Any characters count, blanks too; a few words are "
            "easy to remember."
        )


class ListValidator(CommonPasswordValidator):
    """Not one of the 20,000 most common passwords, nor one of them between digits and punctuation."""

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        super().validate(password.strip(AROUND), user)

    def get_help_text(self) -> str:
        return "Not one of the passwords that are tried first, with or without digits around it."


class SiteWordsValidator:
    """Not with the site's name in it, which is guessed first."""

    def validate(self, password: str, user: Any = None) -> None:
        told = _letters(password)
        if any(word in told for word in site_words()):
            raise ValidationError(
                "The name of this site is among the first things to be tried.", code="password_site_word"
            )

    def get_help_text(self) -> str:
        return "Without the name of this site."


def site_words() -> set[str]:
    """Return the site's name and its host's, letters and digits only, of four characters or more."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    names = [settings.SITE_NAME, *settings.SITE_NAME.split(), *host.split(".")[:-1], host]
    return {letters for letters in map(_letters, names) if len(letters) >= 4 and not letters.isdigit()}


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def _piece(text: str) -> str:
    """Return the shortest piece that `text` repeats, or `text`: "abab" repeats "ab"."""
    again = (text + text).find(text, 1)
    return text[:again] if text else text
