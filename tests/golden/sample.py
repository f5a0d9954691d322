"""A made-up directorate's whole set of annexes, about thirty rows in the longest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from reports.annex_agreements import AgreementStatus, Annex4Row
from reports.annex_forthcoming import ActivityType, Annex3Row
from reports.annex_services import Annex1Row, Delivered, ServiceContract
from reports.annex_set import AnnexSet, Gap
from reports.annex_social_value import Annex5Row, Annex5Statement, CommitmentStatus
from reports.values import Edition, Money, Party, Timing, Unit
from tests.golden.sample_contracts import (
    BANDED,
    COMMISSIONED,
    COMPANY,
    CONTEXT,
    DIRECTORATE,
    ECONOMY,
    EXEMPT,
    HIGHWAYS,
    LIBRARIES,
    WASTE,
    millions,
)

TRANSFERRED = "Transferred from Customer & Communities on 1 April 2014"


def services() -> Iterator[Annex1Row]:
    """The services of those contracts, then those that the council delivers itself."""
    named = {(row.unit.division, row.service): row.unit for row in COMMISSIONED}
    for place, ((_, name), unit) in enumerate(named.items()):
        mine = [row for row in COMMISSIONED if row.service == name and row.unit == unit]
        yield Annex1Row(
            unit=unit,
            service=name,
            service_order=place,
            delivered=Delivered.MIXED if name == "Household waste" else Delivered.EXTERNAL,
            contracts=tuple(
                ServiceContract(ref=row.ref, providers=row.providers, length=row.length, value=row.total)
                for row in mine
            ),
            smaller_contracts=place % 3,
            changes=("F1",) if name == "Household waste" else (),
            record=f"/services/{place + 1}",
        )
    own = (
        "Highway inspections",
        "Registration of births and deaths",
        "Archives",
        "Planning applications",
        "Trading standards",
    )
    for place, name in enumerate(own):
        yield Annex1Row(
            unit=(HIGHWAYS, LIBRARIES, LIBRARIES, WASTE, WASTE)[place],
            service=name,
            service_order=50 + place,
            delivered=Delivered.IN_HOUSE,
            transferred="Transferred from Customer & Communities on 1 April 2014"
            if name == "Trading standards"
            else "",
            head_of_service=f"Head of {name}",
            net_budget=Decimal(850_000 + 125_000 * place),
            fte=Decimal("24.5") + place,
            record=f"/services/{60 + place}",
        )


PURPOSE = "Decide how residents dispose of what cannot be collected at home, at lower cost, when both contracts end."


def activities() -> Iterator[Annex3Row]:
    moments = [Timing(year=2015 + number // 8, quarter=1 + number % 4) for number in range(20)]
    for number, when in enumerate(moments, 2):
        yield Annex3Row(
            unit=(HIGHWAYS, WASTE, ECONOMY, LIBRARIES)[number % 4],
            ref=f"F{number}",
            service=("Highway maintenance", "Flood risk", "Business support", "Library stock")[number % 4],
            activity=("Re-let", "Redesign", "Extend")[number % 3] + f" the service of area {number}",
            purpose="Keep roads safe and open; find the best balance of price and quality.",
            type=(ActivityType.RE_PROCURE, ActivityType.REDESIGN, ActivityType.EXTEND)[number % 3],
            current_providers=(Party("Arden Highways plc"),) if number % 3 != 1 else (),
            current_end_on=date(2016 + number % 3, 3, 31),
            estimate=Money(millions("1.2") * number),
            basis="Whole life, estimate",
            length="5 years (3 + 2)",
            timing=when,
            decision_taker="Cabinet Member for Environment & Transport",
            committee="Environment & Transport Cabinet Committee",
            meeting_on=date(when.year or 2015, 9, 15),
            certainty=("Firm", "Likely", "Possible")[number % 3],
            lead_officer="Head of Commissioning",
            pre_scrutiny="Asked for" if number % 5 == 0 else "",
            record=f"/activities/{number}",
        )


FORTHCOMING = (
    Annex3Row(
        unit=HIGHWAYS,
        ref="F1",
        service="Household waste",
        activity="Household waste sites: one contract for the county",
        purpose=PURPOSE,
        type=ActivityType.RE_PROCURE,
        current_providers=(Party("Fenland Environment"), COMPANY),
        current_end_on=date(2015, 10, 31),
        estimate=Money(millions("38"), millions("45")),
        basis="Whole life, range",
        length="10 years (5 + 5)",
        timing=Timing(year=2015, quarter=2, originally="Q3 2014-15"),
        decision_taker="Cabinet",
        committee="Environment & Transport Cabinet Committee",
        meeting_on=date(2015, 7, 22),
        certainty="Firm",
        lead_officer="Head of Waste Management",
        pre_scrutiny="Endorsed with amendments",
        note="Needs the consent of the district councils",
        record="/activities/1",
    ),
    *activities(),
    Annex3Row(
        unit=ECONOMY,
        ref="F30",
        activity="Regeneration loan fund",
        type=ActivityType.NEW,
        estimate=Money(millions("3.3"), withheld=BANDED),
        basis="Estimate",
        timing=Timing(year=2016),
        certainty="Possible",
        record="/activities/30",
    ),
    Annex3Row(
        unit=LIBRARIES,
        ref="15/00002",
        activity="Libraries charitable trust",
        purpose="Move libraries to a trust that can raise its own money.",
        type=ActivityType.REDESIGN,
        estimate=Money(millions("13.4")),
        per_year=True,
        timing=Timing(year=2014, quarter=4, taken_on=date(2015, 3, 10)),
        decision_taker="Cabinet Member for Communities",
        certainty="Firm",
        record="/activities/31",
    ),
    Annex3Row(
        unit=WASTE,
        ref="F32",
        activity="Coastal protection partnership",
        type=ActivityType.NEW,
        estimate=Money(),
        timing=Timing(),
        certainty="Possible",
        record="/activities/32",
    ),
)

PROPERTY, TRADE, ENERGY = (f"Northshire {name} Ltd" for name in ("Property Services", "Commercial Services", "Energy"))


def an_agreement(number: int, unit: Unit, company: str, services: str, charge: Money, **changes: Any) -> Annex4Row:
    row = Annex4Row(
        unit=unit,
        company=company,
        ownership=Decimal(51 if company == ENERGY else 100),
        services=(*services.split(", "),),
        ref=f"SLA {number}",
        status=AgreementStatus.IN_PLACE,
        starts_on=date(2013, 4, 1),
        ends_on=date(2018, 3, 31) if number % 2 else None,
        review_on=date(2016, 4, 1),
        annual_charge=charge,
        standards=("calls answered: 95% in 20 seconds", "satisfaction: 90%"),
        business_plan="Business Plan 2015-18 (March 2015)",
        client_lead="Head of Business Services",
        record=f"/contracts/{200 + number}",
    )
    return replace(row, **changes)


AGREEMENTS = (
    an_agreement(1, HIGHWAYS, ENERGY, "Solar panels", Money(Decimal(92_000)), latest_result="93%; 91%"),
    an_agreement(
        2,
        LIBRARIES,
        PROPERTY,
        "Property management, Caretaking",
        Money(millions("2.4")),
        status=AgreementStatus.BEING_PUT_IN_PLACE,
    ),
    an_agreement(3, WASTE, PROPERTY, "Surveying", Money(Decimal(310_000)), latest_result="90%; 88%"),
    an_agreement(4, HIGHWAYS, TRADE, "Household waste sites", Money(millions("1.46")), contract_ref="SC13031W"),
    an_agreement(5, ECONOMY, TRADE, "Vehicle leasing", Money(), status=AgreementStatus.UNDER_REVIEW),
    an_agreement(
        6,
        WASTE,
        TRADE,
        "Landscape works",
        Money(millions("0.777"), withheld=EXEMPT),
        status=AgreementStatus.PROPOSED,
        starts_on=None,
    ),
)

STATEMENT = Annex5Statement(
    directorate=DIRECTORATE,
    text=(
        "Every contract over £1m will say what it does for the people and places of Northshire beyond the service "
        "itself. In 2015-16 we will ask our largest providers for apprenticeships, for work with local and voluntary "
        "suppliers, and for lower carbon, and we will publish what they promised beside what they delivered."
    ),
    signed_off_by="Corporate Director, Growth, Environment & Transport",
    signed_off_on=date(2015, 3, 3),
    policy="Commissioning Framework (2014)",
)

ROADS, LIGHTS = "Highways term maintenance", "Street lighting energy and maintenance"
APPRENTICES = "Apprenticeships started"


def a_commitment(
    order: int, theme: str, commitment: str, carried_by: str, measure: tuple[str, str], **changes: Any
) -> Annex5Row:
    row = Annex5Row(
        unit=HIGHWAYS,
        theme=theme,
        theme_order=order,
        commitment=commitment,
        carried_by=carried_by,
        measure=measure[0],
        unit_of_measure=measure[1],
        target_by=date(2016, 3, 31),
        status=CommitmentStatus.NO_DATA,
        record=f"/social-value/{order}",
    )
    return replace(row, **changes)


def measured(target: str, delivered: str) -> dict[str, Any]:
    return {
        "target": Decimal(target) if target else None,
        "delivered": Decimal(delivered),
        "delivered_as_at": date(2015, 2, 28),
    }


COMMITMENTS = (
    a_commitment(
        1,
        "Jobs and skills",
        "Start apprentices on road crews",
        ROADS,
        (APPRENTICES, "people"),
        **measured("40", "22"),
        status=CommitmentStatus.ON_TARGET,
        evidence="Provider’s return, verified",
    ),
    a_commitment(
        1,
        "Jobs and skills",
        "Start apprentices on lighting crews",
        LIGHTS,
        (APPRENTICES, "people"),
        **measured("6", "1"),
        status=CommitmentStatus.AT_RISK,
        evidence="Provider’s return",
    ),
    a_commitment(
        1, "Jobs and skills", "Work placements for care leavers", "", ("Placements", "weeks"), target=Decimal(120)
    ),
    a_commitment(
        2,
        "Local economy",
        "Spend with suppliers in the county",
        ROADS,
        ("Local spend", "£"),
        **measured("12500000", "9750000.50"),
        status=CommitmentStatus.OFF_TARGET,
        evidence="Ledger of the supply chain",
    ),
    a_commitment(
        3,
        "Environment",
        "Cut carbon of street lights",
        LIGHTS,
        ("Carbon saved", "tonnes"),
        **measured("", "310.5"),
        status=CommitmentStatus.NOT_DUE,
        evidence="Meter readings",
    ),
)

GAPS = (
    Gap("SC15007, Business growth hub", "No value recorded: enter the value or its basis.", record="/contracts/10"),
    Gap("SC15010, Inward investment agency", "Embargoed until 1 May 2015.", keeps_out=True, record="/contracts/11"),
    Gap("Contract R88, Signposting", "No end date and no end condition: enter one.", keeps_out=True),
)


def annex_set(edition: Edition = Edition.OPEN) -> AnnexSet:
    """The whole sample in one edition."""
    return AnnexSet(
        context=replace(CONTEXT, edition=edition),
        services=(*services(),),
        commissioned=COMMISSIONED,
        forthcoming=FORTHCOMING,
        agreements=AGREEMENTS,
        statements=(STATEMENT,),
        commitments=COMMITMENTS,
        notes=("The directorate was reorganised on 1 April 2014; services are listed once, where they now stand.",),
        gaps=GAPS,
    )


def empty_set() -> AnnexSet:
    """A directorate that has nothing to list: each table still says so."""
    return AnnexSet(context=CONTEXT)
