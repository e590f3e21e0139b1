"""An SMTP server for tests: it takes mail over a real connection, or refuses it on request."""

import asyncio
import email
import email.policy
import logging
import re
import socket
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Session

from tests import timeouts

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line it hears

HANG_UP = "hang up"
TAKE_AND_HANG_UP = "take it and hang up"

Answer = Callable[[str], str | None]


@dataclass
class SmtpServer:
    """What the server took, and what it answers: `rcpt` and `data` get the recipient's address.

    With `waits_for`, no letter is taken before this many connections offer one, so that runs meet.
    """

    url: str = ""
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    offering: set[Session] = field(default_factory=set)
    waits_for: int = 0
    rcpt: Answer = lambda address: None
    data: Answer = lambda address: None
    sender: Answer = lambda address: None

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.letters]

    def read(self, number: int = -1) -> EmailMessage:
        """Return a letter as a mail program reads it."""
        return email.message_from_bytes(self.letters[number][1], policy=email.policy.default)

    # What follows is what aiosmtpd calls.

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        refused = self.sender(address)
        if refused:
            return refused
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.offering.add(session)
        while len(self.offering) < self.waits_for:
            await asyncio.sleep(0.01)
        refused = self.rcpt(address)
        if refused == HANG_UP:
            server.transport.abort()
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        refused = self.data(envelope.rcpt_tos[0])
        if refused not in (None, TAKE_AND_HANG_UP):
            return refused
        self.letters += [(recipient, envelope.content) for recipient in envelope.rcpt_tos]
        if refused:
            server.transport.abort()
        return "250 OK"


class _Controller(Controller):
    """A server on a port from the kernel, kept bound from the beginning."""

    def __init__(self, handler: SmtpServer) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        port = self.listening.getsockname()[1]
        super().__init__(handler, hostname="127.0.0.1", port=port, ready_timeout=timeouts.SECONDS)

    def _create_server(self):
        return self.loop.create_server(self._factory_invoker, sock=self.listening)


@contextmanager
def run_smtp_server():
    """Start a server on this machine for the block."""
    server = SmtpServer()
    controller = _Controller(server)
    controller.start()
    server.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield server
    finally:
        controller.stop()


def text_of_mail(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def html_of_mail(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()


def links_of(message: EmailMessage) -> list[str]:
    """Return the addresses in a letter: those of the text, then those of the HTML."""
    return re.findall(r"https?://\S+", text_of_mail(message)) + re.findall(
        r'href="([^"]+)"', html_of_mail(message)
    )
