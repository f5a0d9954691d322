"""Cells understood strictly: the dirt of real registers, kind by kind."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports.answers import Answer, PatternKind
from app.imports.cells import Asks, Blank, Problem, Understood, read_cell
from app.imports.cells.days import read_day
from app.imports.cells.lengths import read_length, read_options
from app.imports.cells.reading import tidy
from app.imports.targets import Kind, Target
from app.imports.values import Amount, Certainty, Form, Identifier, Length, NamedProvider, NoEnd, Per, Process
from app.register.options import OptionWritten

T = Target


def value(text: str, target: Target, heading: str = "") -> object:
    reading = read_cell(text, target, heading=heading)
    assert isinstance(reading, Understood), reading
    return reading.value


def problem(text: str, target: Target) -> Problem:
    reading = read_cell(text, target)
    assert isinstance(reading, Problem), reading
    return reading


def question(text: str, target: Target) -> Asks[object]:
    reading = read_cell(text, target)
    assert isinstance(reading, Asks), reading
    return reading


# Dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("01-Apr-2013", date(2013, 4, 1)),
        ("03/02/2014", date(2014, 2, 3)),
        ("3.2.14", date(2014, 2, 3)),
        ("2014-02-03", date(2014, 2, 3)),
        ("1st April 2015", date(2015, 4, 1)),
        ("Monday 25 March 2013", date(2013, 3, 25)),
        ("Mon, 25 Mar 2013", date(2013, 3, 25)),
        ("2020-09-28T10:52:40Z", date(2020, 9, 28)),
        ("2015-03-31 00:00:00", date(2015, 3, 31)),
        ("31/03/2015 12:30", date(2015, 3, 31)),
        ("41640", date(2014, 1, 1)),
    ],
)
def test_every_style_of_a_date_is_read(text: str, expected: date) -> None:
    assert value(text, T.STARTS_ON) == expected


@pytest.mark.parametrize("text", ["Mar-16", "March 2016", "03/2016", "2016-03", "Mar 2016", "Mar '16"])
def test_a_month_is_its_first_day_as_a_start_and_its_last_as_an_end(text: str) -> None:
    assert value(text, T.STARTS_ON) == date(2016, 3, 1)
    assert value(text, T.CURRENT_END_ON) == date(2016, 3, 31)


def test_a_day_or_a_month_is_asked() -> None:
    asked = question("Mar 18", T.STARTS_ON)
    assert asked.kind is PatternKind.DAY_OR_MONTH
    assert asked.readings[Answer.MONTH] == Understood(date(2018, 3, 1))
    assert value("Mar 45", T.STARTS_ON) == date(2045, 3, 1)


@pytest.mark.parametrize(
    "text", ["Ongoing", " ONGOING ", "Rolling", "no end date", "31/12/9999", "Until further notice"]
)
def test_words_for_no_end_are_asked_once(text: str) -> None:
    asked = question(text, T.CURRENT_END_ON)
    assert asked.kind is PatternKind.NO_END
    assert asked.readings[Answer.NO_END] == Understood(NoEnd.NO_END, text.strip())


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("31/02/2015", "28 days"),
        ("04/13/2026", "day first"),
        ("Tuesday 25 March 2013", "is a Monday"),
        ("18-Mar", "year in four figures"),
        ("2015", "31 March 2018"),
        ("10", "31 March 2018"),
        ("Ongoing", "31 March 2018"),
        ("spring", "31 March 2018"),
    ],
)
def test_what_is_no_date_says_what_would_be(text: str, cure: str) -> None:
    found = problem(text, T.STARTS_ON)
    assert found.text == text
    assert cure in found.cure


@pytest.mark.parametrize("text", ["TBC", "n/a", "-", "00/00/0000", "00/01/1900", "Not known", "  "])
def test_words_for_nothing_are_blank(text: str) -> None:
    assert isinstance(read_cell(text, T.CURRENT_END_ON), Blank)


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_every_day_is_read_back_however_it_is_written(day: date) -> None:
    for written in (f"{day:%d/%m/%Y}", f"{day:%d-%b-%Y}", f"{day:%A %d %B %Y}", day.isoformat(), f"{day}T00:00:00"):
        assert read_day(written) == Understood(day)


@given(st.dates(date(1971, 1, 1), date(2068, 12, 31)))
def test_a_month_alone_spans_from_first_to_last(day: date) -> None:
    first, last = read_day(f"{day:%b-%y}", Kind.START), read_day(f"{day:%b-%y}", Kind.END)
    assert isinstance(first, Understood)
    assert isinstance(last, Understood)
    assert isinstance(last.value, date)
    assert first.value == day.replace(day=1)
    assert (last.value + timedelta(days=1)).day == 1
    assert (last.value.year, last.value.month) == (day.year, day.month)


# Amounts


def pounds(amount: str) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


def exactly(amount: str, per: Per | None = None, certainty: Certainty | None = None) -> tuple[object, ...]:
    return pounds(amount), pounds(amount), per, certainty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1200000", exactly("1200000")),
        ("£1,200,000.50", exactly("1200000.50")),
        ("29810.22", exactly("29810.22")),
        ("£14.6 million", exactly("14600000")),
        ("250k", exactly("250000")),
        ("approximately £1.2million", exactly("1200000", certainty=Certainty.ESTIMATE)),
        ("c. £50k", exactly("50000", certainty=Certainty.ESTIMATE)),
        ("£1.2m (est)", exactly("1200000", certainty=Certainty.ESTIMATE)),
        ("up to £2m", exactly("2000000", certainty=Certainty.MAXIMUM)),
        ("£300k per annum", exactly("300000", Per.YEAR)),
        ("~£45,000 p.a.", exactly("45000", Per.YEAR, Certainty.ESTIMATE)),
        ("£1.2m over 3 years", exactly("1200000", Per.WHOLE_LIFE)),
        ("£250,000 + VAT", exactly("250000")),
        ("£17.5 to £21 million", (pounds("17500000"), pounds("21000000"), None, None)),
        ("£500k - £1m", (pounds("500000"), pounds("1000000"), None, None)),
        ("between £100,000 and £250,000", (pounds("100000"), pounds("250000"), None, None)),
    ],
)
def test_amounts_are_read_with_what_their_words_say(text: str, expected: tuple[object, ...]) -> None:
    found = value(text, T.VALUE)
    assert isinstance(found, Amount)
    assert (found.low, found.high, found.per, found.certainty) == expected


@pytest.mark.parametrize("text", ["0", "0.00", "£-", "£0", "Nil", "£ -"])
def test_nought_is_not_known_unless_a_person_says_so(text: str) -> None:
    asked = question(text, T.VALUE)
    assert asked.kind is PatternKind.ZERO
    assert isinstance(asked.readings[Answer.NOT_KNOWN], Blank)


@pytest.mark.parametrize(
    ("text", "printed"), [("(3728)", "-3728"), ("-5", "-5"), ("£ (3,728.00)", "-3728"), ("£-12", "-12")]
)
def test_an_amount_below_nought_is_asked_and_its_pounds_are_counted(text: str, printed: str) -> None:
    asked = question(text, T.VALUE)
    assert asked.kind is PatternKind.NEGATIVE
    assert asked.pounds == pounds(printed)


@pytest.mark.parametrize("text", ["Schedule of rates", "Various", "as and when required"])
def test_words_where_a_value_is_expected_are_asked(text: str) -> None:
    asked = question(text, T.VALUE)
    assert asked.kind is PatternKind.NO_SUM
    assert asked.readings[Answer.BLANK] == Blank(text)


def test_a_value_with_vat_in_it_is_asked() -> None:
    assert question("£1.2m inc VAT", T.VALUE).kind is PatternKind.VAT_INCLUDED


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("12.345", "two decimals"),
        ("€500", "Write pounds"),
        ("£500 per month", "for a year"),
        ("1.2m/300k", "Write an amount"),
        ("£2m to £1m", "lower amount to the higher"),
        ("1e5", "Write an amount"),
        ("99999999999999999", "noughts"),
    ],
)
def test_what_is_no_amount_says_what_would_be(text: str, cure: str) -> None:
    assert cure in problem(text, T.VALUE).cure


@given(st.decimals(Decimal("0.01"), Decimal("999999999.99"), places=2))
def test_every_amount_is_read_back_however_it_is_written(amount: Decimal) -> None:
    for written in (f"{amount}", f"£{amount:,}", f"£ {amount:,} ", f"approx. £{amount:,}", f"{amount} per annum"):
        found = value(written, T.VALUE)
        assert isinstance(found, Amount)
        assert found.low == found.high == amount


@given(st.integers(1, 900), st.integers(1, 900))
def test_a_range_with_one_scale_runs_from_low_to_high(first: int, second: int) -> None:
    low, high = sorted((first, second))
    found = value(f"£{low} to £{high} million", T.VALUE)
    assert isinstance(found, Amount)
    assert (found.low, found.high) == (pounds(str(low * 1_000_000)), pounds(str(high * 1_000_000)))


# Numbers of registers


@pytest.mark.parametrize(
    ("text", "scheme", "number"),
    [
        ("gb/07445476", "GB-COH", "07445476"),
        ("928555", "GB-COH", "00928555"),
        ("3825425", "GB-COH", "03825425"),
        ("1234567.0", "GB-COH", "01234567"),
        ("07 445 476", "GB-COH", "07445476"),
        ("Company No. 1234567", "GB-COH", "01234567"),
        ("gb/SC180242", "GB-COH", "SC180242"),
        ("sc42425", "GB-COH", "SC042425"),
        ("NI012348", "GB-COH", "NI012348"),
        ("OC310282", "GB-COH", "OC310282"),
        ("CE012345", "GB-COH", "CE012345"),
        ("IP22981R", "GB-MPR", "IP22981R"),
        ("RS7123", "GB-MPR", "RS007123"),
        ("Charity 1090095", "GB-CHC", "1090095"),
    ],
)
def test_company_numbers_get_their_noughts_and_their_register(text: str, scheme: str, number: str) -> None:
    assert value(text, T.PROVIDER_COMPANY_NUMBER) == (Identifier(scheme, number),)


@pytest.mark.parametrize(("text", "scheme"), [("1090095", "GB-CHC"), ("279417-1", "GB-CHC"), ("SC005336", "GB-SC")])
def test_charity_numbers_name_their_register(text: str, scheme: str) -> None:
    found = value(text, T.PROVIDER_CHARITY_NUMBER)
    assert isinstance(found, tuple)
    assert found[0].scheme == scheme


def test_several_numbers_stand_for_as_many_providers() -> None:
    expected = (Identifier("GB-COH", "01234567"), None, Identifier("GB-COH", "SC123456"))
    assert value("1234567; ; SC123456", T.PROVIDER_COMPANY_NUMBER) == expected


@pytest.mark.parametrize("text", ["n/a", "0", "00000000", "sole trader", ""])
def test_no_number_is_blank(text: str) -> None:
    assert isinstance(read_cell(text, T.PROVIDER_COMPANY_NUMBER), Blank)


@pytest.mark.parametrize("text", ["123456789", "ABC", "GB123456789"])
def test_what_is_no_company_number_is_a_problem(text: str) -> None:
    assert "eight figures" in problem(text, T.PROVIDER_COMPANY_NUMBER).cure


@given(st.integers(1, 99_999_999))
def test_every_company_number_has_eight_figures(number: int) -> None:
    assert value(str(number), T.PROVIDER_COMPANY_NUMBER) == (Identifier("GB-COH", f"{number:08}"),)


# Providers


def names(text: str) -> list[str]:
    found = value(text, T.PROVIDER)
    assert isinstance(found, tuple)
    return [provider.name for provider in found if isinstance(provider, NamedProvider)]


@pytest.mark.parametrize(
    "text",
    [
        "24/7 Cars",
        "A, S & C Tern T/A Plover House",
        "Brackenholt/Caldwick Area Community Transport",
        "Marrowby and Sallow plc",
        "Rory Otter, Barrister",
        "Hollin Hey Ltd (Hollin/Hey)/Security",
    ],
)
def test_one_name_with_a_stroke_or_a_comma_stays_one(text: str) -> None:
    assert names(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Tern Ltd; Plover Trust",
        "Tern Ltd\nPlover Trust",
        "1. Tern Ltd 2. Plover Trust",
        "Tern Ltd / Plover Trust",
        "Tern Ltd, Plover Trust",
        "Tern Ltd | Plover Trust",
    ],
)
def test_several_names_are_told_apart(text: str) -> None:
    assert names(text) == ["Tern Ltd", "Plover Trust"]


def test_contracts_finders_brackets_give_number_size_and_address() -> None:
    text = (
        "[TERN LLP|1 Quay\nNorham|COMPANIES_HOUSE|OC337852|Yes|No][Plover|null|NONE||No|Yes][Plover|null|NONE||No|Yes]"
    )
    first = NamedProvider(
        "TERN LLP", (Identifier("GB-COH", "OC337852"),), sme=True, vcse=False, address="1 Quay Norham"
    )
    assert value(text, T.PROVIDER) == (first, NamedProvider("Plover", sme=False, vcse=True))


@pytest.mark.parametrize("text", ["Various", "Multiple suppliers", "12 providers", "see list"])
def test_no_name_at_all_is_asked(text: str) -> None:
    assert question(text, T.PROVIDER).kind is PatternKind.NO_NAME


def test_a_name_with_lines_under_it_is_asked() -> None:
    asked = question("Tern Ltd\n1 High Street\nNorham", T.PROVIDER)
    assert asked.kind is PatternKind.SEVERAL_NAMES
    one = asked.readings[Answer.ONE]
    assert isinstance(one, Understood)
    assert one.value == (NamedProvider("Tern Ltd 1 High Street Norham"),)


# Yes and no, forms, process, CPV


@pytest.mark.parametrize(
    ("text", "said"), [("Yes", True), ("y", True), ("TRUE", True), ("SME", True), ("No", False), ("0", False)]
)
def test_yes_and_no_are_read(text: str, said: bool) -> None:  # noqa: FBT001 - the expected answer
    assert value(text, T.SME) is said


@pytest.mark.parametrize("text", ["", "N/A", "not known", "?"])
def test_a_blank_is_never_a_no(text: str) -> None:
    assert isinstance(read_cell(text, T.SME), Blank)


def test_perhaps_is_a_problem() -> None:
    assert "Yes or No" in problem("perhaps", T.SME).cure


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Single award contract", Form.CONTRACT),
        ("Framework agreement", Form.FRAMEWORK),
        ("Dynamic purchasing system", Form.FRAMEWORK),
        ("grant agreement", Form.GRANT),
        ("Call-off", Form.CALL_OFF),
        ("SLA", Form.SLA),
        ("Other", Form.CONTRACT),
    ],
)
def test_forms_are_known_by_their_published_words(text: str, form: Form) -> None:
    assert value(text, T.FORM) is form


def test_another_form_is_asked_with_every_form_to_choose_from() -> None:
    asked = question("Concession of rights", T.FORM)
    assert {answer.value for answer in asked.readings} == {*(form.name.lower() for form in Form), "blank"}


@pytest.mark.parametrize(
    ("text", "process"),
    [
        ("Invitation to quote", Process.QUOTE),
        ("CompetitiveQuotationNonOJEU", Process.QUOTE),
        ("Published invitation to tender", Process.TENDER),
        ("RestrictedOJEU ", Process.TENDER),
        ("CallOffFromFrameworkAgreement ", Process.OTHER),
        ("SingleTenderActionNonOJEU", Process.OTHER),
        ("Other", Process.OTHER),
    ],
)
def test_every_process_is_a_quote_a_tender_or_another(text: str, process: Process) -> None:
    assert value(text, T.PROCESS) is process


def test_all_cpv_codes_of_a_cell_are_read_without_check_figures() -> None:
    assert value("85000000-9 85312200 ", T.CPV_CODE) == ("85000000", "85312200")


# Lengths


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("3 years with the option of two one year extensions", Length(36, 0, (12, 12))),
        ("3+1+1", Length(36, 0, (12, 12))),
        ("3+2+1", Length(36, 0, (24, 12))),
        ("15 weeks", Length(0, 105)),
        ("36 months", Length(36)),
        ("3 years plus 2 x 12 months", Length(36, 0, (12, 12))),
        ("5 years with the option to extend for a further 2 years", Length(60, 0, (24,))),
        ("4 years (2+1+1)", Length(24, 0, (12, 12))),
        ("1 year 6 months", Length(18)),
        ("three (3) years", Length(36)),
        ("36+12", Length(36, 0, (12,))),
    ],
)
def test_lengths_in_words_become_a_term_and_its_options(text: str, length: Length) -> None:
    assert value(text, T.LENGTH_TEXT) == length


@pytest.mark.parametrize("text", ["3", "Until 31 March 2018", "as agreed", "2 fortnights"])
def test_what_is_no_length_is_a_problem(text: str) -> None:
    assert "3 years" in problem(text, T.LENGTH_TEXT).cure


@given(st.integers(1, 10), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_a_sum_of_years_is_read_back(first: int, options: list[int]) -> None:
    written = "+".join(map(str, [first, *options]))
    assert read_length(written) == Understood(Length(first * 12, 0, tuple(12 * option for option in options)))


@pytest.mark.parametrize("text", ["12+12", "2 x 12", "24 months, taken up; 12 months", "two one year extensions"])
def test_options_are_read_in_councils_words_and_the_registers_own(text: str) -> None:
    found = read_options(text, "Extension period (months)")
    assert isinstance(found, Understood)
    assert len(found.value) == 2
    assert found.value[1] == OptionWritten(months=12)


# Whatever a cell holds


@given(st.text(max_size=300), st.sampled_from(Target), st.sampled_from(["t", "n", "d", "m", "c", "b", "e", "f"]))
def test_no_cell_is_too_odd_to_be_read(text: str, target: Target, cell_type: str) -> None:
    reading = read_cell(text, target, heading="Length in months", cell_type=cell_type)
    assert isinstance(reading, Understood | Blank | Asks | Problem)
    if isinstance(reading, Problem):
        assert reading.cure


@given(st.text(alphabet="0123456789£.,-/()+ kmnaptoxyear", max_size=60), st.sampled_from(Target))
def test_no_mixture_of_figures_and_signs_is_too_odd(text: str, target: Target) -> None:
    assert isinstance(read_cell(text, target), Understood | Blank | Asks | Problem)


@pytest.mark.parametrize("text", ["1 and " * 30_000, "(" * 100_000, "a/" * 60_000, "£1-" * 50_000, "x1 " * 60_000])
@pytest.mark.parametrize("target", [T.PROVIDER, T.VALUE, T.STARTS_ON, T.LENGTH_TEXT, T.PROVIDER_COMPANY_NUMBER, T.FORM])
def test_a_cell_made_to_be_slow_is_not(text: str, target: Target) -> None:
    assert isinstance(read_cell(text, target), Problem)


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(1)", "+44 20 7946 0000", "-5", "Robert'); DROP TABLE contract;--", "\u202eevil"]
)
def test_a_title_keeps_its_words_whatever_they_would_do_elsewhere(text: str) -> None:
    assert value(text, T.TITLE) == text


@given(st.text())
def test_text_is_stored_without_what_no_database_takes(text: str) -> None:
    assert "\x00" not in tidy(text)
    assert re.search(r"[\x01-\x08\x0e-\x1b]", tidy(text)) is None
