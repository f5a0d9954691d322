"""What a row brings to a contract, field by field: how it reads as text, what the contract holds, how it is put there.

The text is what the history of an import keeps, so that the next file shows what a person has edited since.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.errors import Refusal
from app.core.text import fold
from app.council.models import Directorate, Division, Outcome
from app.imports.drafts import entry, is_draft, service_entry
from app.imports.rows import ContractRow
from app.imports.targets import HANDED_ON, Target
from app.imports.values import Amount
from app.register.models import (
    Approval,
    Arrangement,
    Category,
    Contract,
    ContractForm,
    ContractProvider,
    ContractService,
    ContractStage,
    ExtensionOption,
    ProcessKind,
    ProcurementStatus,
    Programme,
    Provider,
    Service,
    VatTreatment,
)
from app.register.options import OptionWritten, options_in_words
from app.register.regime import Regime, Reservation, Supply
from app.register.values import ValueCertainty


@dataclass(frozen=True, slots=True)
class Resolved:
    """The register's own records that a row names."""

    directorate: Directorate
    division: Division | None = None
    lead_service: Service | None = None
    category: Category | None = None
    programme: Programme | None = None
    parent: Contract | None = None
    providers: tuple[Provider, ...] = ()
    outcome: Outcome | None = None
    arrangement: Arrangement | None = None
    replaces: Contract | None = None
    approval: Approval | None = None
    #: None where the row does not name them.
    other_services: tuple[Service, ...] | None = None
    shares: Mapping[str, Decimal] | None = None
    #: The register's contract that the row names by its Register id.
    contract: Contract | None = None
    #: Why the row must wait: names the register does not have, each with what would work.
    waits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """One thing a row brings."""

    name: str
    target: Target
    #: As text; empty where the row says nothing, which never erases.
    of_row: Callable[[ContractRow, Resolved], str]
    of_contract: Callable[[Contract], str]
    put: Callable[[Contract, ContractRow, Resolved], None]


def clean(text: str, most: int | None = None) -> str:
    """Text that both databases can keep, no longer than its column."""
    bare = text.replace("\0", "").encode("utf-8", "replace").decode().strip()
    return bare if most is None or len(bare) <= most else f"{bare[: most - 1]}…"


def _text(column: str, target: Target, most: int | None, of: Callable[[ContractRow], str] | None = None) -> Brought:
    name = target.value

    def said(row: ContractRow) -> str:
        written: str = of(row) if of else getattr(row, name)
        return clean(written, most) if written else ""

    return Brought(
        name,
        target,
        lambda row, _: said(row),
        lambda contract: getattr(contract, column) or "",
        lambda contract, row, _: setattr(contract, column, said(row)),
    )


def _day(column: str, target: Target, of_contract: str | None = None) -> Brought:
    name, held = target.value, of_contract or column

    def iso(day: date | None) -> str:
        return day.isoformat() if day else ""

    return Brought(
        name,
        target,
        lambda row, _: iso(getattr(row, name)),
        lambda contract: iso(getattr(contract, held)),
        lambda contract, row, _: setattr(contract, column, getattr(row, name)),
    )


def _choice(column: str, target: Target, of: Callable[[ContractRow], StrEnum | None], kind: type[StrEnum]) -> Brought:
    def said(row: ContractRow) -> str:
        chosen = of(row)
        return str(chosen.value) if chosen else ""

    def held(contract: Contract) -> str:
        found = getattr(contract, column)
        return str(found.value) if found else ""

    def put(contract: Contract, row: ContractRow, _: Resolved) -> None:
        setattr(contract, column, kind(said(row)))

    return Brought(target.value, target, lambda row, _: said(row), held, put)


