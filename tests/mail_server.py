"""A real SMTP server on this machine, which keeps what it is given and can be told to refuse it."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask

from config import Settings


@dataclass
class Mailbox:
    """What the server was given, and what it says to the next message."""

    messages: list[EmailMessage] = field(default_factory=list)
    #: Answers for the next messages; taken when it is empty.
    refusals: list[str] = field(default_factory=list)
    #: Seconds it thinks about each message.
    slow: float = 0
    url: str = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - Any: aiosmtpd's own
        time.sleep(self.slow)  # noqa: ASYNC251 - one message after the other, as a slow server does
        if self.refusals:
            return self.refusals.pop(0)
        self.messages.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 Taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [one for one in self.messages if one["To"] == address]


@contextmanager
def mail_to(app: Flask) -> Iterator[Mailbox]:
    """Run the server for the block; the app sends through it."""
    mailbox = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    mailbox.url = f"smtp://127.0.0.1:{port}?from=register@wold.example"
    before: Settings = app.extensions["settings"]
    app.extensions["settings"] = replace(before, smtp_url=mailbox.url, base_url="https://register.wold.example")
    try:
        yield mailbox
    finally:
        app.extensions["settings"] = before
        controller.stop()


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    return part.get_content() if part else ""
