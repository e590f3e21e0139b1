"""Django's mail backend, which also tells whether a letter may have arrived."""

import smtplib
from typing import Any

from django.core.mail.backends import smtp


class AnswerLost(Exception):
    """The letter was handed over without an answer: it may have arrived."""


class _Connection(smtplib.SMTP):
    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand a letter over. From here on, only an answer tells whether it arrived."""
        try:
            return super().data(msg)
        except smtplib.SMTPResponseException:
            raise
        except OSError as lost:  # a closed connection and a deadline that passed are both of this kind
            raise AnswerLost from lost


class _TlsConnection(_Connection, smtplib.SMTP_SSL):
    pass


class EmailBackend(smtp.EmailBackend):
    """The backend in `MAILERS` if MAIL_URL is set."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _TlsConnection if self.use_ssl else _Connection
