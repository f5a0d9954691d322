"""Which law governs a contract. A person says so: it is never inferred from the value alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.core.dates import day
from app.core.money import pounds

#: The Procurement Act 2023 governs what began on or after this day .
ACT_FROM = date(2025, 2, 24)
#: s.71 in force (SI 2025/1316); s.70 for procurements that began on or after its day.
PERFORMANCE_FROM, PAYMENTS_FROM = date(2026, 1, 1), date(2026, 4, 1)


class Regime(StrEnum):
    """Framework, call-off and concession are facts beside it: they can stand on several of these."""

    PUBLIC = "public contract"
    LIGHT_TOUCH = "light touch contract"
    USER_CHOICE = "user choice contract"
    BELOW_NOTIFIABLE = "below threshold, notifiable"
    BELOW = "below threshold"
    EXEMPT_VERTICAL = "exempt: a company the council controls"
    EXEMPT_HORIZONTAL = "exempt: between authorities"
    EXEMPT_OTHER = "exempt: on another ground"
    HEALTH = "health care: Provider Selection Regime"
    BEFORE_THE_ACT = "Public Contracts Regulations 2015"
    GRANT = "grant"
    INTERNAL = "internal agreement"


class Supply(StrEnum):
    """What is mainly supplied; it decides the threshold, and by how much a change may move the value."""

    GOODS = "goods"
    SERVICES = "services"
    WORKS = "works"


class Reservation(StrEnum):
    """Local Government (Exclusion of Non-commercial Considerations) (England) Order 2026: below the threshold only."""

    NONE = "not reserved"
    UK = "suppliers in the United Kingdom"
    LOCAL = "local suppliers"


R = Regime
#: Contracts to which the whole Act applies.
OF_THE_ACT = frozenset({R.PUBLIC, R.LIGHT_TOUCH, R.USER_CHOICE})
EXEMPT = frozenset({R.EXEMPT_VERTICAL, R.EXEMPT_HORIZONTAL, R.EXEMPT_OTHER})


class Duty(StrEnum):
    """What a regime may ask for."""

    AWARD = "Contract award notice (UK6), then a standstill of 8 working days"
    DETAILS = "Contract details notice (UK7)"
    COPY = "A copy of the contract published"
    INDICATORS = "At least three key performance indicators, set before it is entered into"
    PAYMENTS = "Payments published each quarter (UK8)"
    PERFORMANCE = "Performance published at least once a year, and at its end (UK9)"
    BREACH = "Breaches and poor performance published (UK9)"
    CHANGE = "Contract change notice (UK10) before it is modified"
    TERMINATION = "Contract termination notice (UK11), also when it expires"
    PAID_IN_TIME = "Invoices paid within 30 days"
    CHANGE_UNDER_2015 = "Changes only as regulation 72 allows"
    CODE = "A line in the quarterly contracts of the Transparency Code"
    GRANTS = "A line in the Transparency Code's yearly list of grants"
    OTHER_RULES = "Notices of the Provider Selection Regime, which this register does not keep"


class Says(StrEnum):
    YES = "asked for"
    NO = "not asked for"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Facts:
    """What beside the regime decides which duties fire."""

    began_on: date | None = None
    framework: bool = False
    call_off: bool = False
    concession: bool = False
    #: With VAT, and every option; None where it is not known.
    gross: Decimal | None = None
    #: Without recoverable VAT.
    net: Decimal | None = None


@dataclass(frozen=True)
class Sums:
    """Sums of the law, with VAT but for the Code's."""

    #: s.53(3).
    large: Decimal = Decimal(5_000_000)
    #: s.52(1).
    indicators: Decimal = Decimal(5_000_000)
    #: s.70.
    payment: Decimal = Decimal(30_000)
    #: Local Government Transparency Code 2015: without recoverable VAT.
    code: Decimal = Decimal(5_000)


FIRST_SUMS = Sums()


@dataclass(frozen=True)
class Asked:
    """A duty, whether the regime asks for it of this contract, when, and where that stands."""

    duty: Duty
    says: Says
    when: str
    section: str


def what_it_switches_on(regime: Regime | None, facts: Facts, sums: Sums = FIRST_SUMS) -> tuple[Asked, ...]:
    """Every duty the regime could ask for, in the order of a contract's life. What never applies is left out."""
    if regime is None:
        return ()
    return tuple(_asked(regime, facts, sums))


def _asked(regime: Regime, facts: Facts, sums: Sums) -> Iterator[Asked]:
    if regime in OF_THE_ACT:
        yield from _of_the_act(regime, facts, sums)
    elif regime is R.BELOW_NOTIFIABLE:
        yield Asked(Duty.DETAILS, Says.YES, "As soon as reasonably practicable", "Procurement Act 2023, s.87(3)")
    elif regime is R.BEFORE_THE_ACT:
        yield Asked(Duty.CHANGE_UNDER_2015, Says.YES, "Before each change", "SI 2015/102, reg 72")
    elif regime is R.HEALTH:
        yield Asked(Duty.OTHER_RULES, Says.YES, "As that regime says", "SI 2024/692, reg 43")
    if regime in {R.BELOW_NOTIFIABLE, R.BELOW}:
        yield Asked(Duty.PAID_IN_TIME, Says.YES, "30 days from a valid invoice", "Procurement Act 2023, s.88")
    yield from _of_the_code(regime, facts, sums)


