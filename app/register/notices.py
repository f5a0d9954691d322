"""The notices of the Procurement Act 2023 (PA23): their names, and the last lawful day of each. Plain Python.

"Before the end of the period of N days beginning with day X" makes X + N - 1 the last lawful day.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from app.core.dates import MONTHS_IN_A_YEAR, add_months, day
from app.core.money import PENNY, pounds
from app.council.calendar import ONE_DAY, add_working_days
from app.register.regime import Regime
from app.register.vat import FIRST_VAT_RATES, VatRates, VatTreatment, gross


class NoticeKind(StrEnum):
    """As Find a Tender numbers them, and the copies of contracts and changes that go with them."""

    UK1 = "UK1"
    UK2 = "UK2"
    UK3 = "UK3"
    UK4 = "UK4"
    UK5 = "UK5"
    UK6 = "UK6"
    UK7 = "UK7"
    UK8 = "UK8"
    UK9 = "UK9"
    UK10 = "UK10"
    UK11 = "UK11"
    UK12 = "UK12"
    UK13 = "UK13"
    UK14 = "UK14"
    UK15 = "UK15"
    UK16 = "UK16"
    UK17 = "UK17"
    COPY = "copy of the contract"
    COPY_OF_CHANGE = "copy of a change"


#: What each is called, and the section of the Act it rests on.
NAMES: Mapping[NoticeKind, tuple[str, str]] = {
    NoticeKind.UK1: ("pipeline notice", "s.93"),
    NoticeKind.UK2: ("preliminary market engagement notice", "s.17"),
    NoticeKind.UK3: ("planned procurement notice", "s.15"),
    NoticeKind.UK4: ("tender notice", "s.21"),
    NoticeKind.UK5: ("transparency notice", "s.44"),
    NoticeKind.UK6: ("contract award notice", "s.50"),
    NoticeKind.UK7: ("contract details notice", "s.53"),
    NoticeKind.UK8: ("contract payment notice", "s.70"),
    NoticeKind.UK9: ("contract performance notice", "s.71"),
    NoticeKind.UK10: ("contract change notice", "s.75"),
    NoticeKind.UK11: ("contract termination notice", "s.80"),
    NoticeKind.UK12: ("procurement termination notice", "s.55"),
    NoticeKind.UK13: ("dynamic market intention notice", "s.39"),
    NoticeKind.UK14: ("dynamic market establishment notice", "s.39"),
    NoticeKind.UK15: ("dynamic market modification notice", "s.39"),
    NoticeKind.UK16: ("dynamic market cessation notice", "s.39"),
    NoticeKind.UK17: ("payments compliance notice", "s.69"),
    NoticeKind.COPY: ("copy of the contract", "s.53(3)"),
    NoticeKind.COPY_OF_CHANGE: ("copy of a change", "s.77"),
}


def name_of(kind: NoticeKind) -> str:
    """As "UK7 contract details notice"."""
    words = NAMES[kind][0]
    return words if kind.value == words else f"{kind} {words}"


#: Assessments of performance are owed since then, on contracts the Act governs (SI 2025/1316, reg 2).
PERFORMANCE_IN_FORCE = date(2026, 1, 1)
#: Payments are told of on contracts whose procurement began on or after this day (SI 2025/1316, reg 2).
PAYMENTS_IN_FORCE = date(2026, 4, 1)
#: Procurements begun from this day on are governed by the Act (SI 2024/959).
ACT_IN_FORCE = date(2025, 2, 24)


@dataclass(frozen=True)
class Duties:
    """The Act's periods and amounts, each a dated setting of the council. Amounts include VAT."""

    details_days: int = 30
    details_days_light_touch: int = 120
    copy_days: int = 90
    copy_days_light_touch: int = 180
    termination_days: int = 30
    payment_days: int = 30
    assessment_months: int = MONTHS_IN_A_YEAR
    standstill_days: int = 8
    indicators: int = 3
    copy_over: Decimal = Decimal(5_000_000)
    indicators_over: Decimal = Decimal(5_000_000)
    notifiable_from: Decimal = Decimal(30_000)
    payment_over: Decimal = Decimal(30_000)
    #: Days before a last lawful day from which it is listed.
    warning_days: int = 15
    rates: VatRates = field(default_factory=lambda: FIRST_VAT_RATES)


@dataclass(frozen=True)
class Let:
    """What the duties of one contract hang on."""

    regime: Regime | None
    entered_on: date | None
    #: Its last day, once that is past or the contract was ended early.
    ended_on: date | None = None
    framework: bool = False
    concession: bool = False
    #: The most it may come to, options included, net of VAT.
    value: Decimal | None = None
    vat: VatTreatment | None = None
    began_on: date | None = None
    starts_on: date | None = None


GOVERNED = frozenset({Regime.PUBLIC, Regime.LIGHT_TOUCH, Regime.USER_CHOICE})
#: A contract the individual chose the provider of needs neither details nor an end told (ss.53(6)(b), 80(4)(b)).
TOLD = frozenset({Regime.PUBLIC, Regime.LIGHT_TOUCH})


def last_day(first: date, days: int) -> date:
    """The last lawful day of a period that begins with its first day."""
    return first + timedelta(days=days - 1)


def least_gross(let: Let, rates: VatRates) -> Decimal | None:
    """What it comes to with VAT; where no VAT treatment is recorded, the net is the least it can be."""
    with_vat = gross(let.value, let.vat, rates)
    return let.value if with_vat is None else with_vat


