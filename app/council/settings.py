"""The catalogue of the council's dated settings: their words, what each may say, their first values. Plain Python."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Generic, TypeVar

from typing_extensions import override

from app.core.errors import Refusal
from app.core.money import parse_pounds, pounds
from app.council import rules
from app.council.calendar import DayBasis, Span, Unit
from app.council.rules import COUNCIL_SETTING, CallInTrigger, Operator, Stage, Threshold, ThresholdBasis

T_co = TypeVar("T_co", covariant=True)

_THRESHOLD = re.compile(r"(more than|at least)\s+(.+?)(\s+(?:whole life|whole life with options|a year|annual))?")
_NUMBER = re.compile(r"[0-9]{1,4}")
_SPAN = re.compile(r"([0-9]{1,4})\s+(working day|calendar day|day|month)s?")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")
_YEARLY = frozenset({"a year", "annual"})
NONE = "none"
MOST_PER_CENT = 100


@dataclass(frozen=True)
class Definition(Generic[T_co]):
    """One setting of the council: its words, how its text is read, and what it says until somebody decides."""

    name: str
    label: str
    #: What would work, as the form says it.
    hint: str
    read: Callable[[str], T_co]
    first: str
    source: str
    group: str
    #: What the number counts, where the value is a bare number.
    unit: str = ""

    @property
    def first_value(self) -> T_co:
        return self.read(self.first)

    def said(self, value: str) -> str:
        """The value with what it counts: "24 months"."""
        return f"{value} {self.unit}" if self.unit else value


# Reading what people write


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def read_threshold(text: str) -> Threshold:
    found = _THRESHOLD.fullmatch(_plain(text))
    if found is None:
        raise Refusal("Write a threshold like “more than £1,000,000” or “at least £500,000 a year”", field="value")
    basis = ThresholdBasis.ANNUAL if (found[3] or "").strip() in _YEARLY else ThresholdBasis.WHOLE_LIFE
    return Threshold(read_pounds(found[2]), Operator(found[1]), basis)


def read_threshold_or_none(text: str) -> Threshold | None:
    return None if _plain(text) == NONE else read_threshold(text)


def read_pounds(text: str) -> Decimal:
    try:
        return parse_pounds(text)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="value") from refusal


def read_pounds_or_none(text: str) -> Decimal | None:
    return None if _plain(text) == NONE else read_pounds(text)


def read_number(text: str) -> int:
    if not _NUMBER.fullmatch(text.strip()) or int(text) == 0:
        raise Refusal("Write a whole number, such as 3", field="value")
    return int(text)


def read_per_cent(text: str) -> Decimal:
    written = text.strip().removesuffix("%").strip()
    if not _NUMBER.fullmatch(written) or int(written) > MOST_PER_CENT:
        raise Refusal("Write a percentage from 0 to 100, such as 10", field="value")
    return Decimal(written)


def read_span(text: str) -> Span:
    found = _SPAN.fullmatch(_plain(text))
    if found is None:
        raise Refusal("Write a length of time like “6 months”, “29 days” or “8 working days”", field="value")
    unit = {"month": Unit.MONTHS, "working day": Unit.WORKING_DAYS}.get(found[2], Unit.DAYS)
    return Span(int(found[1]), unit)


@dataclass(frozen=True)
class Days:
    """A period of days with the basis it is counted on: 28 calendar days, 5 working days."""

    number: int
    basis: DayBasis

    @override
    def __str__(self) -> str:
        return f"{self.number} {self.basis} days"


def read_days(text: str) -> Days:
    span = _SPAN.fullmatch(_plain(text))
    if span is None or span[2] not in {"working day", "calendar day"}:
        raise Refusal("Write a period like “28 calendar days” or “5 working days”", field="value")
    return Days(int(span[1]), DayBasis.WORKING if span[2] == "working day" else DayBasis.CALENDAR)


def read_time_or_none(text: str) -> time | None:
    if _plain(text) == NONE:
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise Refusal("Write a time of day like 17:00, or “none” for midnight", field="value")
    return time(int(found[1]), int(found[2]))


def one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if _plain(text) not in choices:
            raise Refusal(f"Write {' or '.join(f'“{choice}”' for choice in choices)}", field="value")
        return _plain(text)

    return read


def read_trigger(text: str) -> CallInTrigger:
    return CallInTrigger(one_of(*CallInTrigger)(text))


# The settings

THRESHOLDS, HORIZON, LEAD_TIMES = "Thresholds", "Forthcoming decisions", "Lead times"
STAGES, NOTICE, CALL_IN, APPROVALS = "Stages of a replacement", "Notice", "Call-in", "Approvals"
REORGANISATION = "Reorganisation"

LIKE_THRESHOLD = "Like “more than £1,000,000”, “at least £500,000” or “more than £250,000 a year”"
LIKE_SPAN = "Like “6 months”, “29 days” or “8 working days”"
LIKE_DAYS = "Like “28 calendar days” or “5 working days”"
LIKE_MONTHS = "A whole number of months"
LIKE_POUNDS = "An amount like £5,000,000"

ANNEX_THRESHOLD = Definition(
    "annex_threshold",
    "Annex threshold: which commissioned services the annexes print",
    LIKE_THRESHOLD,
    read_threshold,
    str(rules.FIRST_ANNEX_THRESHOLD),
    "Shipped with the register: “contract value of more than £1m” is what business plans print",
    THRESHOLDS,
)
KEY_THRESHOLD = Definition(
    "key_threshold",
    "Key decision threshold: expenditure or savings",
    LIKE_THRESHOLD,
    read_threshold,
    str(rules.FIRST_KEY_DECISION_THRESHOLD),
    "Shipped with the register; each constitution sets its own (SI 2012/2089, reg 8)",
    THRESHOLDS,
)
KEY_THRESHOLD_CAPITAL = Definition(
    "key_threshold_capital",
    "Key decision threshold for capital, where it differs",
    f"{LIKE_THRESHOLD}; or “none” where capital has no threshold of its own",
    read_threshold_or_none,
    NONE,
    "Shipped with the register: one threshold for revenue and capital",
    THRESHOLDS,
)
HORIZON_YEARS = Definition(
    "horizon_years",
    "Years that “forthcoming” looks ahead, from the start of the plan year",
    "A whole number of years",
    read_number,
    str(rules.FIRST_HORIZON_YEARS),
    "Shipped with the register: three years, as business plans print",
    HORIZON,
    "years",
)
PROPOSED_DECISION = Definition(
    "proposed_decision",
    "The decision a proposal is for",
    "“authority to procure” or “award”",
    one_of("authority to procure", "award"),
    "authority to procure",
    "Shipped with the register",
    HORIZON,
)
LEAD_NEW = Definition(
    "lead_new",
    "A new procurement, or a replacement over the sum below",
    LIKE_MONTHS,
    read_number,
    str(rules.FIRST_LEAD_TIMES.new),
    "Shipped with the register: two years from the decision to the end of the contract",
    LEAD_TIMES,
    "months",
)
LEAD_REPLACEMENT = Definition(
    "lead_replacement",
    "Replacing a contract",
    LIKE_MONTHS,
    read_number,
    str(rules.FIRST_LEAD_TIMES.replacement),
    "Shipped with the register",
    LEAD_TIMES,
    "months",
)
LEAD_CALL_OFF = Definition(
    "lead_call_off",
    "Calling off a framework",
    LIKE_MONTHS,
    read_number,
    str(rules.FIRST_LEAD_TIMES.call_off),
    "Shipped with the register",
    LEAD_TIMES,
    "months",
)
LEAD_EXTENSION = Definition(
    "lead_extension",
    "An extension not yet approved",
    LIKE_MONTHS,
    read_number,
    str(rules.FIRST_LEAD_TIMES.extension),
    "Shipped with the register",
    LEAD_TIMES,
    "months",
)
LARGE_OVER = Definition(
    "lead_large_over",
    "A replacement worth more than this is given as long as a new procurement",
    LIKE_POUNDS,
    read_pounds,
    pounds(rules.FIRST_LEAD_TIMES.large_over),
    "Shipped with the register",
    LEAD_TIMES,
)
LEAD_SMALL = Definition(
    "lead_small",
    "Replacing a contract worth less than the sum below",
    LIKE_MONTHS,
    read_number,
    str(rules.FIRST_LEAD_TIMES.small),
    "Shipped with the register: time for a quotation or a small tender, without a key decision",
    LEAD_TIMES,
    "months",
)
SMALL_UNDER = Definition(
    "lead_small_under",
    "A replacement worth less than this is given the shorter time",
    LIKE_POUNDS,
    read_pounds,
    pounds(rules.FIRST_LEAD_TIMES.small_under),
    "Shipped with the register: half the usual key decision threshold, so that what may pass it keeps its time",
    LEAD_TIMES,
)
NOTICE_DAYS = Definition(
    "notice_days",
    "Clear days between the notice and a key decision",
    LIKE_DAYS,
    read_days,
    "28 calendar days",
    "SI 2012/2089, reg 9(2)",
    NOTICE,
)
EXCEPTION_DAYS = Definition(
    "exception_days",
    "Clear days under the general exception",
    LIKE_DAYS,
    read_days,
    "5 working days",
    "SI 2012/2089, reg 10",
    NOTICE,
)
CALL_IN_DAYS = Definition(
    "call_in_days",
    "Days in which members may call a decision in",
    LIKE_DAYS,
    read_days,
    "5 working days",
    "Shipped with the register; the length is the constitution's (Local Government Act 2000, s.9F)",
    CALL_IN,
)
CALL_IN_TRIGGER = Definition(
    "call_in_trigger",
    "What starts the call-in",
    "“publication of the decision” or “the decision”",
    read_trigger,
    CallInTrigger.PUBLICATION,
    "Shipped with the register",
    CALL_IN,
)
CALL_IN_CUT_OFF = Definition(
    "call_in_cut_off",
    "The time at which its last day closes",
    "A time of day like 17:00, or “none” for midnight",
    read_time_or_none,
    NONE,
    "Shipped with the register",
    CALL_IN,
)
TOLERANCE_PER_CENT = Definition(
    "approval_tolerance_per_cent",
    "By how much the sum of an approval may be passed, in per cent",
    "A percentage from 0 to 100",
    read_per_cent,
    "0",
    "Shipped with the register: no tolerance",
    APPROVALS,
    "per cent",
)
TOLERANCE_AT_MOST = Definition(
    "approval_tolerance_at_most",
    "And at most by this sum",
    f"{LIKE_POUNDS}, or “none”",
    read_pounds_or_none,
    NONE,
    "Shipped with the register",
    APPROVALS,
)
CONSENT_REVENUE = Definition(
    "consent_revenue",
    "A successor council's consent is needed for revenue contracts over",
    LIKE_POUNDS,
    read_pounds,
    "£100,000",
    "Local Government and Public Involvement in Health Act 2007, s.24, as usually directed",
    REORGANISATION,
)
CONSENT_CAPITAL = Definition(
    "consent_capital",
    "A successor council's consent is needed for capital contracts over",
    LIKE_POUNDS,
    read_pounds,
    "£1,000,000",
    "Local Government and Public Involvement in Health Act 2007, s.24, as usually directed",
    REORGANISATION,
)


@dataclass(frozen=True)
class StageSetting:
    """A stage whose length is a setting; label, kinds and source are the rule's."""

    stage: Stage
    definition: Definition[Span] = field(compare=False)


