"""A plan done: contracts made and changed, every row told where it went, in the one transaction of whoever calls."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.core.text import fold
from app.imports.answers import Answer
from app.imports.bringing import BY_NAME, check_whole
from app.imports.described import blanks_filled, put
from app.imports.drafts import store_drafts
from app.imports.known import uid_of
from app.imports.models import ImportLink, ImportRow, ImportRun, RowOutcome
from app.imports.plans import FieldChange, Plan, RowPlan
from app.imports.resolving import Resolver
from app.imports.rows import Place, RowProblem
from app.imports.several import add_providers
from app.imports.targets import Target
from app.register.commands.contract_events import end_of_option, next_option
from app.register.models import Contract, ContractEvent, EventKind, ProviderName
from app.register.settling import settle

_KINDS = {
    Answer.EXTEND: EventKind.EXTENSION,
    Answer.VARY: EventKind.VARIATION,
    Answer.CORRECT: EventKind.CORRECTION,
}


@dataclass(frozen=True)
class Occasion:
    """Under what an import changes the register."""

    run: ImportRun
    by: str
    now: datetime
    today: date
    sheet: str


def apply_plan(session: Session, plan: Plan, resolver: Resolver, occasion: Occasion) -> None:
    """Store everything the plan says; the caller commits, once."""
    with session.no_autoflush:
        _name_providers(resolver)
        store_drafts(session, [row.contract for row in plan.rows if row.is_new and row.contract is not None])
        for row in plan.rows:
            if row.outcome is RowOutcome.UPDATED:
                _update(session, row, resolver, occasion)
        _describe_providers(plan, resolver)
    session.flush()
    _keep_links(session, plan.rows, occasion.run)
    _tell_rows(session, plan.rows, occasion.run)


def _name_providers(resolver: Resolver) -> None:
    """A name a person matched becomes another name of the provider."""
    for provider, name in resolver.other_names:
        if fold(name) not in {other.name_key for other in provider.other_names}:
            provider.other_names.append(ProviderName(name=name))


def _describe_providers(plan: Plan, resolver: Resolver) -> None:
    """What stored rows say of the register's own providers fills their blanks; the first row counts."""
    stored = {id(row.row.contract) for row in plan.rows if row.is_stored}
    for row, provider, said in resolver.filling:
        if id(row) in stored:
            put(provider, blanks_filled(provider, said, resolver.known.providers_by_number))


# Changes of contracts the register has.


def _update(session: Session, plan: RowPlan, resolver: Resolver, occasion: Occasion) -> None:
    contract = plan.contract
    if contract is None:
        raise TypeError("A row that updates has its contract")
    if plan.joining:
        add_providers(contract, plan.joining)
    resolved = resolver.resolve(plan.row.contract, contract if plan.row.contract.register_id else None)[0]
    if resolved is not None:
        for change in plan.changes:
            _change(contract, plan, change, occasion)
            if change.how in {None, Answer.CORRECT}:
                BY_NAME[change.name].put(contract, plan.row.contract, resolved)
    try:
        check_whole(contract)
        settle(contract)
    except Refusal as refusal:
        _refuse(session, plan, contract, refusal, occasion)


def _change(contract: Contract, plan: RowPlan, change: FieldChange, occasion: Occasion) -> None:
    """What a person called an extension, a variation or a correction is kept as an event."""
    if change.how is None:
        return
    event = ContractEvent(
        kind=_KINDS[change.how],
        effective_on=plan.row.contract.effective_on or occasion.today,
        reason=f"{change.words} (import of {occasion.run.filename}, row {plan.row.number})"[:1000],
        recorded_at=occasion.now,
        recorded_by=occasion.by,
    )
    if change.how is not Answer.CORRECT:
        _measure(event, contract, plan, change)
    contract.events.append(event)


def _measure(event: ContractEvent, contract: Contract, plan: RowPlan, change: FieldChange) -> None:
    row = plan.row.contract
    if change.target is Target.CURRENT_END_ON:
        event.ends_on = row.current_end_on
        if event.kind is EventKind.EXTENSION and end_of_option(contract) == event.ends_on:
            _take_option(event, contract, plan)
    elif change.target is Target.VALUE and row.value:
        event.value_change = row.value.high - (contract.current_high or Decimal(0))
    elif change.target is Target.ANNUAL_VALUE and row.annual_value:
        event.annual_change = row.annual_value.high - (contract.annual_high or Decimal(0))
        contract.annual_low, contract.annual_high = row.annual_value.low, row.annual_value.high


def _take_option(event: ContractEvent, contract: Contract, plan: RowPlan) -> None:
    """An extension to where the next option leads takes it up, at its value unless the row gives another."""
    option = next_option(contract)
    if option is None:
        return
    option.taken, event.option_id = True, option.id
    if all(change.target is not Target.VALUE for change in plan.changes) and contract.current_high is not None:
        event.value_change = option.value


def _refuse(session: Session, plan: RowPlan, contract: Contract, refusal: Refusal, occasion: Occasion) -> None:
    """A change that does not hold together changes nothing; the other rows go on."""
    for child in (*contract.events, *contract.providers, *contract.options):
        if child in session.new:
            session.expunge(child)
    session.expire(contract)
    problem = RowProblem(Place(occasion.sheet, plan.row.number), "", refusal.message)
    plan.outcome, plan.problems, plan.remarks = RowOutcome.REFUSED, (problem,), [problem.words]


# What the import remembers.


def _keep_links(session: Session, rows: Iterable[RowPlan], run: ImportRun) -> None:
    """What the source brought, so that the next file shows what a person edited since."""
    new: list[dict[str, object]] = []
    for plan in rows:
        if not plan.is_stored or plan.contract is None or uid_of(plan.row.contract.register_id):
            continue
        if plan.link is None:
            new.append(
                {
                    "source_id": run.source_id,
                    "row_key": plan.row.key.code,
                    "contract_id": plan.contract.id,
                    "run_id": run.id,
                    "brought": dict(plan.brought),
                }
            )
        elif plan.link.brought != plan.brought:
            plan.link.brought = {**plan.link.brought, **plan.brought}
    if new:
        session.execute(insert(ImportLink), new)


def _tell_rows(session: Session, rows: Iterable[RowPlan], run: ImportRun) -> None:
    """Every kept row says which contract it went to; one refused only now says why."""
    numbered = select(ImportRow.number, ImportRow.id).where(ImportRow.run_id == run.id)
    ids = {number: row_id for number, row_id in session.execute(numbered)}  # noqa: C416 - typed
    made = [
        {"id": ids[plan.row.number], "contract_id": plan.contract.id}
        for plan in rows
        if plan.is_stored and plan.contract is not None
    ]
    refused = [
        {"id": ids[plan.row.number], "outcome": plan.outcome, "remarks": plan.remarks}
        for plan in rows
        if plan.outcome is RowOutcome.REFUSED
    ]
    if made:
        session.execute(update(ImportRow), made)
    if refused:
        session.execute(update(ImportRow), refused)
