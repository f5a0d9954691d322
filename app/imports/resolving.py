"""The register's records that a row names: found, made where that was asked for, or left as a question."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.core.text import fold
from app.council.models import Directorate, Division
from app.imports.answers import Answer, Answers, PatternKey, PatternKind
from app.imports.brought import Resolved, clean
from app.imports.choices import Choices
from app.imports.described import Described, blanks_filled, described_by, numbers_left_out, put, told_otherwise
from app.imports.known import Known, remember_provider, service_key
from app.imports.naming import Naming
from app.imports.rows import ContractRow
from app.imports.targets import Target
from app.imports.values import NamedProvider
from app.register.commands.services import service_of_category
from app.register.models import (
    Category,
    Contract,
    Programme,
    Provider,
    Service,
)

_LONGEST_NAME = 300
_PARENT = Target.PARENT_REFERENCE


@dataclass
class Resolver:
    """Finds what rows name. What it makes hangs on the row's contract, and is stored only with it."""

    known: Known
    choices: Choices
    #: Folded name to the name as printed, and how often.
    units: Counter[str] = field(default_factory=Counter)
    providers: Counter[str] = field(default_factory=Counter)
    printed: dict[str, str] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)
    #: Names a person matched with a provider, to be kept as its other names.
    other_names: list[tuple[Provider, str]] = field(default_factory=list)
    #: What rows say that the register's own providers lack; written with the rows that are stored.
    filling: list[tuple[ContractRow, Provider, Described]] = field(default_factory=list)

    @property
    def answers(self) -> Answers:
        return self.choices.answers

    def resolve(
        self, row: ContractRow, contract: Contract | None = None
    ) -> tuple[Resolved | None, list[PatternKey], list[str]]:
        """What the row names, the questions that hold it, and words for what could not be placed.

        ``contract`` is the register's own, where the row names it by its Register id: what it says by itself counts.
        """
        held: list[PatternKey] = []
        remarks: list[str] = []
        unit = self._unit(row) if contract is None else self._unit_of(row, contract)
        if unit is None:
            held.append(PatternKey(PatternKind.UNKNOWN_UNIT, Target.UNIT, fold(_unit_name(row))))
        missing: list[str] = []
        providers = tuple(self._providers(row, held, remarks, missing))
        if unit is None or held:
            return None, held, remarks
        directorate, division = self._division(row, *unit, missing)
        service = self._service(row, directorate, division, missing)
        if contract is not None and service is None and contract.lead_service is not None and row.unit:
            missing.append(f"The service {contract.lead_service.name} gives its directorate: name a Service beside it")
        if service is not None:
            directorate, division = service.directorate, service.division
        named = {provider.name_key: provider for provider in providers}
        naming = Naming(self.known, row, contract)
        resolved = Resolved(
            directorate,
            division,
            service,
            self._category(row.category),
            self._programme(row, contract, missing),
            self.parent(row) if contract is None else naming.contract_named(_PARENT, row.parent_reference),
            tuple(named.values()),
            naming.outcome(),
            naming.arrangement(),
            naming.replaces(),
            naming.approval(),
            naming.other_services(),
            naming.shares(named.values()),
            contract,
        )
        missing += naming.waits
        if contract is None:
            return resolved, held, [*remarks, *missing]
        return replace(resolved, waits=tuple(missing)), held, remarks

    def _programme(self, row: ContractRow, contract: Contract | None, missing: list[str]) -> Programme | None:
        found = self.known.programmes.get(fold(row.programme)) if row.programme else None
        if found is None and row.programme and contract is not None:
            missing.append(f"Programme “{row.programme}”: the council has none called so; name one of its programmes")
        return found

    # Units.

    def _unit_of(self, row: ContractRow, contract: Contract) -> tuple[Directorate, Division | None] | None:
        """The contract's own unit unless the row says another; a division alone is one of its directorate."""
        if not row.unit:
            return contract.directorate, contract.division
        return (contract.directorate, None) if row.unit == row.division else self._unit(row)

    def _unit(self, row: ContractRow) -> tuple[Directorate, Division | None] | None:
        name = _unit_name(row)
        key = fold(name)
        known = self.known
        if found := self._known_unit(key):
            return found
        self.units[key] += 1
        self.printed.setdefault(key, name)
        question = PatternKey(PatternKind.UNKNOWN_UNIT, Target.UNIT, key)
        if not key or not (self.choices.create_missing or self.answers.settled(question) is Answer.CREATE):
            return None
        known.last_position += 1
        made = Directorate(name=clean(name, _LONGEST_NAME), position=known.last_position)
        known.directorates[key] = made
        self.made.add(f"unit:{key}")
        return made, None

    def _known_unit(self, key: str) -> tuple[Directorate, Division | None] | None:
        if matched := self.known.unit(self.choices.matched("unit", key)):
            return matched
        if directorate := self.known.directorates.get(key):
            if not directorate.id:
                self.units[key] += 1
            return directorate, None
        divisions = self.known.divisions.get(key, ())
        return (divisions[0].directorate, divisions[0]) if len(divisions) == 1 else None

    def _division(
        self, row: ContractRow, directorate: Directorate, division: Division | None, remarks: list[str]
    ) -> tuple[Directorate, Division | None]:
        if not row.division or division is not None:
            return directorate, division
        named = self.known.divisions.get(fold(row.division), ())
        found = next((one for one in named if one.directorate is directorate), None)
        if found is None and fold(row.division) != directorate.name_key:
            remarks.append(f"{directorate.name} has no division “{row.division}”: the division is left blank")
        return directorate, found

    # Services and categories.

    def _service(
        self, row: ContractRow, directorate: Directorate, division: Division | None, remarks: list[str]
    ) -> Service | None:
        if row.service:
            found = self._service_named(row.service, directorate, division)
            if found is None:
                remarks.append(f"{directorate.name} has no service “{row.service}”: no service is assigned")
            return found
        if not (self.choices.services_from_category and row.category):
            return None
        return self._service_named(row.category, directorate, division) or self._made_service(
            row.category, directorate, division
        )

    def _service_named(self, name: str, directorate: Directorate, division: Division | None) -> Service | None:
        services = self.known.services
        own = services.get(service_key(directorate, division, name)) or services.get(
            service_key(directorate, None, name)
        )
        if own or division is not None:
            return own
        key = fold(name)
        anywhere = [one for place, one in services.items() if place[0] == directorate.name_key and place[2] == key]
        return anywhere[0] if len(anywhere) == 1 else None

    def _made_service(self, name: str, directorate: Directorate, division: Division | None) -> Service:
        service = service_of_category(clean(name, _LONGEST_NAME))
        service.directorate, service.division = directorate, division
        self.known.services[service_key(directorate, division, name)] = service
        return service

    def _category(self, name: str) -> Category | None:
        key = fold(clean(name, _LONGEST_NAME))
        if not key:
            return None
        if key not in self.known.categories:
            self.known.categories[key] = Category(name=clean(name, _LONGEST_NAME))
        return self.known.categories[key]

    def parent(self, row: ContractRow) -> Contract | None:
        """The framework a call-off names, if one contract alone has that reference."""
        key = fold(row.parent_reference)
        found = self.known.frameworks.get(key, ()) if key and key != fold(row.reference) else ()
        return found[0] if len(found) == 1 else None

    # Providers.

    def _providers(
        self, row: ContractRow, held: list[PatternKey], remarks: list[str], missing: list[str]
    ) -> Iterator[Provider]:
        for named in row.providers:
            said = described_by(named, row)
            provider = self._provider(named, said)
            if provider is None:
                held.append(PatternKey(PatternKind.UNKNOWN_PROVIDER, Target.PROVIDER, fold(named.name)))
            else:
                missing += told_otherwise(provider, said) if provider.id else []
                remarks += [*numbers_left_out(named), *self._describe(provider, said, row)]
                yield provider

    def _provider(self, named: NamedProvider, said: Described) -> Provider | None:
        """By company or charity number, then the council's own number, then the exact name."""
        known = self.known
        key = fold(clean(named.name, _LONGEST_NAME))
        by_number = known.providers_by_number
        found = next((by_number[number] for number in said.numbers if number in by_number), None)
        found = found or self._matched_by_hand(named.name, key) or known.providers.get(key)
        if found is None:
            return self._missing_provider(named, key)
        if not found.id:
            self.providers[found.name_key] += 1
        return found

    def _describe(self, provider: Provider, said: Described, row: ContractRow) -> Iterator[str]:
        """A provider still to be made learns at once; the register's own when the row is stored."""
        known = self.known
        new = blanks_filled(provider, said, known.providers_by_number)
        if not provider.id:
            put(provider, new)
            remember_provider(known, provider)
        elif new != Described():
            self.filling.append((row, provider, said))
            known.providers_by_number.update((number, provider) for number in new.numbers)
            yield f"{provider.name}: {new.words} is added"

    def _matched_by_hand(self, name: str, key: str) -> Provider | None:
        """A person's match is kept as another name of the provider."""
        number = self.choices.matched("provider", key)
        found = self.known.providers_by_id.get(int(number)) if number.isdigit() else None
        if found is not None and key not in self.known.providers:
            self.other_names.append((found, clean(name, _LONGEST_NAME)))
            self.known.providers[key] = found
        return found

    def _missing_provider(self, named: NamedProvider, key: str) -> Provider | None:
        self.providers[key] += 1
        self.printed.setdefault(key, named.name)
        question = PatternKey(PatternKind.UNKNOWN_PROVIDER, Target.PROVIDER, key)
        if not (self.choices.create_missing or self.answers.settled(question) is Answer.CREATE):
            return None
        self.made.add(f"provider:{key}")
        return Provider(name=clean(named.name, _LONGEST_NAME))


def _unit_name(row: ContractRow) -> str:
    return row.unit or row.division
