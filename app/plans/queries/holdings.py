"""What the register holds for each part of a return, and where those rows are listed."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.pages import plural
from app.decisions.queries.activities import forthcoming_activities
from app.decisions.rules.horizon import rolling_horizon
from app.plans.queries.gaps import Counts, GapsAsked, Lacking, Whose
from app.plans.rules import Part
from app.register.models import Contract, Service, SocialValueCommitment
from app.register.queries import agreements, social_value
from app.register.queries.lacking import stands
from app.register.queries.narrowing import Over, Wanted, conditions
from app.register.queries.remembered import Remembered, stamp_of
from app.register.service_levels import AgreementStatus
from app.register.status import Status

#: What the rows of a part are called, one and several.
WORDS: Mapping[Part, tuple[str, str]] = {
    Part.SERVICES: ("service", "services"),
    Part.COMMISSIONED: ("running contract over the annex threshold", "running contracts over the annex threshold"),
    Part.FORTHCOMING: ("forthcoming activity", "forthcoming activities"),
    Part.AGREEMENTS: ("agreement with a trading company", "agreements with trading companies"),
    Part.SOCIAL_VALUE: ("social value statement or commitment", "social value statements and commitments"),
}


@dataclass(frozen=True)
class Holding:
    """The rows of one part."""

    part: Part
    number: int
    #: The list of exactly these rows.
    url: str

    @property
    def words(self) -> str:
        return plural(self.number, *WORDS[self.part])


_counted: Remembered[Mapping[Part, Counts]] = Remembered(50)


def holdings_of(session: Session, asked: GapsAsked, whose: Whose, path: str) -> dict[Part, Holding]:
    """By part; ``path`` is the return's own page, which lists what no other page lists by division."""
    key = (asked.reader.exempt_units, asked.today, asked.year)
    counts = _counted.get(stamp_of(session), key, lambda: _counts(session, asked))
    return {part: Holding(part, whose.of(counts[part]), _url(part, whose, path)) for part in Part}


def _counts(session: Session, asked: GapsAsked) -> Mapping[Part, Counts]:
    return {
        Part.SERVICES: _services(session),
        Part.COMMISSIONED: _contracts(session, asked),
        Part.FORTHCOMING: _activities(session, asked),
        Part.AGREEMENTS: Counter(one.unit for one in _agreements(session, asked)),
        Part.SOCIAL_VALUE: Counter(one.unit for one in _social_value(session, asked)),
    }


def _services(session: Session) -> Counts:
    unit = (Service.directorate_id, Service.division_id)
    query = select(*unit, func.count()).where(stands()).group_by(*unit).order_by(*unit)
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def _contracts(session: Session, asked: GapsAsked) -> Counts:
    """As the list of contracts counts them for this reader."""
    unit = (Contract.directorate_id, Contract.division_id)
    which = conditions(session, Wanted(status=Status.LIVE, over=Over.ANNEX), asked.reader, asked.today)
    query = select(*unit, func.count()).where(*which).group_by(*unit).order_by(*unit)
    return {(row[0], row[1]): row[2] for row in session.execute(query)}


def _activities(session: Session, asked: GapsAsked) -> Counts:
    horizon, today = rolling_horizon(asked.today), asked.today
    found = forthcoming_activities(session, asked.reader, horizon, as_at=today, today=today)
    return Counter((one.directorate_id, one.division_id) for one, _ in found)


def _url(part: Part, whose: Whose, path: str) -> str:
    unit = {"directorate": whose.directorate_id} if whose.division_id is None else {"division": whose.division_id}
    lists: Mapping[Part, tuple[str, Mapping[str, object]]] = {
        Part.SERVICES: ("/services", unit),
        Part.COMMISSIONED: ("/contracts", {"status": Status.LIVE.value, "over": Over.ANNEX.value, **unit}),
        Part.FORTHCOMING: ("/forthcoming", {"committee": "all", **unit}),
    }
    if part not in lists:
        return f"{path}/holds/{part.annex}"
    address, filters = lists[part]
    return f"{address}?{urlencode(filters)}"


# The two parts that no other page lists by division


def rows_of(session: Session, asked: GapsAsked, whose: Whose, part: Part) -> list[Lacking]:
    found = _agreements(session, asked) if part is Part.AGREEMENTS else _social_value(session, asked)
    return [one for one in found if whose.takes(one.unit)]


def _agreements(session: Session, asked: GapsAsked) -> list[Lacking]:
    lines = agreements.agreement_lines(session, asked.reader, asked.today)
    ids = [one.contract_id for one in lines if one.status is not AgreementStatus.ENDED and one.company_id is not None]
    query = select(Contract.id, Contract.directorate_id, Contract.division_id).where(Contract.id.in_(ids))
    units = {row[0]: (row[1], row[2]) for row in session.execute(query.order_by(Contract.id))}
    return [
        Lacking(one.title, f"/agreements/{one.contract_id}", units[one.contract_id], one.client_lead, _agreed(one))
        for one in lines
        if one.contract_id in units
    ]


def _agreed(one: agreements.AgreementLine) -> str:
    return f"With {one.company}, {one.status}"


def _social_value(session: Session, asked: GapsAsked) -> list[Lacking]:
    """The year's statements, and the commitments still to be kept."""
    stated = social_value.statements(session, asked.year.start).values()
    return [
        *(
            Lacking(f"Statement for {asked.year}", f"/social-value/statements/{one.id}", (one.directorate_id, None),
                    "", "Signed off" if one.signed_off_on else "Not signed off")
            for one in stated
        ),
        *_commitments(session, asked),
    ]  # fmt: skip


def _commitments(session: Session, asked: GapsAsked) -> list[Lacking]:
    commitment = SocialValueCommitment
    columns = (commitment.id, commitment.text, commitment.directorate_id, commitment.due_on)
    query = (
        select(*columns, Contract.division_id, Contract.title, Contract.manager_post)
        .outerjoin(Contract, Contract.id == commitment.contract_id)
        .where(commitment.withdrawn_reason.is_(None), social_value.visible(asked.reader, asked.today))
        .where((commitment.due_on.is_(None)) | (commitment.due_on >= asked.today))
        .order_by(commitment.id)
    )
    return [
        Lacking(
            row.text,
            f"/social-value/{row.id}",
            (row.directorate_id, row.division_id),
            row.manager_post or "",
            "; ".join(words for words in (row.title, f"by {day(row.due_on)}" if row.due_on else "") if words),
        )
        for row in session.execute(query)
    ]
