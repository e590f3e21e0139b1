"""Django's way to the mail server, with one difference: it tells whether a letter may have arrived."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class AnswerLost(Exception):
    """The letter was handed over, but the server's answer never came: it may have arrived or not."""


class _Telling(smtplib.SMTP):
    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand a letter over. Until here nothing has been sent; from here on, only an answer can tell."""
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as lost:  # a closed connection and a deadline that passed are both of this kind
            raise AnswerLost from lost


class _TellingInsideTls(_Telling, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """What `MAILERS` names when MAIL_URL is set."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _TellingInsideTls if self.use_ssl else _Telling
