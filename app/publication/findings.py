"""What is due about publishing: a quarter's file that is late, and redactions whose review day has come."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Date, Integer, String, cast, exists, false, func, literal, null, select, true
from sqlalchemy.orm import Session

from app.core.access import Permission
from app.core.dates import day
from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.council.models import Council
from app.publication.models import FieldRedaction
from app.publication.queries.due import quarters_overdue
from app.publication.queries.redactions import standing_of
from app.register.findings.of_contracts import PAGE, ContractFinding, about_contracts
from app.register.models import Contract


def _is_answerable(asked: Asked) -> bool:
    """It is the council's, and of those who may publish."""
    return asked.directorate_id is None and asked.reader.may_in(Permission.PUBLISH, None)


def _late_files(session: Session, asked: Asked) -> Rows:
    late = quarters_overdue(session, asked.today) if _is_answerable(asked) else []
    title = ", ".join(str(one) for one in late)
    return select(
        Council.id,
        literal(f"Contracts register: {title}").label("title"),
        cast(null(), Integer).label("directorate_id"),
        cast(null(), Integer).label("division_id"),
        cast(null(), String).label("manager_post_key"),
        (literal(late[0].due_on, Date()) if late else cast(null(), Date)).label("due_on"),
    ).where(true() if late else false())


def _why_late(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    late = quarters_overdue(session, asked.today)
    words = "; ".join(f"{one} was due on {day(one.due_on)}" for one in late)
    return dict.fromkeys(ids, f"{words}: one month after the quarter.")


LATE = declare(
    FindingKind(
        code="TC2",
        one="quarter’s contracts register that is not published",
        many="quarters’ contracts registers that are not published",
        severity=Severity.ACT,
        source="Local Government Transparency Code 2015: quarterly, not later than one month after the quarter",
        cure="Look at the file, mend what is missing, and publish it.",
        subject="published register",
        page="/publication",
        rows=_late_files,
        working=_why_late,
    )
)


def _review_due(_session: Session, today: date) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            FieldRedaction.contract_id == Contract.id,
            FieldRedaction.lifted_on.is_(None),
            FieldRedaction.review_on <= today,
        )
        .correlate(Contract)
    )


def _first_review(_session: Session, _today: date) -> ColumnElement[date]:
    return (
        select(func.min(FieldRedaction.review_on))
        .where(FieldRedaction.contract_id == Contract.id, FieldRedaction.lifted_on.is_(None))
        .correlate(Contract)
        .scalar_subquery()
    )


def _why_review(session: Session, found: Contract, today: date) -> str:
    due = [one for one in standing_of(session, found.id) if one.review_on <= today]
    words = "; ".join(f"{one.field.words}, to be looked at again on {day(one.review_on)}" for one in due)
    return f"Withheld: {words}."


REVIEW = about_contracts(
    ContractFinding(
        code="redaction-review",
        one="contract with a withheld field whose review day has come",
        many="contracts with a withheld field whose review day has come",
        severity=Severity.SOON,
        source="Procurement Act 2023, section 94; Freedom of Information Act 2000: what is sensitive fades after award",
        cure="Ask whether the field is still sensitive. Publish it, or say until when it stays withheld.",
        condition=_review_due,
        working=_why_review,
        due=_first_review,
        mend=f"{PAGE}/published",
    )
)
