"""Answer a request for the register: the file and its covering words, kept as they were made."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.files import StoredFile, store_file
from app.council import queries as council
from app.publication.models import InformationAnswer
from app.publication.queries.answers import Answer, Narrowed, answer
from app.publication.rules.requests import answer_due, check_received, check_sent
from reports.files import File
from reports.transparency import DISCLOSURE
from reports.transparency_files import csv_file, letter_file, xlsx_file


@dataclass(frozen=True, kw_only=True)
class MakeAnswer:
    reference: str
    received_on: date
    narrowed: Narrowed


def make_answer(
    session: Session, wanted: MakeAnswer, folder: Path, *, by: str, now: datetime, today: date
) -> InformationAnswer:
    check_received(wanted.received_on, today)
    found = answer(session, wanted.narrowed, today)
    if not found.rows:
        raise Refusal("No agreement of the register is what these choices ask for: ask for more", field="directorate")
    csv, xlsx, letter = (
        _kept(session, folder, file, by) for file in answer_files(found, wanted.reference, organisation(session))
    )
    made = InformationAnswer(
        reference=wanted.reference,
        received_on=wanted.received_on,
        due_on=answer_due(wanted.received_on, council.bank_holidays(session)),
        asked=found.asked,
        rows=len(found.rows),
        made_at=now,
        made_by=by,
        csv_id=csv.id,
        xlsx_id=xlsx.id,
        letter_id=letter.id,
    )
    session.add(made)
    session.flush()
    return made


def organisation(session: Session) -> str:
    return council.the_council(session).name


def answer_files(found: Answer, reference: str, council_name: str) -> tuple[File, File, File]:
    """CSV, workbook and covering words."""
    stem = "contracts-register-answer"
    title = f"Request {reference}: contracts register"
    return (
        csv_file(stem, found.rows, DISCLOSURE),
        xlsx_file(stem, found.rows, DISCLOSURE, title),
        letter_file(f"{stem}-covering-words", found.covering_words(council_name), title),
    )


def _kept(session: Session, folder: Path, file: File, by: str) -> StoredFile:
    return store_file(session, folder, file.name, file.content, by=by)


def mark_sent(made: InformationAnswer, *, sent_on: date, by: str, today: date) -> None:
    if made.sent_on is not None:
        raise Refusal("It has been marked as sent already")
    check_sent(sent_on, made.received_on, today)
    made.sent_on, made.sent_by = sent_on, by
