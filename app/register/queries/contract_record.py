"""One contract as its page shows it. So many statements, whatever hangs on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, case, inspect, select, union
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from app.core.rights import Reader
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.register import reckoning
from app.register.approvals import Tolerance
from app.register.models import (
    Approval,
    Contract,
    ContractEvent,
    ContractProvider,
    ContractService,
    ContractStage,
    ExtensionOption,
    SignalOverride,
)
from app.register.queries import hanging
from app.register.queries.contract_life import Life, Told, life_of
from app.register.queries.lines import NEEDED, ContractLine, line
from app.register.reckoning import ArrangementPart, Reckoned, Settings
from app.register.sentence import Spoken, read_aloud
from app.register.settling import annual_amount, approval_of, term_of, values_of
from app.register.signals import Signal, SignalKind
from app.register.status import Status, standing_of, status_on
from app.register.visibility import (
    amounts_open_to,
    approvals_open_to,
    may_see,
    may_see_amounts,
    rows_open_to,
    sums_open_to,
)

#: Call-offs and successors named on a page.
MOST_RELATED = 100


@cache
def _whole() -> Select[Contract]:
    """A contract with what most pages say of it. Put into words once: that takes longer than reading it.

    What few have (an arrangement, a framework, an approval) is wide, and read where there is one.
    """
    return (
        select(Contract)
        .where(Contract.id == bindparam("contract_id"))
        .options(
            joinedload(Contract.directorate),
            joinedload(Contract.division),
            joinedload(Contract.lead_service),
            joinedload(Contract.category),
            joinedload(Contract.programme),
            joinedload(Contract.outcome),
        )
    )


@cache
def _parts() -> Mapping[str, Select[Any]]:
    """The rows of each collection of a contract, in its order."""
    asked: BindParameter[int] = bindparam("contract_id")
    return {
        hanging.PROVIDERS: (
            select(ContractProvider)
            .where(ContractProvider.contract_id == asked)
            .options(joinedload(ContractProvider.provider))
            .order_by(ContractProvider.position, ContractProvider.id)
        ),
        hanging.OTHER_SERVICES: (
            select(ContractService)
            .where(ContractService.contract_id == asked)
            .options(joinedload(ContractService.service))
            .order_by(ContractService.id)
        ),
        hanging.OPTIONS: (
            select(ExtensionOption)
            .where(ExtensionOption.contract_id == asked)
            .order_by(ExtensionOption.position, ExtensionOption.id)
        ),
        hanging.EVENTS: (
            select(ContractEvent)
            .where(ContractEvent.contract_id == asked)
            .options(joinedload(ContractEvent.approval))
            .order_by(ContractEvent.effective_on, ContractEvent.id)
        ),
        hanging.OVERRIDES: (
            select(SignalOverride).where(SignalOverride.contract_id == asked).order_by(SignalOverride.id)
        ),
    }


def _load_parts(session: Session, found: Contract, there: frozenset[str]) -> None:
    """Fill the collections not yet read: those with rows by a statement each, the others by none."""
    for name in inspect(found).unloaded & _parts().keys():
        rows: Sequence[Any] = ()
        if name in there:
            rows = session.scalars(_parts()[name], {"contract_id": found.id}).all()
        set_committed_value(found, name, list(rows))


def contract(session: Session, contract_id: int, reader: Reader, today: date) -> Contract:
    """One contract with all that settling and its page read. NoResultFound where this reader may see none."""
    found = session.scalars(_whole(), {"contract_id": contract_id}).one()
    there = hanging.note_what_hangs(session, contract_id)
    hanging.tell(found, there)
    _load_parts(session, found, there)
    if not may_see(reader, found, today):
        raise NoResultFound
    return found


def settings_on(session: Session, today: date) -> Settings:
    """The annex threshold of the plan year that today is in, and the rest as of today."""
    percent, at_most = council.approval_tolerance(session, today)
    return Settings(
        annex=council.annex_threshold(session, FinancialYear.of(today).first),
        key=council.key_threshold(session, today),
        lead_times=council.lead_times(session, today),
        tolerance=Tolerance(percent, at_most),
    )


def parts_of_arrangement(session: Session, found: Contract, reader: Reader) -> list[ArrangementPart]:
    """The contracts it is counted with, as far as the whole's figure reads them; stored figures are settled ones."""
    if found.arrangement_id is None:
        return []
    rows = session.execute(
        select(
            Contract.id,
            Contract.parent_id,
            Contract.whole_life_figure,
            Contract.annual_figure,
            Contract.maximum_at_least,
            case((amounts_open_to(reader), 0), else_=1),
        )
        .where(Contract.arrangement_id == found.arrangement_id, Contract.withdrawn_at.is_(None))
        .order_by(Contract.id)
    )
    return [ArrangementPart(row[0], row[1], row[2], row[3], row[4], withheld=bool(row[5])) for row in rows]


@dataclass(frozen=True)
class Related:
    """Contracts that point at this one."""

    #: The latest recorded first.
    successors: tuple[Contract, ...]
    call_offs: tuple[ContractLine, ...]

    @property
    def successor(self) -> Contract | None:
        """The one that counts: awarded before planned."""
        awarded = (one for one in self.successors if one.stage is ContractStage.AWARDED)
        return next(awarded, self.successors[0] if self.successors else None)