def _record(attribute: str, target: Target, *, key: str = "name") -> Brought:
    """Another record, known by its folded name."""

    def name_of(record: object) -> str:
        return fold(getattr(record, key)) if record is not None else ""

    def put(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
        setattr(contract, attribute, getattr(resolved, attribute))

    return Brought(
        target.value,
        target,
        lambda _, resolved: name_of(getattr(resolved, attribute)),
        lambda contract: name_of(getattr(contract, attribute)),
        put,
    )


def span(low: Decimal | None, high: Decimal | None) -> str:
    """An amount as text: "1200.00", or "1000.00–2000.00"."""
    if low is None or high is None:
        return ""
    return f"{high:.2f}" if low == high else f"{low:.2f}–{high:.2f}"


def _amount(
    prefix: str, target: Target, of: Callable[[ContractRow], Amount | None], held: str, ends: tuple[Target, Target]
) -> Brought:
    def whole(row: ContractRow, resolved: Resolved) -> tuple[Decimal | None, Decimal | None]:
        """One end of a range alone changes that end."""
        amount, contract = of(row), resolved.contract
        if amount is None:
            return None, None
        low, high = amount.low, amount.high
        if contract is not None and ends[0] in row.one_end:
            high = getattr(contract, f"{prefix}_high") or high
        if contract is not None and ends[1] in row.one_end:
            low = low if getattr(contract, f"{prefix}_low") is None else getattr(contract, f"{prefix}_low")
        return low, high

    def put(contract: Contract, row: ContractRow, resolved: Resolved) -> None:
        low, high = whole(row, resolved)
        if high is not None:
            setattr(contract, f"{prefix}_low", low)
            setattr(contract, f"{prefix}_high", high)

    return Brought(
        target.value,
        target,
        lambda row, resolved: span(*whole(row, resolved)),
        lambda contract: span(getattr(contract, f"{held}_low"), getattr(contract, f"{held}_high")),
        put,
    )


# What several columns, or records that hang on the contract, hold.


def unit_text(directorate: Directorate, division: Division | None) -> str:
    return f"{directorate.name_key}/{division.name_key}" if division else directorate.name_key


def _unit_of(contract: Contract) -> str:
    return unit_text(contract.directorate, contract.division)


def _unit_of_row(_row: ContractRow, resolved: Resolved) -> str:
    return unit_text(resolved.directorate, resolved.division)


def _put_unit(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
    contract.directorate, contract.division = resolved.directorate, resolved.division


def _providers_of(contract: Contract) -> str:
    return _names(kept.provider for kept in contract.providers)


def _names(providers: object) -> str:
    return "|".join(sorted(provider.name_key for provider in providers))  # type: ignore[attr-defined]


def _put_providers(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
    """Those already there keep their shares."""
    there = {kept.provider.name_key: kept for kept in contract.providers}
    contract.providers = [
        there.get(provider.name_key) or _entry(contract, provider, 0) for provider in resolved.providers
    ]
    for position, kept in enumerate(contract.providers):
        kept.position = position


def _entry(contract: Contract, provider: Provider, position: int) -> ContractProvider:
    return entry(provider, position) if is_draft(contract) else ContractProvider(provider=provider, position=position)


def add_providers(contract: Contract, providers: tuple[Provider, ...]) -> bool:
    """Add those that are not there yet; whether there were any."""
    there = {kept.provider.name_key for kept in contract.providers}
    new = [provider for provider in providers if provider.name_key not in there]
    for provider in new:
        contract.providers.append(_entry(contract, provider, len(contract.providers)))
    return bool(new)


def _options_of_row(row: ContractRow) -> str:
    return options_in_words(options_said(row))


def _options_of(contract: Contract) -> str:
    return options_in_words(
        OptionWritten(one.months, one.ends_on, one.value, one.notice_months, one.taken, one.lapsed)
        for one in sorted(contract.options, key=lambda one: one.position)
    )


def options_said(row: ContractRow) -> tuple[OptionWritten, ...]:
    """The options a row names; a latest end without an end is one too."""
    if row.latest_end_on and not row.current_end_on and not row.options and not row.has_no_end:
        return (OptionWritten(ends_on=row.latest_end_on),)
    return row.options


def _put_options(contract: Contract, row: ContractRow, _: Resolved) -> None:
    """Written over those already there, in order: two of one contract never share a place, not even in passing."""
    said, there = options_said(row), sorted(contract.options, key=lambda one: one.position)
    kept = [*there[: len(said)], *(ExtensionOption() for _ in said[len(there) :])]
    for place, (option, written) in enumerate(zip(kept, said, strict=True), 1):
        option.position = place
        for column, value in written._asdict().items():
            setattr(option, column, value)
    contract.options = kept


def _notes(row: ContractRow) -> str:
    return clean("\n".join(filter(None, (row.note, *row.remarks))))


def _put_note(contract: Contract, row: ContractRow, _: Resolved) -> None:
    contract.note = _notes(row)


def _vat(contract: Contract) -> str:
    return f"{contract.irrecoverable_vat:.2f}" if contract.irrecoverable_vat is not None else ""


def _vat_of_row(row: ContractRow) -> str:
    return f"{row.irrecoverable_vat:.2f}" if row.irrecoverable_vat is not None else ""


def _rolls(row: ContractRow) -> str:
    return "yes" if row.has_no_end or row.others.get(Target.ROLLING) is True else ""


def _put_rolling(contract: Contract, _row: ContractRow, _: Resolved) -> None:
    contract.rolling = True


def _said(target: Target, kind: type) -> Brought:
    """A field of the register's own export, as it was read; a word that is none of its choices brings nothing."""
    name = target.value

    def value_of(row: ContractRow) -> object:
        said = row.others.get(target)
        if issubclass(kind, StrEnum):
            return next((member for member in kind if isinstance(said, str) and fold(member.value) == fold(said)), None)
        return said if type(said) is kind and said is not False else None

    def text(value: object) -> str:
        if isinstance(value, date):
            return value.isoformat()
        return "" if value is None or value is False else clean(str(value), 1000)

    return Brought(
        name,
        target,
        lambda row, _: text(value_of(row)),
        lambda contract: text(getattr(contract, name)),
        lambda contract, row, _: setattr(contract, name, value_of(row)),
    )


# What the register's own export says of other records.


def _other_services_of(contract: Contract) -> str:
    return _service_names(one.service for one in contract.other_services)


def _service_names(services: Iterable[Service]) -> str:
    return "; ".join(sorted(service.name_key for service in services))


def _put_other_services(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
    """Those already there stay as they are; a row names them all."""
    there = {kept.service_id: kept for kept in contract.other_services if kept.service_id}
    new = service_entry if is_draft(contract) else lambda service: ContractService(service=service)
    contract.other_services = [there.get(one.id) or new(one) for one in resolved.other_services or ()]


def _shares_of(contract: Contract) -> str:
    return _share_words({one.provider.name_key: one.share for one in contract.providers if one.share is not None})


def _share_words(shares: Mapping[str, Decimal]) -> str:
    return "; ".join(f"{name}: {share:.2f}" for name, share in sorted(shares.items()))


def _put_shares(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
    """A row that tells shares tells them all."""
    for one in contract.providers:
        one.share = (resolved.shares or {}).get(one.provider.name_key)


def check_whole(contract: Contract) -> None:
    """Refuse what the database would: facts that need another beside them."""
    if contract.exempt and not contract.exempt_ground:
        raise Refusal("Give the ground of exemption beside “Yes”, or leave “Value exempt” blank")
    if contract.stage is ContractStage.ENDED_EARLY and contract.ended_early_on is None:
        raise Refusal("Give the date it was ended early, or another stage")


FIELDS: tuple[Brought, ...] = (
    _text("reference", Target.REFERENCE, 100, lambda row: row.reference or row.notice_id),
    _text("title", Target.TITLE, 300),
    _text("description", Target.DESCRIPTION, None),
    Brought(Target.UNIT.value, Target.UNIT, _unit_of_row, _unit_of, _put_unit),
    _record("lead_service", Target.SERVICE),
    _record("category", Target.CATEGORY),
    _record("programme", Target.PROGRAMME),
    _choice("form", Target.FORM, lambda row: row.form, ContractForm),
    _choice("process", Target.PROCESS, lambda row: row.process, ProcessKind),
    _text("cpv_code", Target.CPV_CODE, 20, lambda row: row.cpv_codes[0] if row.cpv_codes else ""),
    _text("cpv_label", Target.CPV_LABEL, 300),
    _day("awarded_on", Target.AWARDED_ON),
    _day("starts_on", Target.STARTS_ON),
    _day("awarded_end_on", Target.CURRENT_END_ON, "current_end_on"),
    _day("review_on", Target.REVIEW_ON),
    _amount("awarded", Target.VALUE, lambda row: row.value, "current", (Target.VALUE_LOW, Target.VALUE_HIGH)),
    _amount(
        "annual", Target.ANNUAL_VALUE, lambda row: row.annual_value, "annual", (Target.ANNUAL_LOW, Target.ANNUAL_HIGH)
    ),
    _choice("certainty", Target.VALUE_CERTAINTY, lambda row: row.certainty, ValueCertainty),
    Brought(
        Target.IRRECOVERABLE_VAT.value,
        Target.IRRECOVERABLE_VAT,
        lambda row, _: _vat_of_row(row),
        _vat,
        lambda contract, row, _: setattr(contract, "irrecoverable_vat", row.irrecoverable_vat),
    ),
    Brought(
        Target.PROVIDER.value, Target.PROVIDER, lambda _, named: _names(named.providers), _providers_of, _put_providers
    ),
    _record("parent", Target.PARENT_REFERENCE, key="title"),
    _record("outcome", Target.OUTCOME),
    _record("arrangement", Target.ARRANGEMENT, key="title"),
    _record("replaces", Target.REPLACES, key="title"),
    _record("approval", Target.APPROVAL, key="reference"),
    Brought(
        Target.OTHER_SERVICES.value,
        Target.OTHER_SERVICES,
        lambda _, resolved: _service_names(resolved.other_services or ()),
        _other_services_of,
        _put_other_services,
    ),
    Brought(
        Target.PROVIDER_SHARES.value,
        Target.PROVIDER_SHARES,
        lambda _, resolved: _share_words(resolved.shares or {}),
        _shares_of,
        _put_shares,
    ),
    _said(Target.AWARDED_END_ON, date),
    _text("contact_email", Target.CONTACT_EMAIL, 300),
    _text("tender_url", Target.TENDER_URL, 1000),
    _text("document_url", Target.DOCUMENT_URL, 1000),
    Brought(
        Target.ROLLING.value,
        Target.ROLLING,
        lambda row, _: _rolls(row),
        lambda contract: "yes" if contract.rolling else "",
        _put_rolling,
    ),
    Brought(Target.OPTIONS.value, Target.OPTIONS, lambda row, _: _options_of_row(row), _options_of, _put_options),
    Brought(
        Target.NOTE.value, Target.NOTE, lambda row, _: _notes(row), lambda contract: contract.note or "", _put_note
    ),
    _said(Target.STAGE, ContractStage),
    _said(Target.NOTICE_MONTHS, int),
    _said(Target.END_CONDITION, str),
    _said(Target.ENDED_EARLY_ON, date),
    _said(Target.SHARE_OF, str),
    _said(Target.VALUE_NOTE, str),
    _said(Target.VAT_TREATMENT, VatTreatment),
    _said(Target.EXEMPT, bool),
    _said(Target.EXEMPT_GROUND, str),
    _said(Target.EXEMPT_BY, str),
    _said(Target.EXEMPT_REVIEW_ON, date),
    _said(Target.EMBARGOED_UNTIL, date),
    _said(Target.PROCUREMENT_STATUS, ProcurementStatus),
    _said(Target.LEAD_TIME_MONTHS, int),
    _said(Target.EXPECTED_TERM_MONTHS, int),
    _said(Target.REMIND_MONTHS, int),
    _said(Target.CONFIRMED_BY, str),
    _said(Target.ENTERED_ON, date),
    _said(Target.LOT, str),
    _said(Target.REGIME, Regime),
    _said(Target.PROCUREMENT_BEGAN_ON, date),
    _said(Target.SUPPLY, Supply),
    _said(Target.CONCESSION, bool),
    _said(Target.RESERVED_TO, Reservation),
    _said(Target.RESERVED_AREA, str),
    _said(Target.CONCERN, str),
    _said(Target.CONFIRMED_ON, date),
    _text("manager_post", Target.MANAGER_POST, 200),
)

BY_NAME: Mapping[str, Brought] = {one.name: one for one in FIELDS}
#: What only the register's own export and template say: not looked for in other lists.
OF_THE_REGISTER = frozenset(one.name for one in FIELDS if one.target in HANDED_ON and one.target is not Target.ROLLING)


def brought_by(row: ContractRow, resolved: Resolved, *, keeps_posts: bool) -> dict[str, str]:
    """Everything the row says, as text, by field. A contact's name is no post: it stays in the original cell."""
    fields = FIELDS if row.others else _COMMON
    said = {one.name: text for one in fields if (text := one.of_row(row, resolved))}
    if not keeps_posts:
        said.pop(Target.MANAGER_POST.value, None)
    return said


_COMMON = tuple(one for one in FIELDS if one.name not in OF_THE_REGISTER)
