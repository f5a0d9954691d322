"""The demonstration's contracts of every form, and what has happened to them since award."""

from datetime import datetime

from app.core.dates import add_months
from app.core.text import fold
from app.home.demo.notation import ONE_DAY, Calendar, Cells, money, money_range, more, options, table
from app.home.demo.registering import HOMES, RECORDED_BY, Loading, Register, identifiers_of, load_surroundings
from app.register.models import (
    Contract,
    ContractEvent,
    ContractForm,
    ContractProvider,
    ContractService,
    ContractStage,
    EventKind,
    ExtensionOption,
    ProcessKind,
    ProcurementStatus,
    Provider,
    ProviderKind,
    Service,
    VatTreatment,
)
from app.register.settling import settle
from app.register.values import ValueCertainty


def load_register(loading: Loading) -> Register:
    load_surroundings(loading)
    for number, cells in enumerate(table("contracts"), 1):
        _add_contract(loading, cells, number)
    _add_homes(loading)
    _link_contracts(loading)
    loading.session.add_all(loading.register.contracts.values())
    loading.session.flush()
    for cells in table("contracts"):
        _add_events(loading, cells)
    loading.session.flush()
    return loading.register


# Contracts


def _add_contract(loading: Loading, cells: Cells, number: int) -> None:
    register, calendar, said = loading.register, loading.calendar, more(cells)
    service = register.services[cells["service"]]
    contract = Contract(
        title=cells["title"],
        description=_description(service, cells, number),
        form=ContractForm(cells["form"]),
        directorate_id=service.directorate_id,
        division_id=service.division_id,
        lead_service=service,
        outcome=service.outcome if number % 17 else None,
        category=register.categories[cells["category"]],
        arrangement=register.arrangements.get(said.get("arr", "")),
        approval=register.approvals.get(said.get("approval", "")),
        programme=register.programmes.get(said.get("programme", "")),
        providers=_providers(register, cells["providers"]),
        other_services=[
            ContractService(service=register.services[key]) for key in said.get("other", "").split() if key
        ],
        options=_options(cells["options"]),
        process=ProcessKind.OTHER if cells["form"] == "grant" else PROCESSES[said.get("process", "tender")],
        procurement_status=ProcurementStatus(STATUSES.get(said["status"], said["status"]))
        if "status" in said
        else None,
        concern=said.get("concern"),
        note=said.get("note"),
        share_of=said.get("share"),
        lead_time_months=int(said["lead"]) if "lead" in said else None,
        value_note=said.get("valnote"),
        certainty=ValueCertainty(cells["certainty"]) if cells["certainty"] else None,
        manager_post=None if number % 13 == 0 else MANAGERS.get(cells["category"]),
        vat_treatment=VatTreatment(said["vat"]) if "vat" in said else _vat(cells, number),
        irrecoverable_vat=money(said.get("ivat", "")),
        confirmed_on=calendar.as_at - number * 37 % 240 * ONE_DAY,
        end_condition=said.get("cond"),
        review_on=calendar.first_if(said.get("review", "")),
    )
    contract.cpv_code, contract.cpv_label = register.cpv[cells["category"]]
    _write_dates(contract, cells, calendar)
    _write_values(contract, cells, said)
    _write_stage(contract, said, loading)
    contract.reference = f"WCC/{contract.starts_on.year}/{number:03}" if contract.starts_on and number % 9 else None
    settle(contract)
    register.contracts[cells["key"]] = contract


def _description(service: Service, cells: Cells, number: int) -> str | None:
    """In plain words; one record in seven still lacks it, as registers do."""
    if number % 7 == 0:
        return None
    return f"{cells['title']}. {service.purpose or service.name}".rstrip(".") + "."


PROCESSES = {"quote": ProcessKind.QUOTE, "tender": ProcessKind.TENDER, "other": ProcessKind.OTHER}
STATUSES = {"tender": "out to tender"}
MANAGERS = {
    "care": "Care Contracts Manager",
    "health": "Public Health Contracts Manager",
    "children": "Children's Contracts Manager",
    "education": "Schools Contracts Manager",
    "transport": "Passenger Transport Contracts Manager",
    "highways": "Highways Contracts Manager",
    "waste": "Waste Contracts Manager",
    "culture": "Culture and Economy Contracts Manager",
    "construction": "Property Contracts Manager",
    "facilities": "Property Contracts Manager",
    "it": "Technology Contracts Manager",
}


def _providers(register: Register, keys: str) -> list[ContractProvider]:
    named = [register.providers[key] for key in keys.split(";") if key]
    return [ContractProvider(provider=provider, position=position) for position, provider in enumerate(named)]


def _options(text: str) -> list[ExtensionOption]:
    """As agreed; the options taken up are marked when their extension is recorded."""
    return [
        ExtensionOption(
            position=position,
            months=option.months,
            value=option.value,
            notice_months=option.notice_months,
            taken=False,
            lapsed=False,
        )
        for position, option in enumerate(options(text))
    ]


def _vat(cells: Cells, number: int) -> VatTreatment | None:
    if cells["form"] == "grant":
        return VatTreatment.OUTSIDE
    if cells["category"] in {"care", "health"}:
        return VatTreatment.EXEMPT
    return VatTreatment.STANDARD if number % 6 else None


