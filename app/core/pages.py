"""What templates may call: formatters, the frame's facts, the menu. Templates choose words and order, never decide."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from flask import Flask, current_app, g, request, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined
from sqlalchemy import text

from app.core import dates, money
from app.core.access import current_reader
from app.core.clock import LONDON
from app.core.db import db
from app.core.forms import sentence_case
from app.core.sections import sections_of

VERSION = "0.1.0"

#: The menu: its words, address, and whether people who are not signed in see it.
MENU = (
    ("Home", "/"),
    ("Contracts", "/contracts"),
    ("Services", "/services"),
    ("Providers", "/providers"),
    ("Trading companies", "/trading-companies"),
    ("Social value", "/social-value"),
    ("Forthcoming", "/forthcoming"),
    ("Decisions", "/decisions"),
    ("Plans", "/plans"),
    ("Annexes", "/annexes"),
)


@dataclass(frozen=True)
class CouncilShown:
    """The council, as far as the frame of a page tells it."""

    name: str
    demo: bool


NO_COUNCIL = CouncilShown("No council yet", demo=False)


def council_shown() -> CouncilShown:
    """The council's name, read once a request. Plain SQL: the frame is below the room that owns the table."""
    if "council_shown" not in g:
        row = db.session.execute(text("SELECT name, demo FROM council ORDER BY id LIMIT 1")).first()
        g.council_shown = CouncilShown(row.name, bool(row.demo)) if row else NO_COUNCIL
    shown: CouncilShown = g.council_shown
    return shown


def menu() -> list[tuple[str, str, bool]]:
    if not current_reader().signed_in:
        return []
    return [(label, url, _stands_in(url)) for label, url in MENU]


def _stands_in(url: str) -> bool:
    return request.path == url or (url != "/" and request.path.startswith(f"{url}/"))


def plural(number: int, one: str, many: str | None = None) -> str:
    """Say "1 contract", "1,204 contracts"; ``many`` where an s does not do it."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def quantity(number: Decimal) -> str:
    """As "12.5" or "1,200": as many decimals as there are."""
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment(instant: datetime | None) -> str:
    """Say "31 March 2018, 3:05pm", in London's time."""
    if instant is None:
        return ""
    there = instant.astimezone(LONDON)
    return f"{dates.day(there.date())}, {there.hour % 12 or 12}:{there:%M}{'am' if there.hour < 12 else 'pm'}"  # noqa: PLR2004


@cache
def _fingerprint(filename: str) -> str:
    """A few characters that change with the file, so that browsers may keep it for a year."""
    kept = Path(current_app.static_folder or "") / filename
    return hashlib.sha256(kept.read_bytes()).hexdigest()[:12] if kept.exists() else "none"


def asset(filename: str) -> str:
    """The address of a built style sheet or script."""
    return url_for("static", filename=filename, v=_fingerprint(filename))


def _frame() -> dict[str, object]:
    return {
        "council": council_shown(),
        "reader": current_reader(),
        "navigation": menu(),
        "csp_nonce": g.get("csp_nonce", ""),
        "version": VERSION,
    }


def start_pages(app: Flask) -> None:
    """Give the app's templates their loader, formatters and frame."""
    app.jinja_loader = ChoiceLoader(
        [
            *(
                PackageLoader(f"app.{room}")
                for room in ("core", "accounts", "council", "register", "decisions", "plans")
            ),
            *(PackageLoader(f"app.{room}") for room in ("imports", "annexes", "publication", "home")),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        pounds=money.pounds,
        pounds_short=money.pounds_short,
        pounds_long=money.pounds_long,
        day=dates.day,
        moment=moment,
        quantity=quantity,
        plural=plural,
        sentence=sentence_case,
        sections=sections_of,
    )
    app.jinja_env.globals.update(csrf_token=generate_csrf, asset=asset)
    app.context_processor(_frame)
