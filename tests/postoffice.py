"""A mail server for tests, that takes real mail over a real connection, or refuses it as it is told to."""

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

logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every line it hears

HANG_UP, TAKE_AND_HANG_UP = "hang up", "take it and hang up"

Answer = Callable[[str], str | None]


@dataclass
class Post:
    """What a server took, and what it answers. `rcpt` and `data` are asked with the recipient's address.

    With `waits_for` set, no letter goes through before so many connections were made: runs really meet.
    """

    url: str = ""
    letters: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    waits_for: int = 0
    rcpt: Answer = lambda address: None
    data: Answer = lambda address: None
    sender: Answer = lambda address: None

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.letters]

    def read(self, number: int = -1) -> EmailMessage:
        """A letter as a mail program reads it."""
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
        while self.connections < self.waits_for:
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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def post_office():
    """Start a server on this machine for as long as the block lasts."""
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=free_port())
    controller.start()
    post.url = f"smtp://127.0.0.1:{controller.port}"
    try:
        yield post
    finally:
        controller.stop()


def text_of_mail(message: EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def html_of_mail(message: EmailMessage) -> str:
    return message.get_body(("html",)).get_content()


def links_of(message: EmailMessage) -> list[str]:
    """Every address that a reader can follow: those of the text, then those of the HTML."""
    return re.findall(r"https?://\S+", text_of_mail(message)) + re.findall(r'href="([^"]+)"', html_of_mail(message))
