"""What a row brings to several columns of a contract, or to records that hang on it: its unit, providers, options."""

from collections.abc import Iterable, Mapping

from app.council.models import Directorate, Division
from app.imports.brought import Resolved, clean
from app.imports.drafts import entry, is_draft, service_entry
from app.imports.rows import ContractRow
from app.imports.targets import Target
from app.register.models import Contract, ContractProvider, ContractService, ExtensionOption, Provider, Service
from app.register.options import OptionWritten, options_in_words
from app.register.shares import Share, lot_written, shares_in_words

# What several columns, or records that hang on the contract, hold.


def unit_text(directorate: Directorate, division: Division | None) -> str:
    return f"{directorate.name_key}/{division.name_key}" if division else directorate.name_key


def unit_of(contract: Contract) -> str:
    return unit_text(contract.directorate, contract.division)


def unit_of_row(_row: ContractRow, resolved: Resolved) -> str:
    return unit_text(resolved.directorate, resolved.division)


def put_unit(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
    contract.directorate, contract.division = resolved.directorate, resolved.division


def providers_of(contract: Contract) -> str:
    return names(kept.provider for kept in contract.providers)


def names(providers: object) -> str:
    return "|".join(sorted(provider.name_key for provider in providers))  # type: ignore[attr-defined]


def put_providers(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
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


def options_of_row(row: ContractRow) -> str:
    return options_in_words(options_said(row))


def options_of(contract: Contract) -> str:
    return options_in_words(
        OptionWritten(one.months, one.ends_on, one.value, one.notice_months, one.taken, one.lapsed)
        for one in sorted(contract.options, key=lambda one: one.position)
    )


def options_said(row: ContractRow) -> tuple[OptionWritten, ...]:
    """The options a row names; a latest end without an end is one too."""
    if row.latest_end_on and not row.current_end_on and not row.options and not row.has_no_end:
        return (OptionWritten(ends_on=row.latest_end_on),)
    return row.options


def put_options(contract: Contract, row: ContractRow, _: Resolved) -> None:
    """Written over those already there, in order: two of one contract never share a place, not even in passing."""
    said, there = options_said(row), sorted(contract.options, key=lambda one: one.position)
    kept = [*there[: len(said)], *(ExtensionOption() for _ in said[len(there) :])]
    for place, (option, written) in enumerate(zip(kept, said, strict=True), 1):
        option.position = place
        for column, value in written._asdict().items():
            setattr(option, column, value)
    contract.options = kept


def notes(row: ContractRow) -> str:
    return clean("\n".join(filter(None, (row.note, *row.remarks))))


def put_note(contract: Contract, row: ContractRow, _: Resolved) -> None:
    contract.note = notes(row)


def vat(contract: Contract) -> str:
    return f"{contract.irrecoverable_vat:.2f}" if contract.irrecoverable_vat is not None else ""


def vat_of_row(row: ContractRow) -> str:
    return f"{row.irrecoverable_vat:.2f}" if row.irrecoverable_vat is not None else ""


def rolls(row: ContractRow) -> str:
    return "yes" if row.has_no_end or row.others.get(Target.ROLLING) is True else ""


def put_rolling(contract: Contract, _row: ContractRow, _: Resolved) -> None:
    contract.rolling = True


# What the register's own export says of other records.


def other_services_of(contract: Contract) -> str:
    return service_names(one.service for one in contract.other_services)


def service_names(services: Iterable[Service]) -> str:
    return "; ".join(sorted(service.name_key for service in services))


def put_other_services(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
    """Those already there stay as they are; a row names them all."""
    there = {kept.service_id: kept for kept in contract.other_services if kept.service_id}
    new = service_entry if is_draft(contract) else lambda service: ContractService(service=service)
    contract.other_services = [there.get(one.id) or new(one) for one in resolved.other_services or ()]


def shares_of(contract: Contract) -> str:
    return share_words({one.provider.name_key: Share(one.share, one.lot or "") for one in contract.providers})


def share_words(shares: Mapping[str, Share]) -> str:
    return shares_in_words(sorted(shares.items()))


def put_shares(contract: Contract, _row: ContractRow, resolved: Resolved) -> None:
    """A row that tells shares tells them all; a lot stays unless it names another."""
    for one in contract.providers:
        said = (resolved.shares or {}).get(one.provider.name_key, Share())
        one.share = said.sum
        if said.lot != lot_written(one.lot or ""):
            one.lot = said.lot or one.lot