def _stage_setting(name: str, stage: Stage) -> StageSetting:
    kinds = " or ".join(sorted(kind for kind in stage.kinds)) if len(stage.kinds) < len(rules.ProcurementKind) else ""
    source = "Shipped with the register" if stage.source == COUNCIL_SETTING else stage.source
    label = f"{stage.label}{f' ({kinds})' if kinds else ''}: how long before the next stage"
    return StageSetting(stage, Definition(name, label, LIKE_SPAN, read_span, str(stage.span), source, STAGES))


BEFORE_DECISION = tuple(
    _stage_setting(name, stage)
    for name, stage in zip(("stage_agenda", "stage_notice"), rules.FIRST_STAGES_BEFORE_DECISION, strict=True)
)
AFTER_DECISION = tuple(
    _stage_setting(name, stage)
    for name, stage in zip(
        ("stage_tenders", "stage_bids", "stage_standstill", "stage_mobilise", "stage_mobilise_call_off"),
        rules.FIRST_STAGES_AFTER_DECISION,
        strict=True,
    )
)

#: Every setting, in the order the page lists them.
CATALOGUE: tuple[Definition[object], ...] = (
    ANNEX_THRESHOLD,
    KEY_THRESHOLD,
    KEY_THRESHOLD_CAPITAL,
    HORIZON_YEARS,
    PROPOSED_DECISION,
    LEAD_NEW,
    LEAD_REPLACEMENT,
    LARGE_OVER,
    LEAD_SMALL,
    SMALL_UNDER,
    LEAD_CALL_OFF,
    LEAD_EXTENSION,
    *(setting.definition for setting in (*BEFORE_DECISION, *AFTER_DECISION)),
    NOTICE_DAYS,
    EXCEPTION_DAYS,
    CALL_IN_DAYS,
    CALL_IN_TRIGGER,
    CALL_IN_CUT_OFF,
    TOLERANCE_PER_CENT,
    TOLERANCE_AT_MOST,
    CONSENT_REVENUE,
    CONSENT_CAPITAL,
)
BY_NAME = {definition.name: definition for definition in CATALOGUE}
