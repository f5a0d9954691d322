"""Other records that a row of the register's own export names: found, or said to be unknown with what would work.

A name that the contract itself bears stands for what the contract has, even where two records share it.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from app.core.errors import Refusal
from app.core.text import fold
from app.council.models import Outcome
from app.imports.known import Known
from app.imports.rows import ContractRow
from app.imports.targets import LABELS, Target
from app.register.models import Approval, Arrangement, Contract, Provider, Service
from app.register.shares import Share, lot_written, parts_of, read_share

T = TypeVar("T")
_OF_UNIT = re.compile(r"(?P<name>.+) \((?P<unit>[^()]+)\)")
SERVICES_HOW = (
    "name each service as the register does, with a semicolon between, "
    "and its directorate in brackets where two share a name"
)


@dataclass
class Naming:
    """What one row names beside its unit, service and providers."""

    known: Known
    row: ContractRow
    #: None for a row that makes a contract.
    contract: Contract | None
    waits: list[str] = field(default_factory=list)

    def outcome(self) -> Outcome | None:
        return self._one(Target.OUTCOME, self.known.outcomes, "outcome")

    def arrangement(self) -> Arrangement | None:
        return self._one(Target.ARRANGEMENT, self.known.arrangements, "arrangement")

    def approval(self) -> Approval | None:
        return self._one(Target.APPROVAL, self.known.approvals, "approval")

    def replaces(self) -> Contract | None:
        return self.contract_named(Target.REPLACES, self._said(Target.REPLACES))

    def contract_named(self, target: Target, said: str) -> Contract | None:
        """Another contract, by its reference or else its title."""
        found = [one for one in self.known.named.get(fold(said), ()) if one is not self.contract] if said else []
        return self._only(target, said, found, "contract")

    def _said(self, target: Target) -> str:
        said = self.row.others.get(target, "")
        return said if isinstance(said, str) else ""

    def _one(self, target: Target, known: dict[str, list[T]], called: str) -> T | None:
        said = self._said(target)
        return self._only(target, said, known.get(fold(said), ()), called)

    def _only(self, target: Target, said: str, found: Sequence[T], called: str) -> T | None:
        if not said or len(found) == 1:
            return found[0] if said else None
        many = "more than one" if found else "no"
        self.waits.append(
            f"{LABELS[target]} “{said}”: the register has {many} {called} called so; "
            f"name one as it stands there, or leave the cell as it was"
        )
        return None

    # Lists in one cell.

    def other_services(self) -> tuple[Service, ...] | None:
        said = self._said(Target.OTHER_SERVICES)
        if not said:
            return None
        there = {one.service.name_key: one.service for one in self.contract.other_services} if self.contract else {}
        found = [self._service(name, there.get(fold(name))) for name in _parts(said)]
        return tuple({one.id: one for one in found if one is not None}.values())

    def _service(self, name: str, there: Service | None) -> Service | None:
        if there is not None:
            return there
        within = _OF_UNIT.fullmatch(name)
        found = self._services(fold(name), "") or (
            self._services(fold(within["name"]), fold(within["unit"])) if within else []
        )
        if len(found) == 1:
            return found[0]
        many = "more than one service is" if found else "no service is"
        self.waits.append(f"{LABELS[Target.OTHER_SERVICES]}: {many} called “{name}”; {SERVICES_HOW}")
        return None

    def _services(self, name: str, unit: str) -> list[Service]:
        return [
            service for place, service in self.known.services.items() if place[2] == name and unit in {"", *place[:2]}
        ]

    def shares(self, providers: Iterable[Provider]) -> dict[str, Share] | None:
        """What each provider gets, by its folded name. A lot that is not said stays as it was."""
        said = self._said(Target.PROVIDER_SHARES)
        if not said:
            return None
        there = {one.provider.name_key: one for one in self.contract.providers} if self.contract is not None else {}
        names = {one.name_key for one in providers} or set(there)
        lots = {name: lot_written(one.lot or "") for name, one in there.items()}
        return {
            name: share if share.lot else Share(share.sum, lots.get(name, ""))
            for name, share in self._shares(said, names)
        }

    def _shares(self, said: str, known: Collection[str]) -> Iterator[tuple[str, Share]]:
        for part in parts_of(said):
            try:
                name, share = read_share(part)
            except Refusal as refusal:
                self.waits.append(f"{LABELS[Target.PROVIDER_SHARES]}: {refusal.message}")
                continue
            if fold(name) in known:
                yield fold(name), share
            else:
                self.waits.append(
                    f"{LABELS[Target.PROVIDER_SHARES]}: “{part}” names nobody under {LABELS[Target.PROVIDER]}; "
                    "name the provider there as well"
                )


def _parts(said: str) -> list[str]:
    return [part.strip() for part in said.split(";") if part.strip()]
