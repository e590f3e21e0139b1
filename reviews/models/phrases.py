"""Texts that complete a sentence of the site: how they must begin and end."""

import re

from django.core.exceptions import ValidationError

PEOPLE = re.compile(
    r"^(?:[\w-]+,? (?:and )?){0,3}"
    r"(?:everybody|everyone|anybody|anyone|those|people|persons|teams?|groups?|companies|studios|"
    r"developers?|engineers?|researchers?|scientists?|artists?|students?|teachers?|founders?|makers?|users?)\b",
    re.IGNORECASE,
)
LEADING_WORD = re.compile(r"(?:but|for|best|not|if|when|pick|avoid)\b", re.IGNORECASE)


def validate_phrase(text: str) -> None:
    """Raise ValidationError if `text` repeats the words it completes, or ends like a sentence."""
    if LEADING_WORD.match(text):
        raise ValidationError(f"Leave out “{text.split()[0]}”: the page says it.")
    if text.rstrip().endswith("."):
        raise ValidationError("Leave out the full stop: the text is a part of a sentence.")


def validate_best_for(text: str) -> None:
    """Raise ValidationError if `text` has neither form of best-for.

    One names people, begins with “you” and completes “pick it if …”; the other names a purpose and completes
    “pick it if it is for …”.
    """
    validate_phrase(text)
    if not names_people(text) and PEOPLE.match(text):
        raise ValidationError("Write people as “you are a team with large GPUs”, or name the use it is for.")


def names_people(best_for: str) -> bool:
    """Say whether a best-for names people (“you are …”) and not a purpose."""
    return best_for.casefold().startswith("you ")
