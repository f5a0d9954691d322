"""The demonstration's spend, key performance indicators and documents; nothing of days to come."""

from collections.abc import Mapping
from decimal import Decimal

from app.council.calendar import FinancialYear
from app.home.demo.notation import Cells, money, table, yes_no
from app.home.demo.registering import RECORDED_BY, Loading
from app.register.commands.indicators import settle_indicator
from app.register.models import (
    Contract,
    ContractSpend,
    Document,
    DocumentKind,
    Indicator,
    IndicatorResult,
    Provider,
    Service,
)
from app.register.ratings import Rating
from app.register.service_levels import Direction, Frequency


def load_monitoring(loading: Loading) -> None:
    as_at = loading.calendar.as_at
    spent = [_spend(loading, cells) for cells in table("spend")]
    loading.session.add_all(one for one in spent if one.to_on <= as_at)
    indicators = {cells["key"]: _indicator(loading, cells) for cells in table("indicators")}
    for cells in table("results"):
        result = _result(loading, cells)
        if result.to_on <= as_at:
            indicators[cells["indicator"]].results.append(result)
    for one in indicators.values():
        settle_indicator(one)
    loading.session.add_all(indicators.values())
    loading.session.add_all(_document(loading, cells) for cells in table("documents"))
    loading.session.flush()


def _spend(loading: Loading, cells: Cells) -> ContractSpend:
    year: FinancialYear = loading.calendar.year + int(cells["year"])
    amount = money(cells["amount"])
    return ContractSpend(
        contract_id=loading.register.contracts[cells["contract"]].id,
        year=year.start,
        amount=amount if amount is not None else Decimal(0),
        to_on=loading.calendar.last_before_if(cells["to"]) or year.last,
        source=cells["source"],
        note=cells["note"] or None,
    )


def _indicator(loading: Loading, cells: Cells) -> Indicator:
    contract = loading.register.contracts[cells["contract"]]
    return Indicator(
        contract_id=contract.id,
        name=cells["name"],
        measures=cells["measures"],
        unit=cells["unit"],
        target=Decimal(cells["target"]),
        direction=Direction(cells["direction"]),
        frequency=Frequency(cells["frequency"]),
        measured_from=loading.calendar.first(cells["from"]),
        linked_to_payment=yes_no(cells["payment"]),
        set_before_entering=yes_no(cells["before"]),
    )


def _result(loading: Loading, cells: Cells) -> IndicatorResult:
    return IndicatorResult(
        from_on=loading.calendar.first(cells["from"]),
        to_on=loading.calendar.last_before(cells["to"]),
        figure=Decimal(cells["figure"]),
        rating=Rating(cells["rating"]),
        comment=cells["comment"] or None,
        assessed_by=cells["by"],
        stands=True,
        recorded_at=loading.now,
        recorded_by=RECORDED_BY,
    )


def _document(loading: Loading, cells: Cells) -> Document:
    made = loading.register
    found: dict[str, Mapping[str, Contract | Service | Provider]] = {
        "contract": made.contracts,
        "service": made.services,
        "provider": made.providers,
    }
    document = Document(
        kind=DocumentKind(cells["kind"]),
        title=cells["title"],
        url=cells["url"],
        added_at=loading.now,
        added_by=RECORDED_BY,
    )
    setattr(document, f"{cells['of']}_id", found[cells["of"]][cells["key"]].id)
    return document