def _write_dates(contract: Contract, cells: Cells, calendar: Calendar) -> None:
    contract.starts_on = calendar.first_if(cells["start"])
    kind, _, notice = cells["term"].partition(" ")
    if kind == "rolling":
        contract.rolling, contract.notice_months = True, int(notice)
    elif kind and contract.starts_on:
        contract.awarded_end_on = add_months(contract.starts_on, int(kind)) - ONE_DAY


def _write_values(contract: Contract, cells: Cells, said: Cells) -> None:
    contract.awarded_low, contract.awarded_high = money_range(cells["value"])
    contract.annual_low, contract.annual_high = money_range(cells["annual"])
    if "exempt" in said:
        contract.exempt, contract.exempt_ground = True, f"Schedule 12A, {said['exempt'][0].lower()}{said['exempt'][1:]}"
        contract.exempt_by = "General Counsel"


def _write_stage(contract: Contract, said: Cells, loading: Loading) -> None:
    calendar = loading.calendar
    if said.get("stage") == ContractStage.PLANNED:
        contract.stage = ContractStage.PLANNED
    elif contract.starts_on is not None:
        contract.awarded_on = (
            calendar.first(said["awarded"]) if "awarded" in said else add_months(contract.starts_on, -2)
        )
    if "suspended" in said:
        contract.stage = ContractStage.SUSPENDED
    if "ended" in said:
        contract.stage, contract.ended_early_on = ContractStage.ENDED_EARLY, calendar.last_before(said["ended"])
    if "embargo" in said:
        contract.embargoed_until = calendar.months_from_today(said["embargo"])
    if "withdrawn" in said:
        contract.withdrawn_at, contract.withdrawn_reason = loading.now, said["withdrawn"]


def _add_homes(loading: Loading) -> None:
    """Twenty-eight homes under one agreement: a contract each, one arrangement."""
    register, calendar = loading.register, loading.calendar
    service = register.services[HOMES]
    for cells in table("homes"):
        contract = Contract(
            title=f"Residential and nursing places: {cells['home']}",
            reference="WCC/CH/01",
            form=ContractForm.CONTRACT,
            directorate_id=service.directorate_id,
            division_id=service.division_id,
            lead_service=service,
            outcome=service.outcome,
            category=register.categories["care"],
            arrangement=register.arrangements[HOMES],
            providers=[ContractProvider(provider=_owner(register, cells["owner"]), position=0)],
            options=_options("12"),
            process=ProcessKind.OTHER,
            starts_on=calendar.first(-42),
            awarded_on=calendar.first(-45),
            awarded_end_on=calendar.last_before(18),
            certainty=ValueCertainty.ESTIMATE,
            manager_post=MANAGERS["care"],
            vat_treatment=VatTreatment.EXEMPT,
            confirmed_on=calendar.as_at - 90 * ONE_DAY,
        )
        contract.annual_low = contract.annual_high = money(cells["annual"])
        contract.cpv_code, contract.cpv_label = register.cpv["care"]
        settle(contract)
        register.contracts[fold(cells["home"])] = contract


def _owner(register: Register, name: str) -> Provider:
    for provider in register.providers.values():
        if provider.name == name:
            return provider
    kind = ProviderKind.PARTNERSHIP if name.endswith("Partnership") else ProviderKind.PRIVATE
    number = len(register.providers)
    identifiers = identifiers_of({"kind": kind}, number)
    provider = Provider(name=name, kind=kind, sme=True, vcse=False, name_masked=False, identifiers=identifiers)
    return register.providers.setdefault(fold(name), provider)


def _link_contracts(loading: Loading) -> None:
    contracts = loading.register.contracts
    for cells in table("contracts"):
        said = more(cells)
        contracts[cells["key"]].parent = contracts.get(said.get("parent", ""))
        contracts[cells["key"]].replaces = contracts.get(said.get("replaces", ""))


# What happened since award


def _add_events(loading: Loading, cells: Cells) -> None:
    contract, said = loading.register.contracts[cells["key"]], more(cells)
    taken = [option for option, noted in zip(contract.options, options(cells["options"]), strict=True) if noted.taken]
    for option in taken:
        _take_up(contract, option, loading.now)
    for name in ("vary", "vary2"):
        if name in said:
            _vary(contract, said[name], loading)
    if taken or "vary" in said:
        settle(contract)


def _take_up(contract: Contract, option: ExtensionOption, now: datetime) -> None:
    end = max([event.ends_on for event in contract.events if event.ends_on] + [contract.awarded_end_on or now.date()])
    option.taken = True
    contract.events.append(
        ContractEvent(
            kind=EventKind.EXTENSION,
            effective_on=end + ONE_DAY,
            option_id=option.id,
            ends_on=add_months(end + ONE_DAY, option.months) - ONE_DAY,
            value_change=option.value,
            reason="The option was taken up",
            decision_reference=contract.approval.reference if contract.approval else None,
            recorded_at=now,
            recorded_by=RECORDED_BY,
        )
    )


def _vary(contract: Contract, text: str, loading: Loading) -> None:
    month, change, reason = text.split(":")
    contract.events.append(
        ContractEvent(
            kind=EventKind.VARIATION,
            effective_on=loading.calendar.first(month),
            value_change=money(change),
            reason=reason,
            recorded_at=loading.now,
            recorded_by=RECORDED_BY,
        )
    )
