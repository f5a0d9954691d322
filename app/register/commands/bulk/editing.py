"""Setting the same things on many contracts: every change shown first, contract by contract, then done in one act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from app.core.audit import give_reason
from app.core.dates import add_months, day
from app.core.errors import Refusal
from app.core.rights import Permission, Reader
from app.register.commands import contract_events
from app.register.commands.bulk.acts import CHANGED_SINCE, NOT_YOURS, Acting, Left, keep_act
from app.register.commands.contracts import change_contract, finish
from app.register.commands.services import contracts_to_settle
from app.register.models import BulkChange, BulkKind, Category, Contract, Service
from app.register.regime import Regime
from app.register.units import UnitChosen
from app.register.visibility import may_see

#: One act sets no more contracts than this: a page of that many can still be read and sent.
MOST = 5_000


class Item(StrEnum):
    """What may be set on many contracts at once. Amounts, dates and ends as awarded are no such thing."""

    MANAGER = "manager_post"
    UNIT = "unit"
    SERVICE = "service"
    CATEGORY = "category"
    PROGRAMME = "programme"
    OUTCOME = "outcome"
    ARRANGEMENT = "arrangement"
    PROCUREMENT_STATUS = "procurement_status"
    REGIME = "regime"
    REVIEW = "review_on"
    LEAD_TIME = "lead_time_months"
    CONFIRM = "confirmed_on"
    WITHDRAW = "withdrawn"


LABELS: Mapping[Item, str] = {
    Item.MANAGER: "Contract manager",
    Item.UNIT: "Directorate or division",
    Item.SERVICE: "Service",
    Item.CATEGORY: "Category",
    Item.PROGRAMME: "Programme",
    Item.OUTCOME: "Outcome",
    Item.ARRANGEMENT: "Arrangement",
    Item.PROCUREMENT_STATUS: "Procurement status",
    Item.REGIME: "Legal regime",
    Item.REVIEW: "Review date",
    Item.LEAD_TIME: "Lead time in months",
    Item.CONFIRM: "Confirmed as correct",
    Item.WITHDRAW: "Withdrawn",
}


@dataclass(frozen=True)
class Chosen:
    """A contract to change, and the version a person was shown; None before they were."""

    id: int
    version: int | None = None


@dataclass(frozen=True)
class Difference:
    """One thing that would change."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Row:
    """What would become of one contract."""

    id: int
    version: int
    title: str
    reference: str | None
    differences: tuple[Difference, ...] = ()
    warnings: tuple[str, ...] = ()
    #: Why it is left as it is, and what would help.
    problem: str = ""


@dataclass
class BulkEdit:
    """Every change an act would make, and every contract it would leave."""

    answers: Mapping[Item, Any]
    changing: list[Row] = field(default_factory=list)
    same: list[Row] = field(default_factory=list)
    refused: list[Row] = field(default_factory=list)

    @property
    def left(self) -> list[Left]:
        """What this person could have changed; what is not theirs is told before, and was never meant."""
        return [("contract", row.id, row.problem) for row in self.refused if not row.problem.startswith(NOT_YOURS)]

    @property
    def warned(self) -> int:
        return sum(bool(row.warnings) for row in self.changing)


def try_edit(
    session: Session,
    chosen: Sequence[Chosen],
    answers: Mapping[Item, Any],
    reader: Reader,
    *,
    acting: Acting,
    today: date,
) -> BulkEdit:
    """Set the answers on the contracts in this session and tell what changed. Whoever only looks rolls back."""
    if not answers:
        raise Refusal("Choose at least one thing to change", field="items")
    if len(chosen) > MOST:
        raise Refusal(f"Choose {MOST:,} contracts at most: narrow the list with its filters")
    _check_targets(session, answers, reader)
    found = BulkEdit(answers)
    versions = {one.id: one.version for one in chosen}
    with session.no_autoflush:
        contracts = {one.id: one for one in _loaded(session, list(versions))}
        for one in chosen:
            contract = contracts.get(one.id)
            if contract is not None and may_see(reader, contract, today):
                _try_row(session, contract, one.version, found, reader, acting, today)
    return found


