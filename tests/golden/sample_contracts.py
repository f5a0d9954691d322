"""A made-up directorate and its contracts: every value basis, exempt and embargoed rows, long names, hostile text."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from reports.annex_commissioned import Annex2Row
from reports.context import Context
from reports.values import Money, Party, Threshold, Unit, Withheld

MILLION = Decimal(1_000_000)
DIRECTORATE = "Growth, Environment & Transport"
CONTEXT = Context(
    council="Northshire County Council",
    directorate=DIRECTORATE,
    year=2015,
    as_at=date(2015, 3, 12),
    threshold=Threshold(MILLION),
    version="0.3",
    prepared_by="the Business Planning Team",
    prepared_at=datetime(2015, 3, 12, 16, 30, tzinfo=UTC),
    committee="Growth, Economic Development and Communities Cabinet Committee",
    committee_on=date(2015, 4, 14),
    contact="business.planning@northshire.example",
)
EXEMPT = Withheld("Sch 12A para 3")
BANDED = Withheld("Sch 12A para 3", "£1m to £5m")

HIGHWAYS, WASTE, ECONOMY, LIBRARIES = (
    Unit(directorate=DIRECTORATE, division=name, division_order=place)
    for place, name in enumerate(
        (
            "Highways, Transportation & Waste",
            "Environment, Planning & Enforcement",
            "Economic Development",
            "Libraries, Registration & Archives",
        )
    )
)
FRAMEWORK = "Framework: no volume of work is guaranteed"
COMPANY = Party("Northshire Commercial Services Ltd", council_owned=True)


def millions(text: str) -> Decimal:
    return Decimal(text) * MILLION


def several(name: str, size: int) -> tuple[Party, ...]:
    return tuple(Party(f"{name} {number:02}") for number in range(1, size + 1))


CONTRACTS: tuple[Annex2Row, ...] = (
    Annex2Row(
        unit=HIGHWAYS,
        ref="SC11004",
        service="Highway maintenance",
        title="Highways term maintenance",
        providers=(Party("Arden Highways plc"),),
        starts_on=date(2011, 9, 1),
        current_end_on=date(2016, 8, 31),
        latest_end_on=date(2020, 8, 31),
        length="9 years (5 + 4 × 12 months)",
        annual=Money(millions("50")),
        total=Money(millions("250")),
        maximum=Money(millions("450"), at_least=True),
        basis="Nominal, no guaranteed volume",
        outcome="Communities feel the benefits of growth",
        next_decision="15/00031",
        footnotes=("The annual value is nominal: work is ordered as it is needed",),
        has_social_value=True,
        record="/contracts/1",
    ),
    Annex2Row(
        unit=HIGHWAYS,
        ref="SC12017",
        service="Street lighting",
        title="Street lighting energy and maintenance",
        providers=(Party("Lumen Grid Ltd", kind="SME"),),
        starts_on=date(2012, 4, 1),
        current_end_on=date(2017, 3, 31),
        latest_end_on=date(2022, 3, 31),
        length="10 years (5 + 5)",
        annual=Money(millions("1.05")),
        total=Money(millions("5.25")),
        maximum=Money(millions("10.5")),
        basis="Whole life",
        outcome="Communities feel the benefits of growth",
        has_social_value=True,
        record="/contracts/2",
    ),
    Annex2Row(
        unit=HIGHWAYS,
        ref="25/00053",
        service="Household waste",
        title="Household waste sites, Mid and East (12 sites)",
        providers=(Party("Fenland Environment"),),
        starts_on=date(2010, 11, 1),
        current_end_on=date(2015, 10, 31),
        latest_end_on=date(2020, 10, 31),
        length="10 years (5 + 5)",
        annual=Money(millions("4")),
        total=Money(millions("20")),
        maximum=Money(millions("40")),
        basis="Whole life",
        outcome="A cleaner county",
        next_decision="F1",
        record="/contracts/3",
    ),
    Annex2Row(
        unit=HIGHWAYS,
        ref="SC13031W",
        service="Household waste",
        title="Household waste sites, West (5 sites)",
        providers=(COMPANY,),
        starts_on=date(2013, 4, 1),
        current_end_on=date(2018, 3, 31),
        latest_end_on=date(2023, 3, 31),
        length="10 years (5 + 5)",
        annual=Money(millions("1.46")),
        total=Money(millions("7.3")),
        maximum=Money(millions("14.6")),
        basis="Whole life",
        agreement_ref="SLA 4",
        record="/contracts/4",
    ),
    Annex2Row(
        unit=HIGHWAYS,
        ref="007",
        service="Supported bus services",
        title="Supported local bus services framework",
        providers=several("County Coaches", 27),
        starts_on=date(2014, 9, 1),
        current_end_on=date(2018, 8, 31),
        latest_end_on=date(2018, 8, 31),
        length="4 years",
        total=Money(millions("17.5"), millions("21")),
        maximum=Money(millions("17.5"), millions("21")),
        basis="Range",
        footnotes=(FRAMEWORK,),
        has_social_value=True,
        record="/arrangements/1",
    ),
    Annex2Row(
        unit=WASTE,
        ref="SC14002",
        service="Country parks",
        title="Country parks grounds maintenance",
        providers=(Party("A. Gardener", kind="SME", masked=True),),
        starts_on=date(2014, 4, 1),
        current_end_on=date(2017, 3, 31),
        latest_end_on=date(2018, 3, 31),
        length="4 years (3 + 1)",
        annual=Money(Decimal("350000.50")),
        total=Money(Decimal("1050001.50")),
        maximum=Money(Decimal("1400002.00")),
        basis="Whole life",
        record="/contracts/6",
    ),
    Annex2Row(
        unit=WASTE,
        ref="SC14009",
        service="Flood risk",
        title="Flood modelling and drainage works",
        providers=(Party("Weir & Culvert Ltd"),),
        starts_on=date(2014, 6, 1),
        current_end_on=date(2016, 5, 31),
        latest_end_on=date(2018, 5, 31),
        length="4 years (2 + 2)",
        annual=Money(millions("1.234"), withheld=EXEMPT),
        total=Money(millions("2.468"), withheld=EXEMPT),
        maximum=Money(millions("4.936"), withheld=EXEMPT),
        basis="Whole life",
        record="/contracts/7",
    ),
    Annex2Row(
        unit=WASTE,
        ref="SC15001",
        service="Planning enforcement",
        title="Minerals and waste monitoring",
        providers=(Party("Strata Consulting", kind="SME"), Party("Boreal Survey Partnership", kind="VCSE")),
        starts_on=date(2015, 1, 5),
        current_end_on=None,
        length="Rolling, 6 months’ notice",
        annual=Money(Decimal(420_000)),
        basis="Annual",
        record="/contracts/8",
    ),
    Annex2Row(
        unit=ECONOMY,
        ref="SC10018",
        service="Broadband",
        title="Making Northshire Quicker: rural broadband",
        providers=(Party("British Wires plc"),),
        starts_on=date(2013, 3, 1),
        current_end_on=date(2016, 2, 29),
        latest_end_on=date(2016, 2, 29),
        length="3 years",
        total=Money(millions("9.8")),
        maximum=Money(millions("9.8")),
        basis="Partner’s share",
        note="The Government meets a further £9.9m.",
        has_social_value=True,
        record="/contracts/9",
    ),
    Annex2Row(
        unit=ECONOMY,
        ref="SC15007",
        service="Business support",
        title="Business growth hub",
        providers=(Party("Northshire Chamber", kind="VCSE"),),
        starts_on=date(2015, 4, 1),
        current_end_on=date(2018, 3, 31),
        latest_end_on=date(2019, 3, 31),
        length="4 years (3 + 1)",
        total=Money(),
        maximum=Money(),
        basis="Not known",
        record="/contracts/10",
    ),
    Annex2Row(
        unit=ECONOMY,
        ref="SC15010",
        service="Business support",
        title="Inward investment agency",
        providers=(Party("Locate North Ltd"),),
        starts_on=date(2015, 4, 1),
        current_end_on=date(2018, 3, 31),
        length="3 years",
        total=Money(millions("2.1")),
        basis="Whole life",
        embargoed_until=date(2015, 5, 1),
        record="/contracts/11",
    ),
    Annex2Row(
        unit=LIBRARIES,
        ref="SC09022",
        service="Library management system",
        title="Library management system and self-service kiosks",
        providers=(Party("Folio Systems Ltd"),),
        starts_on=date(2009, 10, 1),
        current_end_on=date(2015, 9, 30),
        latest_end_on=date(2015, 9, 30),
        length="6 years",
        annual=Money(Decimal(180_000)),
        total=Money(Decimal(1080000)),
        maximum=Money(Decimal(1080000)),
        basis="Whole life",
        outcome="Children and young people get the best start in life",
        next_decision="F6",
        footnotes=(FRAMEWORK,),
        record="/contracts/12",
    ),
    Annex2Row(
        unit=LIBRARIES,
        ref="=HYPERLINK(1)",
        service="Library stock",
        title="Books, audio and e-books consortium",
        providers=several("Bookseller", 3),
        starts_on=date(2013, 8, 1),
        current_end_on=date(2017, 7, 31),
        length="4 years",
        annual=Money(Decimal(940_000)),
        total=Money(Decimal(3_760_000)),
        maximum=Money(Decimal(3_760_000), at_least=True),
        basis="Estimate",
        note="-5% from year two; orders on +44 20 7946 0000",
        record="/contracts/13",
    ),
)


def routine_contracts() -> Iterator[Annex2Row]:
    """Plain rows that bring the table to its usual length."""
    names = (
        "Road marking",
        "Winter gritting",
        "Bridge inspection",
        "Traffic signals",
        "Gully cleansing",
        "Tree surgery",
    )
    for number, name in enumerate(names * 3, 1):
        unit = (HIGHWAYS, WASTE, LIBRARIES)[number % 3]
        worth = Decimal(1_100_000 + 375_000 * number)
        yield Annex2Row(
            unit=unit,
            ref=f"SC16{number:03}",
            service=name,
            title=f"{name}, area {number}",
            providers=(Party(f"{name.split()[0]} Contractors Ltd", kind="SME" if number % 2 else ""),),
            starts_on=date(2014, 4, 1),
            current_end_on=date(2016 + number % 4, 3, 31),
            latest_end_on=date(2018 + number % 4, 3, 31),
            length=f"{4 + number % 4} years ({2 + number % 4} + 2)",
            annual=Money(worth / (2 + number % 4)) if number % 4 != 1 else None,
            total=Money(worth),
            maximum=Money(worth * 2),
            basis="Whole life",
            outcome="Communities feel the benefits of growth",
            has_social_value=number % 2 == 0,
            record=f"/contracts/{100 + number}",
        )


COMMISSIONED = (*CONTRACTS, *routine_contracts())
