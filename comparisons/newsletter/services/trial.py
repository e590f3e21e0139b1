"""The next letter as a test to the signed-in editor."""

from datetime import datetime

from comparisons.newsletter.emails.connection import open_mail_connection
from comparisons.newsletter.emails.letter import Letter
from comparisons.newsletter.models import new_token
from reviews.services.rate_limits import allow

HOUR = 3600
MOST_IN_AN_HOUR = 6


class TooManyTrials(Exception):
    """The editor had enough of them; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def send_trial(*, letter: Letter, editor: int, address: str, now: datetime) -> None:
    """Send `letter` to the editor's own address, and record nothing.

    Its link to leave leads to nobody, and its Message-ID is not that of the letter which subscribers get:
    mail programs would hide the second. Raises TooManyTrials, MailServerDown, Refused and AnswerLost.
    """
    allowance = allow(key=f"newsletter trial {editor}", limit=MOST_IN_AN_HOUR, seconds=HOUR, now=now)
    if not allowance.is_allowed:
        raise TooManyTrials(allowance.retry_after)
    mail = letter.addressed_to(email=address, token=new_token())
    with open_mail_connection() as connection:
        connection.send(mail)