def is_over(let: Let, amount: Decimal, rates: VatRates) -> bool:
    """More than the amount, VAT included, whatever the VAT treatment turns out to be."""
    value = least_gross(let, rates)
    return value is not None and value > amount


def most_net_within(amount: Decimal, treatment: VatTreatment | None, rates: VatRates) -> Decimal:
    """The largest net value that does not come to more than the amount: what a database can compare with."""
    if treatment is None:
        return amount
    net = (amount * 100 / (100 + rates.of(treatment))).quantize(PENNY)
    while (gross(net, treatment, rates) or net) > amount:
        net -= PENNY
    while (gross(net + PENNY, treatment, rates) or net) <= amount:
        net += PENNY
    return net


# The last lawful days


def details_due(let: Let, duties: Duties) -> date | None:
    """UK7: 30 days from entering into the contract, 120 for light touch (s.53(1), (2))."""
    if let.entered_on is None or let.regime not in TOLD:
        return None
    return last_day(let.entered_on, details_days(let.regime, duties))


def details_days(regime: Regime | None, duties: Duties) -> int:
    return duties.details_days_light_touch if regime is Regime.LIGHT_TOUCH else duties.details_days


def copy_due(let: Let, duties: Duties) -> date | None:
    """The contract itself, where it is over £5m with VAT: 90 days, 180 for light touch (s.53(3), (4))."""
    if let.entered_on is None or let.regime not in TOLD or not is_over(let, duties.copy_over, duties.rates):
        return None
    return last_day(let.entered_on, copy_days(let.regime, duties))


def copy_days(regime: Regime | None, duties: Duties) -> int:
    return duties.copy_days_light_touch if regime is Regime.LIGHT_TOUCH else duties.copy_days


def termination_due(let: Let, duties: Duties) -> date | None:
    """UK11: 30 days from the end, which may be expiry or discharge as well as termination (s.80)."""
    if let.ended_on is None or let.regime not in TOLD:
        return None
    return last_day(let.ended_on, duties.termination_days)


def needs_indicators(let: Let, duties: Duties) -> bool:
    """Over £5m with VAT; not a framework, a concession or a light touch contract (s.52(1), (6))."""
    if let.regime is not Regime.PUBLIC or let.framework or let.concession:
        return False
    return is_over(let, duties.indicators_over, duties.rates)


def assessment_due(let: Let, latest_on: date | None, duties: Duties) -> date | None:
    """UK9: at least once in every 12 months of the contract's life (s.71(2))."""
    if not needs_indicators(let, duties):
        return None
    begun = let.starts_on or let.entered_on
    since = max((one for one in (latest_on, begun) if one), default=None)
    if since is None:
        return None
    return add_months(max(since, PERFORMANCE_IN_FORCE), duties.assessment_months) - ONE_DAY


def payments_due(let: Let, quarter_last: date, duties: Duties) -> date | None:
    """UK8: payments over £30,000 made in a quarter, within 30 days beginning with its last day (s.70)."""
    if let.regime not in GOVERNED or let.concession or let.began_on is None or let.began_on < PAYMENTS_IN_FORCE:
        return None
    return last_day(quarter_last, duties.payment_days)


def change_notice_late(effective_on: date, published_on: date | None, *, needed: bool | None) -> bool:
    """UK10: before the change, where a person has said that one is needed (s.75(1))."""
    return bool(needed) and (published_on is None or published_on > effective_on)


def standstill_ends(published_on: date, days: int, holidays: Container[date]) -> date:
    """Eight working days beginning with the day the award notice is published (s.51(2))."""
    return add_working_days(published_on - ONE_DAY, days, holidays)


def entered_too_early(entered_on: date | None, standstill_ends_on: date | None) -> bool:
    return entered_on is not None and standstill_ends_on is not None and entered_on <= standstill_ends_on


def is_notifiable(let: Let, duties: Duties) -> bool:
    """A below-threshold contract of £30,000 or more with VAT: its details are told as soon as practicable (s.87(3))."""
    value = least_gross(let, duties.rates)
    return let.regime is Regime.BELOW_NOTIFIABLE and value is not None and value >= duties.notifiable_from


def needs_a_regime(let: Let, duties: Duties) -> bool:
    """Nobody has said which law governs it, it is worth asking, and its procurement began under the Act."""
    begun = let.began_on or let.entered_on or let.starts_on
    value = least_gross(let, duties.rates)
    asked = let.regime is None and begun is not None and begun >= ACT_IN_FORCE
    return asked and value is not None and value >= duties.notifiable_from


# In words


def due_in_words(due_on: date, today: date) -> str:
    """As "due by 30 March 2026, 12 days ago"."""
    days = (due_on - today).days
    when = "today" if days == 0 else f"in {_days(days)}" if days > 0 else f"{_days(-days)} ago"
    return f"due by {day(due_on)}, {when}"


def _days(number: int) -> str:
    return f"{number:,} day{'' if number == 1 else 's'}"


def value_in_words(let: Let, rates: VatRates) -> str:
    """As "£6,000,000 with VAT at the standard rate"."""
    if let.value is None:
        return "no value recorded"
    if let.vat is None:
        return f"{pounds(let.value)} before VAT, whose treatment is not recorded"
    with_vat = gross(let.value, let.vat, rates) or let.value
    return f"{pounds(with_vat)} with VAT ({let.vat})"