def related(session: Session, contract_id: int, reader: Reader, today: date) -> Related:
    numbers = session.scalars(_pointing_at(), {"contract_id": contract_id}).all()
    if not numbers:
        return Related((), ())
    found = session.scalars(
        select(Contract)
        .where(Contract.id.in_(numbers), rows_open_to(reader, today))
        .options(*NEEDED)
        .order_by(Contract.id.desc())
    ).all()
    call_offs = sorted((one for one in found if one.parent_id == contract_id), key=lambda one: (one.title_key, one.id))
    return Related(
        tuple(one for one in found if one.replaces_id == contract_id),
        tuple(line(one, reader, today, note="") for one in call_offs),
    )


@cache
def _pointing_at() -> Select[int]:
    """Two look-ups: read in one step with what the reader may see, SQLite goes through every contract."""
    asked: BindParameter[int] = bindparam("contract_id")
    both = union(
        select(Contract.id).where(Contract.replaces_id == asked, Contract.id != asked),
        select(Contract.id).where(Contract.parent_id == asked, Contract.id != asked),
    ).subquery()
    return select(both.c.id).order_by(both.c.id.desc()).limit(MOST_RELATED)


@dataclass(frozen=True)
class ContractShown:
    """What a contract's page says beside its own columns."""

    sentence: str
    status: Status
    reckoned: Reckoned
    signals: tuple[Signal, ...]
    warnings: tuple[str, ...]
    related: Related
    #: This contract's amounts are withheld from this reader; or those of the arrangement it is tested with.
    withheld: bool
    tests_withheld: bool
    framework: Contract | None
    follows: Contract | None
    life: Life
    #: Overrides that count today, by signal.
    overrides: Mapping[SignalKind, SignalOverride]
    #: Past its end with nothing in its place.
    is_left_open: bool
    #: What it runs under now, where the sum that allows tells this reader no exempt amount.
    sum_under: Approval | None
    #: The decision it was let under, where the reader may know of it.
    let_under: Approval | None


def contract_shown(session: Session, found: Contract, reader: Reader, today: date) -> ContractShown:
    settings, parts = settings_on(session, today), parts_of_arrangement(session, found, reader)
    followed = hanging.hangs(found, hanging.FOLLOWERS) or hanging.hangs(found, hanging.CALL_OFFS)
    beside = related(session, found.id, reader, today) if followed else Related((), ())
    withheld = not may_see_amounts(reader, found)
    if withheld:
        settings = replace(settings, lead_times=settings.lead_times.whatever_the_value())
    reckoned = reckoning.reckon(found, settings, parts, today=today)
    counting = reckoning.overrides_in_force(found, today)
    rules = {kind: reckoning.as_rule(one) for kind, one in counting.items()}
    signals = reckoning.signals_of(found, settings, beside.successor, today=today, overrides=rules)
    status = status_on(standing_of(found), today)
    kept_back = approvals_kept_back(session, found, reader, today)
    runs_under = approval_of(found)
    sum_open = not withheld and sum_is_open(session, found, reader)
    sum_open = sum_open and (runs_under is None or runs_under.id not in kept_back)
    told = Told(today, withheld=withheld, sum_open=sum_open, kept_back=kept_back)
    return ContractShown(
        sentence=sentence(found, today, withheld=withheld),
        status=status,
        reckoned=reckoned,
        signals=signals,
        warnings=() if not sum_open else reckoning.news((), reckoning.cautions_of(found, reckoned, settings)),
        related=beside,
        withheld=withheld,
        tests_withheld=withheld or any(part.withheld for part in parts),
        framework=_seen(found.parent, reader, today),
        follows=_seen(found.replaces, reader, today),
        life=life_of(session, found, settings, beside.call_offs, told),
        overrides=counting,
        is_left_open=status is Status.EXPIRED and not reckoning.is_replaced(found, beside.successor, today),
        sum_under=runs_under if sum_open else None,
        let_under=found.approval if found.approval_id not in kept_back else None,
    )


def approvals_kept_back(session: Session, found: Contract, reader: Reader, today: date) -> frozenset[int]:
    """Of the decisions it was let or changed under, those of which the reader may not know."""
    named = {one for one in (found.approval_id, *(event.approval_id for event in found.events)) if one is not None}
    if not named or reader.exempt_units.everywhere:
        return frozenset()
    return frozenset(
        session.scalars(select(Approval.id).where(Approval.id.in_(named), ~approvals_open_to(reader, today)))
    )


def sum_is_open(session: Session, found: Contract, reader: Reader) -> bool:
    """The sum of the approval it runs under tells no amount that is exempt from the reader."""
    approval = approval_of(found)
    if approval is None or reader.exempt_units.everywhere:
        return True
    return session.scalar(select(Approval.id).where(Approval.id == approval.id, sums_open_to(reader))) is not None


def sentence(found: Contract, today: date, *, withheld: bool) -> str:
    return read_aloud(
        Spoken(
            title=found.title,
            providers=[entry.provider.name for entry in found.providers],
            term=term_of(found),
            amount=values_of(found).current or annual_amount(found),
            exempt=withheld,
            ended_early_on=found.ended_early_on,
            end_condition=found.end_condition or "",
        ),
        today=today,
    )


def _seen(other: Contract | None, reader: Reader, today: date) -> Contract | None:
    return other if other is not None and may_see(reader, other, today) else None
