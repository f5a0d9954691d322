"""A mail server's address, the headers a message owes, and what is said when it is not taken."""

from datetime import UTC, datetime
from smtplib import SMTPRecipientsRefused, SMTPResponseException

import pytest

from app.core.mail import Letter, MailRefused, MailServer, message_of, said

BASE = "https://register.council.example"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("url", "scheme", "port", "user"),
    [
        ("smtp://mail.council.example", "smtp", 25, ""),
        ("smtps://mail.council.example", "smtps", 465, ""),
        ("smtp+starttls://mail.council.example", "smtp+starttls", 587, ""),
        ("smtp+starttls://some%40one@mail.council.example:2525", "smtp+starttls", 2525, "some@one"),
    ],
)
def test_an_address_says_how_the_mail_server_is_spoken_to(url: str, scheme: str, port: int, user: str) -> None:
    server = MailServer.at(url, base_url=BASE)
    assert (server.host, server.scheme, server.port, server.user) == ("mail.council.example", scheme, port, user)
    assert server.sender == "register@register.council.example"
    assert MailServer.at(f"{url}?from=contracts@council.example", base_url=BASE).sender == "contracts@council.example"


@pytest.mark.parametrize("url", ["mail.council.example", "https://mail.council.example", "smtp://", "smtp://host:far"])
def test_anything_else_is_refused_with_what_would_work(url: str) -> None:
    with pytest.raises(MailRefused, match="smtp://mail"):
        MailServer.at(url, base_url=BASE)


def test_a_message_says_that_no_person_wrote_it_and_where_it_can_be_stopped() -> None:
    letter = Letter("a@council.example", "Two\nlines", "In words", "<p>In words</p>", f"{BASE}/account", "digest-3")
    message = message_of(letter, MailServer("mail", 25, "smtp", sender="register@x.example"), base_url=BASE, now=NOW)
    assert message["Subject"] == "Two lines"
    assert message["Message-ID"] == "<digest-3@register.council.example>"
    assert message["Date"] == "Sun, 22 Nov 2026 09:00:00 +0000"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == f"<{BASE}/account>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


def test_what_the_server_said_is_said_plainly() -> None:
    assert said(SMTPResponseException(550, b"No such user")) == "550 No such user"
    assert said(SMTPRecipientsRefused({"a@b.example": (550, b"Unknown")})) == "550 Unknown"
    assert said(TimeoutError()) == "TimeoutError"