def _of_the_act(regime: Regime, facts: Facts, sums: Sums) -> Iterator[Asked]:
    light = regime is not R.PUBLIC
    chosen = regime is R.USER_CHOICE
    large = _more_than(facts.gross, sums.large)
    if not chosen:
        yield _award(facts, light=light)
        yield Asked(
            Duty.DETAILS,
            Says.YES,
            f"Within {120 if light else 30} days of entering into it",
            "Procurement Act 2023, s.53(1) and (2)",
        )
        yield Asked(
            Duty.COPY,
            large,
            f"Within {180 if light else 90} days, where it is worth more than {pounds(sums.large)} with VAT",
            "Procurement Act 2023, s.53(3)",
        )
    spared = light or facts.framework or facts.concession
    indicators = Says.NO if spared else _more_than(facts.gross, sums.indicators)
    yield Asked(
        Duty.INDICATORS,
        indicators,
        f"More than {pounds(sums.indicators)} with VAT; not light touch, framework or concession",
        "Procurement Act 2023, s.52",
    )
    yield Asked(Duty.PAYMENTS, _payments(facts), _WHEN_PAID.format(pounds(sums.payment)), "Procurement Act 2023, s.70")
    yield Asked(
        Duty.PERFORMANCE,
        indicators,
        f"Where indicators are set; from {day(PERFORMANCE_FROM)}",
        "Procurement Act 2023, s.71(2) and (4)",
    )
    not_light = Says.NO if light else Says.YES
    yield Asked(
        Duty.BREACH,
        not_light,
        f"Within 30 days; not light touch; from {day(PERFORMANCE_FROM)}",
        "Procurement Act 2023, s.71(5)",
    )
    yield Asked(
        Duty.CHANGE,
        not_light,
        "Unless the value moves by at most 10 per cent (works 15) or the term by at most 10; not light touch",
        "Procurement Act 2023, s.75",
    )
    if not chosen:
        yield Asked(Duty.TERMINATION, Says.YES, "Within 30 days of its end", "Procurement Act 2023, s.80")
    yield Asked(
        Duty.PAID_IN_TIME,
        Says.YES,
        "30 days from a valid invoice",
        "Procurement Act 2023, s.68",
    )


_WHEN_PAID = "Each payment over {} with VAT, for what began from 1 April 2026; not a concession or a framework itself"


def _award(facts: Facts, *, light: bool) -> Asked:
    section = "Procurement Act 2023, ss.50 and 51"
    if facts.call_off:
        return Asked(Duty.AWARD, Says.NO, "Not for a call-off under a framework", section)
    when = (
        "Before entering into it; the standstill is voluntary for light touch" if light else "Before entering into it"
    )
    return Asked(Duty.AWARD, Says.YES, when, section)


def _payments(facts: Facts) -> Says:
    if facts.concession or facts.framework:
        return Says.NO
    if facts.began_on is None:
        return Says.CANNOT_TELL
    return Says.YES if facts.began_on >= PAYMENTS_FROM else Says.NO


def _of_the_code(regime: Regime, facts: Facts, sums: Sums) -> Iterator[Asked]:
    if regime is R.GRANT:
        yield Asked(Duty.GRANTS, Says.YES, "Once a year", "Local Government Transparency Code 2015, grants")
    elif regime is not R.INTERNAL:
        yield Asked(
            Duty.CODE,
            _more_than(facts.net, sums.code),
            f"Within a month of the quarter, where it is worth more than {pounds(sums.code)} net of VAT",
            "Local Government Transparency Code 2015, contracts",
        )


def _more_than(amount: Decimal | None, limit: Decimal) -> Says:
    if amount is None:
        return Says.CANNOT_TELL
    return Says.YES if amount > limit else Says.NO


#: Which law the day the procurement began points to.
_OF_THE_ACT_OR_BELOW: Mapping[Regime, bool] = {
    **dict.fromkeys((*OF_THE_ACT, R.BELOW_NOTIFIABLE), True),
    R.BEFORE_THE_ACT: False,
}


def doubts(regime: Regime | None, facts: Facts, reserved_to: Reservation | None = None) -> tuple[str, ...]:
    """Facts that do not go together. A person settles which is wrong."""
    found = []
    of_the_act = _OF_THE_ACT_OR_BELOW.get(regime) if regime is not None else None
    if facts.began_on is not None and of_the_act is not None and of_the_act != (facts.began_on >= ACT_FROM):
        when = "before" if of_the_act else "on or after"
        found.append(
            f"It began on {day(facts.began_on)}, {when} the Procurement Act 2023 came into force on {day(ACT_FROM)}"
        )
    if reserved_to not in {None, Reservation.NONE} and regime not in {None, R.BELOW, R.BELOW_NOTIFIABLE}:
        found.append("Only a contract below the threshold may be reserved to suppliers of a place (the 2026 Order)")
    return tuple(found)