def _loaded(session: Session, ids: Sequence[int]) -> list[Contract]:
    """Everything each change reads, loaded together, and locked until the act is done."""
    found = session.scalars(
        select(Contract)
        .where(Contract.id.in_(ids))
        .options(
            joinedload(Contract.directorate),
            joinedload(Contract.division),
            joinedload(Contract.programme),
            joinedload(Contract.outcome),
            joinedload(Contract.arrangement),
            selectinload(Contract.other_services),
        )
        .order_by(Contract.id)
        .with_for_update(of=Contract)
    ).all()
    contracts_to_settle(session, Contract.id.in_(ids))
    return list(found)


def _try_row(
    session: Session,
    contract: Contract,
    version: int | None,
    found: BulkEdit,
    reader: Reader,
    acting: Acting,
    today: date,
) -> None:
    row = Row(contract.id, contract.version, contract.title, contract.reference)
    problem = _problem(contract, version, found.answers, reader)
    if problem:
        found.refused.append(_with(row, problem=problem))
        return
    before = {item: SAID[item](contract) for item in found.answers}
    stood = warnings_of(contract, today)
    unit = (contract.directorate, contract.division)
    for item, answer in found.answers.items():
        SET[item](session, contract, answer, acting, today)
    finish(session, contract)
    differences = tuple(
        Difference(LABELS[item], old, new) for item, old in before.items() if old != (new := SAID[item](contract))
    )
    warnings = [words for words in warnings_of(contract, today) if words not in stood]
    if Item.UNIT not in found.answers and (contract.directorate_id, contract.division_id) != _ids(unit):
        warnings.insert(0, f"It moves to {_unit_of_service(contract)}, because its service gives its directorate")
    if differences:
        found.changing.append(_with(row, differences=differences, warnings=tuple(warnings)))
    else:
        found.same.append(row)


def _with(row: Row, **more: Any) -> Row:
    return Row(row.id, row.version, row.title, row.reference, **more)


def _ids(unit: tuple[Any, Any]) -> tuple[int, int | None]:
    return unit[0].id, unit[1].id if unit[1] else None


def _unit_of_service(contract: Contract) -> str:
    service = contract.lead_service
    if service is None:
        return _unit(contract)
    return f"{service.directorate.name}: {service.division.name}" if service.division else service.directorate.name


def _problem(contract: Contract, version: int | None, answers: Mapping[Item, Any], reader: Reader) -> str:
    """Why a contract is left as it is; each says what would help."""
    if not reader.may_in(Permission.EDIT_REGISTER, contract.directorate_id, contract.division_id):
        return f"{NOT_YOURS}: ask whoever keeps {contract.directorate.name}"
    if version is not None and version != contract.version:
        return CHANGED_SINCE
    if contract.withdrawn_at is not None:
        return "It is withdrawn: put it back on its page first"
    if Item.UNIT in answers and Item.SERVICE not in answers and contract.lead_service is not None:
        return f"Its service, {contract.lead_service.name}, says where it belongs: change the service instead"
    return ""


def _check_targets(session: Session, answers: Mapping[Item, Any], reader: Reader) -> None:
    """Contracts are given only to a unit in which this person writes too."""
    unit = answers.get(Item.UNIT)
    if isinstance(answers.get(Item.SERVICE), int):
        service = session.get_one(Service, answers[Item.SERVICE])
        unit = UnitChosen(service.directorate_id, service.division_id)
    if unit is not None and not reader.may_in(Permission.EDIT_REGISTER, unit.directorate_id, unit.division_id):
        raise Refusal(
            "You cannot write there: choose a part of the council whose records you keep",
            field="service" if Item.SERVICE in answers else "unit",
        )


# What each item says of a contract, and how it is set


def _unit(contract: Contract) -> str:
    return f"{contract.directorate.name}: {contract.division.name}" if contract.division else contract.directorate.name


def _name(record: Any) -> str:
    return "" if record is None else str(getattr(record, "name", None) or record.title)


SAID: Mapping[Item, Callable[[Contract], str]] = {
    Item.MANAGER: lambda one: one.manager_post or "",
    Item.UNIT: _unit,
    Item.SERVICE: lambda one: _name(one.lead_service),
    Item.CATEGORY: lambda one: _name(one.category),
    Item.PROGRAMME: lambda one: _name(one.programme),
    Item.OUTCOME: lambda one: _name(one.outcome),
    Item.ARRANGEMENT: lambda one: _name(one.arrangement),
    Item.PROCUREMENT_STATUS: lambda one: one.procurement_status.value if one.procurement_status else "",
    Item.REGIME: lambda one: one.regime.value if one.regime else "",
    Item.REVIEW: lambda one: day(one.review_on),
    Item.LEAD_TIME: lambda one: "" if one.lead_time_months is None else str(one.lead_time_months),
    Item.CONFIRM: lambda one: day(one.confirmed_on),
    Item.WITHDRAW: lambda one: "In the register" if one.withdrawn_at is None else "Withdrawn",
}

