"""One message by SMTP: plain text with an HTML alternative, and the headers that an automatic message owes."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from app.core.errors import Refusal

#: Seconds a mail server may take to answer.
PATIENCE = 15
OK = 250
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}


class MailRefused(Refusal):
    """The mail server was not reached, or did not take the message; what it said stands in the words."""


@dataclass(frozen=True)
class MailServer:
    """Where mail goes: smtp://, smtps:// or smtp+starttls://, with a user and a password where it asks for one."""

    host: str
    port: int
    scheme: str
    user: str = ""
    password: str = field(default="", repr=False)
    #: Whom the messages are from: ?from=register@council.example; else register@ the server the register runs on.
    sender: str = ""

    @classmethod
    def at(cls, url: str, *, base_url: str) -> Self:
        """Read SMTP_URL. Refuse one that is not an address of a mail server."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise MailRefused(_WRONG) from None
        if parts.scheme not in PORTS or not parts.hostname:
            raise MailRefused(_WRONG)
        given = parse_qs(parts.query).get("from", [""])[0]
        return cls(
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            scheme=parts.scheme,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            sender=given or f"register@{urlsplit(base_url).hostname or 'localhost'}",
        )


_WRONG = "SMTP_URL must be like smtp://mail.council.example, smtps://mail.council.example or smtp+starttls://mail.council.example"


@dataclass(frozen=True)
class Letter:
    """What is written to one address."""

    to: str
    subject: str
    text: str
    html: str
    #: Where a person says that no more is wanted.
    unsubscribe: str
    #: What no other letter has: the same letter sent twice is known by it.
    name: str


def message_of(letter: Letter, server: MailServer, *, base_url: str, now: datetime) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"] = server.sender
    message["To"] = letter.to
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(now)
    host = urlsplit(base_url).hostname or "localhost"
    message["Message-ID"] = f"<{letter.name}@{host}>" if letter.name else make_msgid(domain=host)
    message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.text)
    message.add_alternative(letter.html, subtype="html")
    return message


class Post:
    """A connection to the mail server, opened when the first message goes and again after a failure."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None

    def send(self, message: EmailMessage) -> None:
        """Hand the message over. Raise MailRefused, with what the server said, where it is not taken."""
        try:
            line = self._line or self._open()
            self._line = line
            line.send_message(message)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self.close()
            raise MailRefused(f"The mail server at {self._server.host} said: {said(error)}") from error

    def open(self) -> None:
        """Reach the server now, so that nothing waits for it later."""
        try:
            if self._line is not None and not _answers(self._line):
                self.close()
            self._line = self._line or self._open()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise MailRefused(f"The mail server at {self._server.host} was not reached: {said(error)}") from error

    def _open(self) -> smtplib.SMTP:
        server = self._server
        safe = ssl.create_default_context()
        line: smtplib.SMTP
        if server.scheme == "smtps":
            line = smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=safe)
        else:
            line = smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
        if server.scheme == "smtp+starttls":
            line.starttls(context=safe)
        if server.user:
            line.login(server.user, server.password)
        return line

    def close(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            line.close()


def _answers(line: smtplib.SMTP) -> bool:
    """Whether the server still listens: it may have hung up since the last message."""
    try:
        return line.noop()[0] == OK
    except (OSError, smtplib.SMTPException):
        return False


@contextmanager
def posting(server: MailServer) -> Iterator[Post]:
    post = Post(server)
    try:
        yield post
    finally:
        post.close()


def said(error: Exception) -> str:
    """What went wrong, as plainly as it can be said, and never the password."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_words(words)}" for code, words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_words(error.smtp_error)}"
    return str(error) or type(error).__name__


def _words(said_by_server: bytes | str) -> str:
    return said_by_server.decode(errors="replace") if isinstance(said_by_server, bytes) else said_by_server
