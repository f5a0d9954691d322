"""What has happened to the demonstration's contracts beyond their options: laws, lots, lapses, changes, overrides."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from app.core.dates import add_months
from app.home.demo.notation import Cells, table
from app.home.demo.registering import RECORDED_BY, Loading
from app.register.commands import contract_events as events
from app.register.commands import overrides
from app.register.commands.contracts import Editor
from app.register.grounds import Ground
from app.register.models import Contract, ContractEvent, ContractForm, ContractStage, EventKind, ProviderKind
from app.register.regime import ACT_FROM, Regime, Supply
from app.register.signals import Level, Override, SignalKind

#: One contract in so many has no law recorded yet.
NOT_RECORDED = 6
#: A procurement begins so many months before its contract.
PROCURED_MONTHS = 10
BY_FORM = {ContractForm.GRANT: Regime.GRANT, ContractForm.INTERNAL_SLA: Regime.INTERNAL}


def load_life(loading: Loading) -> None:
    for number, contract in enumerate(loading.register.contracts.values(), 1):
        if number % NOT_RECORDED:
            _write_law(contract)
        _write_stage(loading, contract)
    loading.session.flush()
    for cells in table("life"):
        ACTS[cells["act"]](loading, loading.register.contracts[cells["contract"]], cells)
    loading.session.flush()


def _write_law(contract: Contract) -> None:
    began = add_months(contract.starts_on, -PROCURED_MONTHS) if contract.starts_on else None
    owned = any(entry.provider.kind is ProviderKind.COUNCIL_OWNED for entry in contract.providers)
    if contract.form in BY_FORM:
        contract.regime = BY_FORM[contract.form]
    elif owned:
        contract.regime, contract.supply = Regime.EXEMPT_VERTICAL, Supply.SERVICES
    elif began is not None and began < ACT_FROM:
        contract.regime, contract.procurement_began_on = Regime.BEFORE_THE_ACT, began


def _write_stage(loading: Loading, contract: Contract) -> None:
    """An early end and a suspension are events, too."""
    if contract.stage is ContractStage.ENDED_EARLY and contract.ended_early_on:
        _add(loading, contract, EventKind.EARLY_END, contract.ended_early_on, "It was ended by agreement")
    if contract.stage is ContractStage.SUSPENDED:
        _add(loading, contract, EventKind.SUSPENSION, add_months(loading.calendar.as_at, -1), "Until an inspection")


def _add(loading: Loading, contract: Contract, kind: EventKind, on: date, reason: str) -> None:
    contract.events.append(
        ContractEvent(kind=kind, effective_on=on, reason=reason, recorded_at=loading.now, recorded_by=RECORDED_BY)
    )


def _editor(loading: Loading) -> Editor:
    return Editor(RECORDED_BY, loading.now, loading.calendar.as_at)


def _lots(loading: Loading, contract: Contract, cells: Cells) -> None:
    named = dict(part.split(": ") for part in cells["how"].split(";"))
    for entry in contract.providers:
        key = next(key for key, provider in loading.register.providers.items() if provider is entry.provider)
        entry.lot = named.get(key)


def _lot(_loading: Loading, contract: Contract, cells: Cells) -> None:
    contract.lot = cells["how"]


def _lapse(loading: Loading, contract: Contract, cells: Cells) -> None:
    option = contract.options[int(cells["how"]) - 1]
    events.lapse(loading.session, contract, option, cells["words"], editor=_editor(loading))


def _scope(loading: Loading, contract: Contract, cells: Cells) -> None:
    what, _, why = cells["words"].partition("; ")
    wanted = events.Variation(
        effective_on=loading.calendar.first(cells["when"]),
        reason=why.capitalize(),
        scope_change=what,
        legal=events.LegalAnswer(
            ground=Ground(cells["how"]), uk10_needed=False, uk10_reason="The contract began under the 2015 Regulations"
        ),
    )
    events.vary(loading.session, contract, wanted, editor=_editor(loading))


def _override(loading: Loading, contract: Contract, cells: Cells) -> None:
    """Until so many months from today; 0 is ten days."""
    kind, _, level = cells["how"].partition(": ")
    months, today = int(cells["when"]), loading.calendar.as_at
    until = add_months(today, months) if months else today + timedelta(days=10)
    post = contract.manager_post or "Head of Commissioning"
    wanted = Override(SignalKind(kind), Level(level), cells["words"], post, until)
    overrides.set_override(loading.session, contract, wanted, editor=_editor(loading))


ACTS: Mapping[str, Callable[[Loading, Contract, Cells], None]] = {
    "lots": _lots,
    "lot": _lot,
    "lapse": _lapse,
    "scope": _scope,
    "override": _override,
}