#: Sets one item; who acts, and today, are there for what is stamped.
Setter = Callable[[Session, Contract, Any, Acting, date], None]


def _column(name: str) -> Setter:
    return lambda session, contract, answer, _acting, _today: change_contract(session, contract, {name: answer})


def _set_unit(session: Session, contract: Contract, answer: UnitChosen | None, _acting: Acting, _today: date) -> None:
    if answer is None or contract.lead_service is not None:
        return
    units = {"directorate_id": answer.directorate_id, "division_id": answer.division_id}
    change_contract(session, contract, units)


def _set_service(session: Session, contract: Contract, answer: int | None, _acting: Acting, _today: date) -> None:
    """A lead service gives the unit, at once, so that it can be told."""
    change_contract(session, contract, {"lead_service_id": answer})
    service = contract.lead_service
    if service is not None:
        change_contract(
            session, contract, {"directorate_id": service.directorate_id, "division_id": service.division_id}
        )


def _set_category(session: Session, contract: Contract, answer: int | None, _acting: Acting, _today: date) -> None:
    contract.category = session.get_one(Category, answer) if answer is not None else None
    contract.category_id = answer


def _set_regime(_session: Session, contract: Contract, answer: Regime | None, _acting: Acting, _today: date) -> None:
    contract.regime = answer


def _confirm(_session: Session, contract: Contract, _answer: object, acting: Acting, today: date) -> None:
    contract_events.confirm(contract, today=today, by=acting.reader.name)


def _withdraw(_session: Session, contract: Contract, _answer: object, acting: Acting, _today: date) -> None:
    contract.withdrawn_at, contract.withdrawn_reason = acting.now, acting.reason


SET: Mapping[Item, Setter] = {
    Item.MANAGER: _column("manager_post"),
    Item.UNIT: _set_unit,
    Item.SERVICE: _set_service,
    Item.CATEGORY: _set_category,
    Item.PROGRAMME: _column("programme_id"),
    Item.OUTCOME: _column("outcome_id"),
    Item.ARRANGEMENT: _column("arrangement_id"),
    Item.PROCUREMENT_STATUS: _column("procurement_status"),
    Item.REGIME: _set_regime,
    Item.REVIEW: _column("review_on"),
    Item.LEAD_TIME: _column("lead_time_months"),
    Item.CONFIRM: _confirm,
    Item.WITHDRAW: _withdraw,
}


def warnings_of(contract: Contract, today: date) -> list[str]:
    """What to think of before going on."""
    end, found = contract.current_end_on, []
    if contract.review_on and contract.review_on < today:
        found.append(f"The review date, {day(contract.review_on)}, is past")
    if contract.review_on and end and contract.review_on > end:
        found.append(f"The review date is after its end, {day(end)}")
    if contract.lead_time_months and end and end >= today:
        needed_by = add_months(end, -contract.lead_time_months)
        if needed_by < today:
            found.append(f"By that lead time a decision was needed by {day(needed_by)}")
    if contract.arrangement is not None and contract.arrangement.directorate_id != contract.directorate_id:
        found.append(f"The arrangement is {contract.arrangement.directorate.name}'s")
    if contract.withdrawn_at is not None and contract.runs_on(today):
        found.append("It is still running")
    return found


def summary_of(found: BulkEdit) -> str:
    """What was set, in words: "Contract manager: Head of Waste; Confirmed as correct"."""
    news = {one.label: one.new for row in found.changing for one in row.differences}
    return "; ".join(f"{LABELS[item]}: {news.get(LABELS[item]) or 'cleared'}" for item in found.answers)


def carry_out(
    session: Session, chosen: Sequence[Chosen], answers: Mapping[Item, Any], acting: Acting, *, today: date
) -> BulkChange:
    """Do it in this transaction. Contracts changed since they were shown are left, and told."""
    give_reason(session, acting.reason)
    found = try_edit(session, chosen, answers, acting.reader, acting=acting, today=today)
    if not found.changing:
        raise Refusal("Nothing would change: every contract chosen is so already, or cannot be changed")
    summary = summary_of(found)
    return keep_act(session, BulkKind.EDIT, summary, acting, changed=len(found.changing), left=found.left)
