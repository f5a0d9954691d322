"""The day each finding is due, whatever room declares it, and whichever way it is asked for."""

from collections.abc import Iterator
from datetime import date, datetime

from flask import Flask
from sqlalchemy.orm import Session

from app.core.findings import Asked, FindingKind, kinds
from app.core.rights import Grant, Permission, Reader
from app.register.queries import findings
from app.register.queries.findings import Order
from tests.integration.kept_back import keep_back
from tests.integration.whole_council import a_whole_council

KEEPER = Reader(1, "Morgan Ash", (Grant(frozenset(Permission)),))
#: Before and after a committee meets.
DAYS = (date(2026, 11, 22), date(2027, 2, 22))


def due(session: Session, kind: FindingKind, asked: Asked) -> Iterator[tuple[int, object]]:
    """By the record's id, as its list has it and as its page has it."""
    listed = findings.found_page(session, kind, asked, Order())
    yield from ((one.id, one.due_on) for one in listed)
    if listed and kind.subject != "contract":
        of_it = Asked(asked.reader, asked.today, subject_id=listed[0].id)
        flags = {flag.kind.code: flag for flag in findings.flags_of(session, kind.subject, of_it)}
        yield listed[0].id, flags[kind.code].due_on


def test_every_finding_is_due_on_a_day_or_on_none(app: Flask, session: Session) -> None:
    keep_back(session, a_whole_council(session, app.extensions["settings"].files_dir))
    found = {
        (kind.code, number, on)
        for kind in kinds()
        for today in DAYS
        for number, on in due(session, kind, Asked(KEEPER, today))
    }
    assert len({code for code, *_ in found}) > 20, "a council that lacks much"
    wrong = [one for one in found if one[2] is not None and (type(one[2]) is not date or isinstance(one[2], datetime))]
    assert not wrong, wrong
