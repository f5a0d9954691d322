"""How a finding about contracts is declared: as a condition in SQL, with its working said of one loaded contract."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Date, cast, null, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.base import ExecutableOption

from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.core.rights import Reader
from app.register.models import Contract
from app.register.visibility import amounts_open_to, rows_open_to

PAGE = "/contracts/{}"
#: What the one contract's id is bound as.
THIS_CONTRACT = "contract_id"


def edit(section: str) -> str:
    """The form of a section of the record."""
    return f"{PAGE}/edit/{section}"


@dataclass(frozen=True, kw_only=True)
class ContractFinding:
    """One kind of finding about contracts. One test holds condition and working together."""

    code: str
    one: str
    many: str
    severity: Severity
    source: str
    cure: str
    #: Which contracts, on a day; the dated settings are read from the session.
    condition: Callable[[Session, date], ColumnElement[bool]]
    #: Why this one is found, with its figures and dates.
    working: Callable[[Session, Contract, date], str]
    #: The same of one contract, whose id is bound as ``THIS_CONTRACT``: where the condition looks at all the others.
    of_one: Callable[[Session, date], ColumnElement[bool]] | None = None
    #: What the working reads beside the contract's own columns, loaded for all that are listed at once.
    loads: tuple[ExecutableOption, ...] = ()
    #: The day it is due, where there is one.
    due: Callable[[Session, date], ColumnElement[date]] | None = None
    #: Where it is mended, with the contract's number in the blank.
    mend: str = PAGE
    #: It tells something of the amount, so it is left out where the amount is exempt from the reader.
    tells_amount: bool = False
    #: What else its reader must be entitled to know, where it tells of more than the contract.
    told_to: Callable[[Reader, date], ColumnElement[bool]] | None = None


CONTRACT_FINDINGS: dict[str, ContractFinding] = {}


def about_contracts(finding: ContractFinding) -> ContractFinding:
    """Declare the finding, for the contract's page and for every list."""
    CONTRACT_FINDINGS[finding.code] = finding
    declare(
        FindingKind(
            code=finding.code,
            one=finding.one,
            many=finding.many,
            severity=finding.severity,
            source=finding.source,
            cure=finding.cure,
            subject="contract",
            page=PAGE,
            mend=finding.mend,
            rows=lambda session, asked: _rows(finding, session, asked),
            working=lambda session, asked, ids: _working(finding, session, asked, ids),
        )
    )
    return finding


def day_of(column: InstrumentedAttribute[date | None]) -> ColumnElement[date]:
    """A column of days, as what is due then."""
    return type_coerce(column, Date())


def narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    """The part of the register that is asked about, as far as the reader may see it."""
    wanted = asked.narrowed(
        subject=Contract.id,
        directorate=Contract.directorate_id,
        division=Contract.division_id,
        post=Contract.manager_post_key,
    )
    return [rows_open_to(asked.reader, asked.today), *wanted]


def applies(finding: ContractFinding, session: Session, asked: Asked) -> ColumnElement[bool]:
    """The finding's condition, said to this reader."""
    condition = finding.condition(session, asked.today)
    if finding.tells_amount:
        condition &= amounts_open_to(asked.reader)
    return condition & finding.told_to(asked.reader, asked.today) if finding.told_to is not None else condition


def _rows(finding: ContractFinding, session: Session, asked: Asked) -> Rows:
    due = finding.due(session, asked.today) if finding.due is not None else cast(null(), Date)
    return select(
        Contract.id,
        Contract.title,
        Contract.directorate_id,
        Contract.division_id,
        Contract.manager_post_key,
        due.label("due_on"),
    ).where(*narrowed(asked), applies(finding, session, asked))


def _working(finding: ContractFinding, session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    found = session.scalars(select(Contract).where(Contract.id.in_(ids)).options(*finding.loads).order_by(Contract.id))
    return {contract.id: finding.working(session, contract, asked.today) for contract in found}
