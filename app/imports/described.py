"""What rows say of a provider: it fills what the register leaves blank, and overwrites nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm.attributes import flag_modified

from app.core.errors import Refusal
from app.imports.brought import clean
from app.imports.rows import ContractRow
from app.imports.targets import LABELS, Target
from app.imports.values import NamedProvider
from app.register.identifiers import SHAPES, Scheme, accepted_identifier
from app.register.models import Provider, ProviderIdentifier

_LONGEST_KIND = 100
#: Scheme and value, as its register writes it.
Number = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Described:
    """What one row says of one provider, or as much of it as is new."""

    sme: bool | None = None
    vcse: bool | None = None
    vcse_type: str | None = None
    numbers: tuple[Number, ...] = ()

    @property
    def words(self) -> str:
        said = [
            f"{LABELS[target]} “{'Yes' if answer else 'No'}”"
            for target, answer in ((Target.SME, self.sme), (Target.VCSE, self.vcse))
            if answer is not None
        ]
        said += [f"{LABELS[Target.VCSE_TYPE]} “{self.vcse_type}”"] if self.vcse_type else []
        return ", ".join((*said, *(f"{SHAPES[Scheme(scheme)].name} {value}" for scheme, value in self.numbers)))


def described_by(named: NamedProvider, row: ContractRow) -> Described:
    """A kind of VCSE is said of the only provider."""
    only = len(row.providers) == 1
    return Described(
        named.sme,
        named.vcse,
        (clean(row.vcse_type, _LONGEST_KIND) or None) if only else None,
        tuple(number for number, _ in _numbers(named) if number),
    )


def numbers_left_out(named: NamedProvider) -> list[str]:
    """Why numbers are not taken, a line for each."""
    return [wrong for _, wrong in _numbers(named) if wrong]


def _numbers(named: NamedProvider) -> list[tuple[Number | None, str]]:
    found = [(one.scheme, one.number) for one in named.identifiers]
    if named.vendor_number:
        found.append((Scheme.VENDOR.value, named.vendor_number))
    return [_accepted(scheme, text) for scheme, text in found]


@lru_cache(maxsize=4096)
def _accepted(scheme: str, text: str) -> tuple[Number | None, str]:
    try:
        return (scheme, accepted_identifier(Scheme(scheme), clean(text))), ""
    except Refusal as refusal:
        return None, f"The provider's number “{text}” is left out: {refusal.message}"


def blanks_filled(provider: Provider, said: Described, taken: Mapping[Number, Provider]) -> Described:
    """As much of it as the provider lacks: one number of each kind, and none that is another provider's."""
    there = {one.scheme for one in provider.identifiers}
    return Described(
        said.sme if provider.sme is None else None,
        said.vcse if provider.vcse is None else None,
        None if provider.vcse_type else said.vcse_type,
        tuple(one for one in said.numbers if one[0] not in there and taken.get(one, provider) is provider),
    )


CURE = "change it on the provider's page, or leave the cell as it was"


def told_otherwise(provider: Provider, said: Described) -> list[str]:
    """What the row says of a provider that the register has otherwise, a line for each: no import overwrites it."""
    facts: tuple[tuple[Target, object, object], ...] = (
        (Target.SME, provider.sme, said.sme),
        (Target.VCSE, provider.vcse, said.vcse),
        (Target.VCSE_TYPE, provider.vcse_type, said.vcse_type),
    )
    lines = [
        f"{provider.name}: {LABELS[target]} is “{_said(there)}” in the register and “{_said(here)}” here; {CURE}"
        for target, there, here in facts
        if there is not None and here is not None and there != here
    ]
    for scheme, value in said.numbers:
        there = [one.value for one in provider.identifiers if one.scheme == scheme]
        if there and value not in there:
            name = SHAPES[Scheme(scheme)].name
            lines.append(f"{provider.name}: {name} {' and '.join(there)} in the register, {value} here; {CURE}")
    return lines


def _said(fact: object) -> str:
    return ("Yes" if fact else "No") if isinstance(fact, bool) else str(fact)


def put(provider: Provider, new: Described) -> None:
    """Write what is new; a number too is a change of the provider."""
    for column, value in (("sme", new.sme), ("vcse", new.vcse), ("vcse_type", new.vcse_type)):
        if value is not None:
            setattr(provider, column, value)
    for scheme, value in new.numbers:
        provider.identifiers.append(ProviderIdentifier(scheme=scheme, value=value))
    if new.numbers and provider.id:
        flag_modified(provider, "name_key")  # no field of its own: the history has the number
