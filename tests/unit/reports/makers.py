"""One typed function for each row a test needs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reports.annex_agreements import AgreementStatus, Annex4Row
from reports.annex_commissioned import Annex2Row
from reports.annex_forthcoming import ActivityType, Annex3Row
from reports.annex_services import Annex1Row, Delivered, ServiceContract
from reports.annex_set import AnnexSet
from reports.annex_social_value import Annex5Row, CommitmentStatus
from reports.catalogue import laid_out
from reports.context import Context
from reports.layout import Laid
from reports.redaction import printable
from reports.table import Medium
from reports.values import Edition, Money, Party, Threshold, Timing, Unit, Withheld

ADULTS = Unit(directorate="Adult Social Care", division="Learning Disability", division_order=1)
OLDER = Unit(directorate="Adult Social Care", division="Older People", division_order=2)
EXEMPT = Withheld("Sch 12A para 3")


def million(amount: str) -> Money:
    return Money(Decimal(amount) * 1_000_000)


def a_context(**changes: Any) -> Context:
    context = Context(
        council="Northshire County Council",
        directorate="Adult Social Care",
        year=2015,
        as_at=date(2015, 3, 12),
        threshold=Threshold(Decimal(1_000_000)),
    )
    return replace(context, **changes)


def a_service(**changes: Any) -> Annex1Row:
    return replace(Annex1Row(unit=ADULTS, service="Day care", delivered=Delivered.IN_HOUSE), **changes)


def a_service_contract(**changes: Any) -> ServiceContract:
    part = ServiceContract(ref="C1", providers=(Party("Care Ltd"),), length="5 years (3 + 2)", value=million("2"))
    return replace(part, **changes)


def a_contract(**changes: Any) -> Annex2Row:
    row = Annex2Row(
        unit=ADULTS,
        ref="C1",
        service="Day care",
        title="Day care centres",
        providers=(Party("Care Ltd"),),
        length="5 years (3 + 2)",
        total=million("2"),
        basis="Whole life",
    )
    return replace(row, **changes)


def an_activity(**changes: Any) -> Annex3Row:
    row = Annex3Row(
        unit=ADULTS,
        ref="F1",
        activity="Re-let day care",
        type=ActivityType.RE_PROCURE,
        estimate=million("2"),
        timing=Timing(year=2015, quarter=2),
    )
    return replace(row, **changes)


def an_agreement(**changes: Any) -> Annex4Row:
    row = Annex4Row(
        unit=ADULTS,
        company="Northshire Trading Ltd",
        services=("Catering",),
        ref="SLA 1",
        status=AgreementStatus.IN_PLACE,
        annual_charge=Money(Decimal(250_000)),
    )
    return replace(row, **changes)


def a_commitment(**changes: Any) -> Annex5Row:
    row = Annex5Row(
        unit=ADULTS,
        theme="Jobs",
        commitment="Start apprentices",
        measure="Apprenticeships",
        unit_of_measure="people",
        target=Decimal(10),
        status=CommitmentStatus.NOT_DUE,
    )
    return replace(row, **changes)


def a_set(*, edition: Edition = Edition.OPEN, **rows: Any) -> AnnexSet:
    context = rows.pop("context", a_context())
    return AnnexSet(context=replace(context, edition=edition), **rows)


def annex(number: int, annexes: AnnexSet, medium: Medium = Medium.SCREEN) -> Laid:
    return laid_out(printable(annexes), medium)[number - 1]


def texts(laid: Laid, heading: str) -> list[str]:
    """What a reader sees under a heading."""
    place = [one.text for one in laid.headings].index(heading)
    return [line.cells[place].text for line in laid.lines]


def values(laid: Laid, heading: str) -> list[object]:
    """What a sheet holds under a heading."""
    place = [one.text for one in laid.headings].index(heading)
    return [line.cells[place].value for line in laid.lines]


def totals(laid: Laid) -> list[tuple[str, list[str]]]:
    return [(total.label, [cell.text for cell in total.cells if cell]) for total in laid.totals]
