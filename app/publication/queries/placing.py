"""Where every record of the register stands with a file."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from app.council import queries as council
from app.council import settings
from app.publication.rules.periods import Period
from app.publication.rules.scope import Place, Scope, Standing, place_of
from app.register.models import Contract, ContractForm, ContractProvider, ContractStage, Provider

LIST_WITH_CONTRACTS = "the contracts register"


@dataclass(frozen=True)
class Placed:
    """A record by its name, and where it stands."""

    contract_id: int
    title: str
    reference: str
    directorate_id: int
    place: Place


@dataclass(frozen=True)
class Placing:
    """Every record there is, each in one place."""

    scope: Scope
    records: Sequence[Placed]

    def counts(self) -> Mapping[Place, int]:
        found = Counter(one.place for one in self.records)
        return {place: found[place] for place in Place if found[place]}

    def at(self, place: Place) -> list[Placed]:
        return [one for one in self.records if one.place is place]


def scope_of(session: Session, period: Period, today: date) -> Scope:
    """Under the settings in force on the period's last day."""
    return Scope(
        period,
        today,
        over=council.value_on(session, settings.CODE_OVER, period.last),
        grants_in_the_list=council.value_on(session, settings.CODE_GRANTS, period.last) == LIST_WITH_CONTRACTS,
    )


_READ = (
    Contract.id,
    Contract.title,
    Contract.reference,
    Contract.directorate_id,
    Contract.form,
    Contract.stage,
    Contract.withdrawn_at,
    Contract.embargoed_until,
    Contract.awarded_on,
    Contract.starts_on,
    Contract.current_end_on,
    Contract.ended_early_on,
    Contract.whole_life_figure,
    Contract.annual_figure,
    Contract.exempt,
)


def placing(session: Session, scope: Scope) -> Placing:
    rows = session.execute(select(*_READ).order_by(Contract.title_key, Contract.id))
    vcse = _beneficiaries(session)
    return Placing(scope, [_placed(row, vcse, scope) for row in rows])


def _placed(row: Row[*tuple[Any, ...]], vcse: Mapping[int, bool | None], scope: Scope) -> Placed:
    place = place_of(_standing(row, vcse), scope)
    return Placed(row.id, row.title, row.reference or "", row.directorate_id, place)


def _standing(row: Row[*tuple[Any, ...]], vcse: Mapping[int, bool | None]) -> Standing:
    return Standing(
        withdrawn=row.withdrawn_at is not None,
        embargoed_until=row.embargoed_until,
        planned=row.stage is ContractStage.PLANNED,
        legally_a_contract=row.form.legally_a_contract,
        is_grant=row.form is ContractForm.GRANT,
        vcse=vcse.get(row.id),
        awarded_on=row.awarded_on,
        starts_on=row.starts_on,
        ends_on=row.ended_early_on or row.current_end_on,
        figure=row.whole_life_figure if row.whole_life_figure is not None else row.annual_figure,
        exempt=row.exempt,
    )


def place_of_one(session: Session, contract_id: int, scope: Scope) -> Place:
    row = session.execute(select(*_READ).where(Contract.id == contract_id)).one()
    return place_of(_standing(row, _beneficiaries(session)), scope)


def _beneficiaries(session: Session) -> dict[int, bool | None]:
    """Of each grant, whether anybody it goes to is a voluntary or community body; None where that is not known."""
    rows = session.execute(
        select(ContractProvider.contract_id, Provider.vcse)
        .join(Provider, Provider.id == ContractProvider.provider_id)
        .join(Contract, Contract.id == ContractProvider.contract_id)
        .where(Contract.form == ContractForm.GRANT)
        .order_by(ContractProvider.contract_id, ContractProvider.position, ContractProvider.id)
    )
    found: dict[int, set[bool | None]] = defaultdict(set)
    for contract_id, vcse in rows:
        found[contract_id].add(vcse)
    return {number: True if True in kinds else None if None in kinds else False for number, kinds in found.items()}
