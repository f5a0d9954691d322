"""The catalogue of the council's dated settings, with their first values."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from app.core.money import pounds
from app.council import rules
from app.council.calendar import Span
from app.council.definitions import (
    NONE,
    Definition,
    one_of,
    read_address_or_none,
    read_days,
    read_ground_or_none,
    read_lead_times,
    read_names,
    read_number,
    read_per_cent,
    read_pounds,
    read_pounds_or_none,
    read_span,
    read_threshold,
    read_threshold_or_none,
    read_time_or_none,
    read_times,
    read_trigger,
    read_where_or_none,
    read_words_or,
    years_at_least,
)
from app.council.rules import COUNCIL_SETTING, CallInTrigger, Stage
from reports.transparency import EXTRA_NAMES, OPTIONAL_NAMES

THRESHOLDS, HORIZON, LEAD_TIMES = "Thresholds", "Forthcoming decisions", "Lead times"
STAGES, NOTICE, CALL_IN, APPROVALS = "Stages of a replacement", "Notice", "Call-in", "Approvals"
REORGANISATION = "Reorganisation"
PRE_SCRUTINY = "Pre-scrutiny by committees"
SPEND, PERFORMANCE, DOCUMENTS = "Spend", "Performance of contracts", "Documents"
SIGN_IN, EXEMPT_VALUES = "Signing in", "Exempt values"
AGREEMENTS, SOCIAL_VALUE = "Service level agreements", "Social value"

LEGAL_DATES, LEGAL_SUMS = "Notices of the Procurement Act", "Sums of the Procurement Act"
CONTRACT_LIFE = "Life of a contract"
STILL_CORRECT, TRANSPARENCY = "Still correct", "Transparency Code"

LIKE_THRESHOLD = "Like “more than £1,000,000”, “at least £500,000” or “more than £250,000 a year”"
LIKE_SPAN = "Like “6 months”, “29 days” or “8 working days”"
LIKE_DAYS = "Like “28 calendar days” or “5 working days”"
LIKE_MONTHS = "A whole number of months"
LIKE_POUNDS = "An amount like £5,000,000"
LIKE_NUMBER_OF_DAYS = "A whole number of days"
WITH_VAT = "An amount with VAT, like £5,000,000"

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
SPLIT_MONTHS = Definition(
    "split_months",
    "Contracts of one provider and service are held against the key decision threshold together within",
    LIKE_MONTHS,
    read_number,
    "12",
    "Shipped with the register: council practice against splitting",
    THRESHOLDS,
    "months",
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
    least_days=28,
)
EXCEPTION_DAYS = Definition(
    "exception_days",
    "Clear days under the general exception",
    LIKE_DAYS,
    read_days,
    "5 working days",
    "SI 2012/2089, reg 10",
    NOTICE,
    least_days=5,
)
PAPERS_DAYS = Definition(
    "papers_days",
    "Clear days between the papers of a meeting and the meeting",
    LIKE_DAYS,
    read_days,
    "5 working days",
    "Local Government Act 1972, s.100B; SI 2012/2089, reg 7",
    NOTICE,
    least_days=5,
)
NOTICE_ADDRESS = Definition(
    "notice_address",
    "Where copies of the documents named in a notice can be had",
    "The address, as the notice prints it; or “none”, to be asked for with each notice",
    read_where_or_none,
    NONE,
    "SI 2012/2089, reg 9(1)(f); the address is the council's own",
    NOTICE,
)
NOTICE_HOW_TO_ASK = Definition(
    "notice_how_to_ask",
    "How to ask for details of the documents named in a notice",
    "Whom to write to or call, as the notice prints it; or “none”, to be asked for with each notice",
    read_where_or_none,
    NONE,
    "SI 2012/2089, reg 9(1)(h); the procedure is the council's own",
    NOTICE,
)
NOTICE_HERE = Definition(
    "notice_here",
    "Where notices of decisions are published",
    "“in the register” where there is no committee system to publish them, or “in the committee system”",
    one_of("in the register", "in the committee system"),
    "in the committee system",
    "Shipped with the register: most councils publish in a committee system",
    NOTICE,
)
FORWARD_PLAN_MONTHS = Definition(
    "forward_plan_months",
    "How far ahead our own forward plan looks",
    LIKE_MONTHS,
    read_number,
    "6",
    "Shipped with the register: about six months, as published lists look ahead",
    NOTICE,
    "months",
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
RECORD_YEARS = Definition(
    "record_years",
    "Decision records and reports are kept, and open to the public, for",
    "A whole number of years, at least 6",
    years_at_least(6),
    "6",
    "SI 2012/2089, reg 21(6)",
    CALL_IN,
    "years",
)
BACKGROUND_YEARS = Definition(
    "background_years",
    "Background papers of decisions are kept, and open to the public, for",
    "A whole number of years, at least 4",
    years_at_least(4),
    "4",
    "SI 2012/2089, reg 21(7)",
    CALL_IN,
    "years",
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
PASSWORD_SIGN_IN = Definition(
    "password_sign_in",
    "Who may sign in with a password where there is single sign-on",
    "“everybody” or “administrators only”",
    one_of("everybody", "administrators only"),
    "everybody",
    "Shipped with the register. Administrators always may, so that nobody is locked out",
    SIGN_IN,
)
EXEMPT_UNTIL_AWARD = Definition(
    "exempt_until_award",
    "The ground on which an estimate is exempt until award, unless a person opens it",
    "The ground, such as paragraph 3 of schedule 12A; or “none” where estimates are open",
    read_ground_or_none,
    "Local Government Act 1972, schedule 12A, paragraph 3: bidders would learn what the council expects to pay",
    "Shipped with the register: the usual ground while a tender is ahead",
    EXEMPT_VALUES,
)

SPEND_NEARLY = Definition(
    "spend_nearly",
    "A contract is nearly spent when spend passes this much of its value",
    "A percentage from 0 to 100",
    read_per_cent,
    "90",
    "Shipped with the register: contract monitoring’s usual warning",
    SPEND,
    "per cent",
)
SPEND_TERM_LEFT = Definition(
    "spend_term_left",
    "And has time to run when more than this much of its term is left",
    "A percentage from 0 to 100",
    read_per_cent,
    "10",
    "Shipped with the register: a tenth of the term",
    SPEND,
    "per cent",
)
SPEND_OVER_ANNUAL = Definition(
    "spend_over_annual",
    "A year runs over when its spend passes so many times the annual value",
    "A number such as 1.25",
    read_times,
    "1.25",
    "Shipped with the register: a contract stated at £1.8 million was seen to cost £4.4 million",
    SPEND,
    "times",
)
RATING_APPROACHING = Definition(
    "rating_approaching",
    "A result is close to its target from",
    "A percentage of the target",
    read_per_cent,
    "95",
    "Shipped with the register: Procurement Regulations 2024, reg 39 says “close to” and no figure",
    PERFORMANCE,
    "per cent",
)
RATING_IMPROVEMENT = Definition(
    "rating_improvement",
    "A result is below its target, not significantly below, from",
    "A percentage of the target",
    read_per_cent,
    "80",
    "Shipped with the register: Procurement Regulations 2024, reg 39 says “significantly below” and no figure",
    PERFORMANCE,
    "per cent",
)
RESULT_WITHIN = Definition(
    "indicator_result_within",
    "How long after a period its result is due",
    LIKE_SPAN,
    read_span,
    "1 month",
    "Shipped with the register",
    PERFORMANCE,
)
CLAIM_DAYS = Definition(
    "claim_days",
    "A claim of social value waits too long to be verified after",
    "A whole number of days",
    read_number,
    "90",
    "Shipped with the register: council practice",
    SOCIAL_VALUE,
    "days",
)
AGREEMENT_WARNING = Definition(
    "agreement_warning",
    "The last day for notice on an agreement is coming up from",
    "A whole number of days before it",
    read_number,
    "90",
    "Shipped with the register",
    AGREEMENTS,
    "days",
)
DOCUMENT_MEGABYTES = Definition(
    "document_megabytes",
    "The largest file that may be filed as a document",
    "A whole number of megabytes, up to what the server takes in",
    read_number,
    "20",
    "Shipped with the register",
    DOCUMENTS,
    "megabytes",
)


def _legal_days(name: str, label: str, first: str, source: str) -> Definition[int]:
    hint = f"{LIKE_NUMBER_OF_DAYS}; the first of them is the day it is counted from"
    return Definition(name, label, hint, read_number, first, f"Procurement Act 2023, {source}", LEGAL_DATES, "days")


def _legal_sum(
    name: str, label: str, first: str, source: str, later: tuple[tuple[date, str], ...] = ()
) -> Definition[Decimal]:
    return Definition(name, label, WITH_VAT, read_pounds, first, source, LEGAL_SUMS, later=later)


def _confirm_months(name: str, label: str, first: str) -> Definition[int]:
    return Definition(name, label, LIKE_MONTHS, read_number, first, SHIPPED, STILL_CORRECT, "months")


SHIPPED = "Shipped with the register"
DETAILS_DAYS = _legal_days("uk7_days", "Contract details notice (UK7), from entering into it", "30", "s.53(2)(b)")
DETAILS_DAYS_LIGHT_TOUCH = _legal_days(
    "uk7_days_light_touch", "The same for a light touch contract", "120", "s.53(2)(a)"
)
COPY_DAYS = _legal_days("copy_days", "Copy of the contract, from entering into it", "90", "s.53(4)(b)")
COPY_DAYS_LIGHT_TOUCH = _legal_days("copy_days_light_touch", "The same for a light touch contract", "180", "s.53(4)(a)")
TERMINATION_DAYS = _legal_days("uk11_days", "Contract termination notice (UK11), from its end", "30", "s.80(1)")
PAYMENT_DAYS = _legal_days("uk8_days", "Contract payment notice (UK8), from the end of the quarter", "30", "s.70(3)")
STANDSTILL_DAYS = Definition(
    "standstill_days",
    "Standstill, from the day the award notice (UK6) is published",
    "A whole number of working days; the day of the notice is the first of them",
    read_number,
    "8",
    "Procurement Act 2023, s.51(2)",
    LEGAL_DATES,
    "working days",
)
ASSESSMENT_MONTHS = Definition(
    "uk9_months",
    "Months between assessments of a contract's performance (UK9)",
    LIKE_MONTHS,
    read_number,
    "12",
    "Procurement Act 2023, s.71(2)",
    LEGAL_DATES,
    "months",
)
LEGAL_WARNING = Definition(
    "legal_warning_days",
    "How long before its last lawful day a notice is listed as due",
    LIKE_NUMBER_OF_DAYS,
    read_number,
    "15",
    "Shipped with the register: from the fifteenth of the thirty days for a contract details notice",
    LEGAL_DATES,
    "days",
)
COPY_OVER = _legal_sum("copy_over", "A copy of the contract is published over", "£5,000,000", "PA 2023, s.53(3)")
INDICATORS_OVER = _legal_sum(
    "indicators_over", "Key performance indicators are set for a contract over", "£5,000,000", "PA 2023, s.52(1)"
)
INDICATORS_LEAST = Definition(
    "indicators_least",
    "How many key performance indicators such a contract has at least",
    "A whole number",
    read_number,
    "3",
    "Procurement Act 2023, s.52(1)",
    LEGAL_SUMS,
)
NOTIFIABLE_FROM = _legal_sum(
    "notifiable_from", "A below-threshold contract is notifiable from", "£30,000", "PA 2023, s.87(4)(b)"
)
PAYMENT_OVER = _legal_sum("uk8_over", "A payment is told of over", "£30,000", "PA 2023, s.70(1)")
FROM_2026 = date(2026, 1, 1)
BEGUN = "Procurement Act 2023, sch.1, as it stood when the procurement began (SI 2025/1200, reg 3)"
THRESHOLD_GOODS_SERVICES = _legal_sum(
    "pa_goods_services", "Threshold for goods and services", "£214,904", BEGUN, ((FROM_2026, "£207,720"),)
)
THRESHOLD_WORKS = _legal_sum("pa_works", "Threshold for works", "£5,372,609", BEGUN, ((FROM_2026, "£5,193,000"),))
THRESHOLD_LIGHT_TOUCH = _legal_sum("pa_light_touch", "Threshold for light touch contracts", "£663,540", BEGUN)
CONFIRM_OFTEN = _confirm_months(
    "confirm_often", "Months between confirmations of what is over the key decision threshold or ends soon", "3"
)
CONFIRM_MONTHS = _confirm_months("confirm_months", "Months between confirmations of everything else", "12")
CONFIRM_ENDING = _confirm_months("confirm_ending", "“Ends soon” means within", "18")
OPTION_WARNING = Definition(
    "option_warning_days",
    "How long before its last day an option to extend is listed as due",
    LIKE_NUMBER_OF_DAYS,
    read_number,
    "90",
    "Shipped with the register: three months, because a decision needs a meeting",
    CONTRACT_LIFE,
    "days",
)
ENDED_LISTED = Definition(
    "ended_listed_months",
    "For how long a contract that ended with nothing in its place is listed",
    LIKE_MONTHS,
    read_number,
    "12",
    "Shipped with the register",
    CONTRACT_LIFE,
    "months",
)
OVERRIDE_WARNING = Definition(
    "override_warning_days",
    "How long before it ends an override of a signal is listed",
    LIKE_NUMBER_OF_DAYS,
    read_number,
    "14",
    "Shipped with the register",
    CONTRACT_LIFE,
    "days",
)
VAT_STANDARD = Definition(
    "vat_standard",
    "VAT at the standard rate",
    "A percentage from 0 to 100",
    read_per_cent,
    "20",
    "Value Added Tax Act 1994, s.2(1)",
    LEGAL_SUMS,
    "per cent",
)
VAT_REDUCED = Definition(
    "vat_reduced",
    "VAT at the reduced rate",
    "A percentage from 0 to 100",
    read_per_cent,
    "5",
    "Value Added Tax Act 1994, s.29A",
    LEGAL_SUMS,
    "per cent",
)
CODE_OVER = Definition(
    "code_over",
    "Contracts are published that are worth more than this, net of recoverable VAT",
    LIKE_POUNDS,
    read_pounds,
    "£5,000",
    "Local Government Transparency Code 2015, paragraph 32",
    TRANSPARENCY,
)

REMIND_AT = Definition(
    "remind_at",
    "How long before a date people are reminded of it",
    "Lead times with a comma between, like “12 months, 1 month, 1 week”",
    read_lead_times,
    "12 months, 6 months, 3 months, 1 month, 1 week",
    "Shipped with the register",
    "Reminders",
)

EMPTY_COLUMNS = "empty columns"
CODE_GRANTS = Definition(
    "code_grants",
    "Where grants are published",
    "“a list of their own” or “the contracts register”",
    one_of("a list of their own", "the contracts register"),
    "a list of their own",
    "Shipped with the register; the Code asks for grants to voluntary and community bodies once a year (paragraph 42)",
    TRANSPARENCY,
)
CODE_LEFT_OUT = Definition(
    "code_left_out_columns",
    "Optional columns that are left out of the published register",
    "“none”, “empty columns”, or the LGA’s names with commas between, like “ProclassCode, AreaServedURI”",
    read_names(OPTIONAL_NAMES, or_else=EMPTY_COLUMNS),
    NONE,
    "Shipped with the register: the LGA’s layouts whole",
    TRANSPARENCY,
)
CODE_EXTRAS = Definition(
    "code_extra_columns",
    "Columns added after the LGA’s own",
    f"“none”, or names with commas between, from: {', '.join(EXTRA_NAMES)}",
    read_names(EXTRA_NAMES, or_else=NONE),
    NONE,
    "Shipped with the register: the LGA’s layouts and nothing more",
    TRANSPARENCY,
)
CODE_VIA_PLATFORM = Definition(
    "code_discharged_via_cdp",
    "Contracts are published on the Central Digital Platform instead: what the website says of it",
    "“no”, or the statement, up to 200 characters",
    read_words_or(
        "no",
        naming=r"find a tender|digital platform|https?://",
        otherwise="Write what the website says, naming Find a Tender or the Central Digital Platform",
    ),
    "no",
    "Cabinet Office, Reconciling the Procurement Act 2023 and the Transparency Code, 29 January 2025",
    TRANSPARENCY,
)
ORGANISATION_URI = Definition(
    "organisation_uri",
    "The council’s code in published files",
    "An address like http://opendatacommunities.org/id/county-council/wealdshire, or “none”",
    read_address_or_none,
    NONE,
    "LGA guidance on publishing contracts, column 2",
    TRANSPARENCY,
)
PUBLICATION_CONTACT = Definition(
    "publication_contact",
    "Whom to ask about what is published",
    "A team and its shared mailbox, or “none”",
    read_words_or(
        NONE, naming=r"\S@\S", otherwise="Write whom to ask, with a mailbox such as contracts@council.gov.uk"
    ),
    NONE,
    "Shipped with the register",
    TRANSPARENCY,
)

PAPERS_WEEKS = Definition(
    "papers_weeks",
    "A member who asks for a meeting is warned where its papers are due in less than",
    "A whole number of weeks",
    read_number,
    "2",
    SHIPPED,
    PRE_SCRUTINY,
    "weeks",
)
PAPERS_WARNING = Definition(
    "papers_warning",
    "An agenda item that lacks its facts is listed from",
    "A whole number of days before its papers are due",
    read_number,
    "21",
    SHIPPED,
    PRE_SCRUTINY,
    "days",
)
RESPONSE_DAYS = Definition(
    "response_days",
    "A directorate answers a committee's recommendations within",
    LIKE_NUMBER_OF_DAYS,
    read_number,
    "42",
    SHIPPED,
    PRE_SCRUTINY,
    "days",
)
CONTROL = "Companies the council owns"
CONTROL_RED = Definition(
    "control_activity_red",
    "Too little of a company's activities is for the council at, or under",
    "A percentage from 0 to 100",
    read_per_cent,
    "80",
    "Procurement Act 2023, Schedule 2, paragraph 2(2)(c): more than 80 per cent",
    CONTROL,
    "per cent",
)
CONTROL_AMBER = Definition(
    "control_activity_amber",
    "It is near that at, or under",
    "A percentage from 0 to 100",
    read_per_cent,
    "85",
    "Shipped with the register",
    CONTROL,
    "per cent",
)
CONTROL_MONTHS = Definition(
    "control_test_months",
    "A company's control is tested anew within",
    LIKE_MONTHS,
    read_number,
    "12",
    "Shipped with the register: once a year",
    CONTROL,
    "months",
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
    SPLIT_MONTHS,
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
    PAPERS_DAYS,
    *(NOTICE_ADDRESS, NOTICE_HOW_TO_ASK, NOTICE_HERE, FORWARD_PLAN_MONTHS),
    CALL_IN_DAYS,
    CALL_IN_TRIGGER,
    CALL_IN_CUT_OFF,
    RECORD_YEARS,
    BACKGROUND_YEARS,
    TOLERANCE_PER_CENT,
    TOLERANCE_AT_MOST,
    *(PAPERS_WEEKS, PAPERS_WARNING, RESPONSE_DAYS),
    CONSENT_REVENUE,
    CONSENT_CAPITAL,
    *(DETAILS_DAYS, DETAILS_DAYS_LIGHT_TOUCH, COPY_DAYS, COPY_DAYS_LIGHT_TOUCH, STANDSTILL_DAYS),
    *(ASSESSMENT_MONTHS, TERMINATION_DAYS, PAYMENT_DAYS, LEGAL_WARNING),
    *(NOTIFIABLE_FROM, THRESHOLD_GOODS_SERVICES, THRESHOLD_WORKS, THRESHOLD_LIGHT_TOUCH),
    *(COPY_OVER, INDICATORS_OVER, INDICATORS_LEAST, PAYMENT_OVER),
    *(CONFIRM_OFTEN, CONFIRM_MONTHS, CONFIRM_ENDING),
    OPTION_WARNING,
    ENDED_LISTED,
    OVERRIDE_WARNING,
    VAT_STANDARD,
    VAT_REDUCED,
    *(CODE_OVER, CODE_GRANTS, CODE_LEFT_OUT, CODE_EXTRAS, CODE_VIA_PLATFORM, ORGANISATION_URI, PUBLICATION_CONTACT),
    REMIND_AT,
    SPEND_NEARLY,
    SPEND_TERM_LEFT,
    SPEND_OVER_ANNUAL,
    RATING_APPROACHING,
    RATING_IMPROVEMENT,
    RESULT_WITHIN,
    DOCUMENT_MEGABYTES,
    *(AGREEMENT_WARNING, CLAIM_DAYS),
    EXEMPT_UNTIL_AWARD,
    PASSWORD_SIGN_IN,
    *(CONTROL_RED, CONTROL_AMBER, CONTROL_MONTHS),
)
BY_NAME = {definition.name: definition for definition in CATALOGUE}
