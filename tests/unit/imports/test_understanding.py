"""A whole list understood: every row accounted for, every question asked once, every pound followed."""

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.imports.answers import Answer, Answers, PatternKind
from app.imports.headings import find_list
from app.imports.reading import read
from app.imports.rows import Outcome, RowUnderstood, Understanding
from app.imports.targets import HANDED_ON, LABELS, Kind, Target, kind_of
from app.imports.understanding import understand
from app.imports.values import Identifier, NamedProvider, Per
from app.register.options import OptionWritten
from tests.data import dirty_register
from tests.unit.imports.tables import a_contract, a_row, understood


def answered(**patterns: Answer) -> Answers:
    return Answers(patterns=patterns)


def outcomes(found: Understanding) -> list[Outcome]:
    return [row.outcome for row in found.rows]


# What a row must have


def test_a_title_and_a_directorate_are_enough() -> None:
    assert a_row().outcome is Outcome.READY


def test_a_row_without_a_title_is_refused_at_its_place() -> None:
    problem = a_row(Title="", Supplier="Tern").problems[0]
    assert problem.words == "Register, row 2, column A “Title”. Give the contract a title"


def test_a_row_without_a_directorate_is_held_until_one_is_given() -> None:
    assert a_row(Directorate="").held_by[0].kind is PatternKind.NO_UNIT
    assert a_contract(Answers(unit="Adults"), Directorate="").unit == "Adults"
    by_name = answered(no_unit=Answer.ORGANISATION)
    assert a_contract(by_name, Directorate="", Organisation="Wexmouthshire").unit == "Wexmouthshire"


def test_the_division_serves_where_the_directorate_is_blank() -> None:
    assert a_contract(Directorate="", Division="Older People").unit == "Older People"


def test_every_problem_of_a_row_is_told_with_its_place() -> None:
    row = a_row(Start_date="31/02/2015", SME="perhaps", Contract_value="12.345")
    assert row.outcome is Outcome.REFUSED
    assert [(one.place.column, one.place.heading, one.text) for one in row.problems] == [
        ("C", "Start date", "31/02/2015"),
        ("D", "SME", "perhaps"),
        ("E", "Contract value", "12.345"),
    ]


def test_a_cell_that_cannot_be_read_may_be_left_blank_and_its_words_kept() -> None:
    row = a_row(answered(unreadable=Answer.BLANK), SME="perhaps")
    assert row.outcome is Outcome.READY
    assert row.contract.remarks == ("SME: perhaps",)


OF_WORDS = [target for target in Target if kind_of(target) is Kind.TEXT]
ELSEWHERE = {Target.TITLE, Target.UNIT, Target.PROVIDER_ADDRESS, Target.IGNORE}


@pytest.mark.parametrize("target", [target for target in OF_WORDS if target not in ELSEWHERE])
def test_words_reach_the_field_of_their_own_name(target: Target) -> None:
    contract = a_contract(Answers(columns={"Odd": target}), Odd="some words")
    said = contract.others.get(target) if target in HANDED_ON else getattr(contract, target)
    assert said == "some words", LABELS[target]


# The term


def test_an_extension_date_after_the_end_is_one_option_of_unknown_value() -> None:
    contract = a_contract(Start_date="01/04/2015", End_date="31/03/2018", Last_extension_date="31/03/2020")
    assert (contract.latest_end_on, contract.options) == (
        date(2020, 3, 31),
        (OptionWritten(ends_on=date(2020, 3, 31)),),
    )


def test_an_extension_date_before_the_end_is_held() -> None:
    dates = {"Start_date": "01/04/2015", "End_date": "31/03/2018", "Last_extension_date": "28/02/2018"}
    assert [key.kind for key in a_row(None, **dates).held_by] == [PatternKind.EXTENSION_BEFORE_END]
    ignored = a_row(answered(extension_before_end=Answer.IGNORE), **dates)
    assert (ignored.outcome, ignored.contract.latest_end_on) == (Outcome.READY, date(2018, 3, 31))


def test_an_extension_date_without_an_end_is_the_latest_end() -> None:
    contract = a_contract(Start_date="01/04/2015", Last_extension_date="31/03/2020")
    assert (contract.current_end_on, contract.latest_end_on, contract.options) == (None, date(2020, 3, 31), ())


def test_an_extension_date_that_is_the_end_is_no_option() -> None:
    contract = a_contract(End_date="31/03/2018", Last_extension_date="31/03/2018")
    assert (contract.latest_end_on, contract.options) == (date(2018, 3, 31), ())


FAR_AHEAD = "01/04/2015"


@pytest.mark.parametrize(
    ("end", "answer", "written", "outcome"),
    [
        ("01/04/2045", None, date(2045, 4, 1), Outcome.READY),
        ("02/04/2045", None, None, Outcome.READY),
        ("31/12/2099", None, None, Outcome.READY),
        ("31/12/2099", Answer.NO_END, None, Outcome.READY),
        ("31/12/2099", Answer.AS_WRITTEN, date(2099, 12, 31), Outcome.READY),
        ("31/12/2099", Answer.HOLD, None, Outcome.HELD),
    ],
)
def test_an_end_over_thirty_years_ahead_stands_for_none_unless_somebody_says_otherwise(
    end: str, answer: Answer | None, written: date | None, outcome: Outcome
) -> None:
    row = a_row(answered(far_end=answer) if answer else None, Start_date=FAR_AHEAD, End_date=end)
    assert (row.contract.current_end_on, row.outcome) == (written, outcome)
    assert row.contract.has_no_end is (written is None)
    assert (f"End date: {end}" in row.contract.remarks) is (written is None), "the words stay with the contract"


@pytest.mark.parametrize(
    ("latest", "answer", "options", "outcome"),
    [
        ("31/03/2045", None, 1, Outcome.READY),
        ("31/12/2099", None, 0, Outcome.READY),
        ("31/12/2099", Answer.NOT_KNOWN, 0, Outcome.READY),
        ("31/12/2099", Answer.AS_WRITTEN, 1, Outcome.READY),
        ("31/12/2099", Answer.HOLD, 0, Outcome.HELD),
    ],
)
def test_an_extension_over_thirty_years_ahead_is_not_known_unless_somebody_says_otherwise(
    latest: str, answer: Answer | None, options: int, outcome: Outcome
) -> None:
    dates = {"Start_date": FAR_AHEAD, "End_date": "31/03/2018", "Last_extension_date": latest}
    row = a_row(answered(far_extension=answer) if answer else None, **dates)
    assert (len(row.contract.options), row.outcome) == (options, outcome)
    assert row.contract.current_end_on == date(2018, 3, 31)
    assert row.contract.latest_end_on == (
        date.fromisoformat("-".join(reversed(latest.split("/")))) if options else date(2018, 3, 31)
    )


def test_how_far_ahead_an_end_is_counts_from_when_the_list_was_made() -> None:
    dates = {"Start_date": "01/04/2003", "End_date": "31/03/2035"}
    assert a_row(**dates).contract.has_no_end
    assert not a_row(Effective_date="28/03/2015", **dates).contract.has_no_end
    assert a_contract(End_date="31/12/2099").current_end_on == date(2099, 12, 31), "counted from nothing"


def test_far_ends_are_asked_once_for_a_column() -> None:
    rows = [(f"Care {n}", "Adults", "01/04/2015", f"31/12/20{n}") for n in (50, 60, 99)]
    (group,) = understood(("Title", "Directorate", "Start date", "End date"), *rows).patterns
    assert (group.count, group.texts) == (3, ("31/12/2050", "31/12/2060", "31/12/2099"))


def test_the_registers_own_far_ends_come_back_as_they_are() -> None:
    mine = {"Register_id": "6f1c0a52-6f5e-4a35-9d58-0d6b4a4c9a57", "Start_date": FAR_AHEAD}
    assert a_contract(**mine, End_date="31/12/2099").current_end_on == date(2099, 12, 31)


def test_an_end_before_the_start_is_refused() -> None:
    row = a_row(Start_date="01/04/2016", End_date="31/03/2016")
    assert "on or after the start, 1 April 2016" in row.problems[0].cure


def test_a_length_gives_the_end_and_the_options() -> None:
    contract = a_contract(Start_date="01/04/2015", Contract_length="3 years with the option of two one year extensions")
    assert contract.current_end_on == date(2018, 3, 31)
    assert contract.options == (OptionWritten(months=12), OptionWritten(months=12))
    assert contract.latest_end_on == date(2020, 3, 31)


def test_a_length_in_weeks_gives_the_end() -> None:
    assert a_contract(Start_date="01/04/2015", Contract_length="15 weeks").current_end_on == date(2015, 7, 14)


def test_a_length_never_moves_an_end_that_is_given() -> None:
    dates = {"Start_date": "01/04/2015", "End_date": "31/12/2017"}
    assert a_contract(Contract_length="5 years", **dates).current_end_on == date(2017, 12, 31)


def test_an_answer_settles_every_cell_of_its_pattern() -> None:
    rows = [
        ["Title", "Directorate", "End date"],
        *([f"C{n}", "Adults", word] for n, word in enumerate(["Ongoing", "ONGOING", "Rolling"])),
    ]
    asked = understood(*rows)
    assert [(group.count, group.key.text, group.holds) for group in asked.patterns] == [
        (2, "ongoing", True),
        (1, "rolling", True),
    ]
    settled = understood(*rows, answers=Answers(patterns={"no_end:current_end_on:ongoing": Answer.NO_END}))
    assert outcomes(settled) == [Outcome.READY, Outcome.READY, Outcome.HELD]
    assert settled.rows[0].contract.has_no_end
    assert settled.rows[0].contract.remarks == ("End date: Ongoing",)


def test_a_column_with_american_dates_is_asked_about_as_a_whole() -> None:
    rows = [
        ["Title", "Directorate", "Start date"],
        ["A", "x", "04/13/2015"],
        ["B", "x", "04/05/2015"],
        ["C", "x", "1 May 2015"],
    ]
    assert outcomes(understood(*rows)) == [Outcome.HELD, Outcome.HELD, Outcome.READY]
    turned = understood(*rows, answers=answered(month_first=Answer.MONTH_FIRST))
    assert [row.contract.starts_on for row in turned.rows] == [date(2015, 4, 13), date(2015, 4, 5), date(2015, 5, 1)]


def test_one_slip_among_british_dates_is_that_rows_problem_alone() -> None:
    rows = [["Title", "Directorate", "Start date"], *([f"C{n}", "x", f"{n}/05/2015"] for n in range(13, 31))]
    found = understood(*rows, ["Slip", "x", "04/13/2015"], ["Fine", "x", "04/05/2015"])
    assert outcomes(found)[-2:] == [Outcome.REFUSED, Outcome.READY]
    assert found.rows[-1].contract.starts_on == date(2015, 5, 4)


# Money


def test_a_value_and_an_annual_value_stand_side_by_side() -> None:
    contract = a_contract(Contract_value="£1m", Annual_contract_value="200000")
    assert contract.value is not None
    assert contract.annual_value is not None
    assert (contract.value.high, contract.annual_value.high) == (Decimal(1_000_000), Decimal(200_000))


def test_a_value_that_says_per_annum_is_an_annual_one() -> None:
    contract = a_contract(Contract_value="£200,000 pa")
    assert contract.value is None
    assert contract.annual_value is not None
    assert contract.annual_value.per is Per.YEAR


def test_low_and_high_make_a_range_where_no_single_value_is_given() -> None:
    contract = a_contract(Value_low="17500000", Value_high="21000000")
    assert contract.value is not None
    assert (contract.value.low, contract.value.high) == (Decimal(17_500_000), Decimal(21_000_000))
    assert a_row(Value_low="2", Value_high="1").outcome is Outcome.REFUSED


def test_a_heading_that_leaves_the_basis_open_is_asked_and_does_not_hold() -> None:
    row = a_row(Amount="5000")
    assert (row.outcome, [key.kind for key in row.asked]) == (Outcome.READY, [PatternKind.UNSAID_BASIS])
    annual = a_contract(answered(unsaid_basis=Answer.ANNUAL), Amount="5000")
    assert annual.value is None
    assert annual.annual_value is not None


def test_a_heading_with_vat_in_it_is_asked() -> None:
    rows = ["Title", "Directorate", "Contract value (inc VAT)"], ["A", "x", "1200"]
    assert understood(*rows).rows[0].held_by[0].kind is PatternKind.VAT_INCLUDED


@pytest.mark.parametrize(
    ("answer", "value", "outcome"),
    [
        (Answer.NOT_KNOWN, None, Outcome.READY),
        (Answer.ZERO, Decimal(0), Outcome.READY),
        (Answer.HOLD, None, Outcome.HELD),
    ],
)
def test_nought_is_what_a_person_says_it_is(answer: Answer, value: Decimal | None, outcome: Outcome) -> None:
    row = a_row(answered(zero=answer), Contract_value="0")
    assert row.outcome is outcome
    assert (row.contract.value.high if row.contract.value else None) == value


def test_one_value_printed_on_several_rows_of_one_contract_counts_once() -> None:
    headings = ["Reference", "Title", "Directorate", "Start date", "Contract value", "Supplier"]
    rows = [["F1", "Framework", "x", "01/04/2015", "4000000", name] for name in ("Tern", "Plover", "Otter")]
    found = understood(headings, *rows, ["F1", "Framework", "x", "01/04/2015", "10", "Wren"])
    assert [row.value_repeats_row for row in found.rows] == [None, 2, 2, None]
    assert found.pounds.read == Decimal(12_000_010)
    assert found.pounds.ready == Decimal(4_000_010)
    assert found.pounds.repeated == Decimal(8_000_000)


# Rows that are not what they seem


def test_an_exact_copy_is_held_unless_it_is_another_contract() -> None:
    rows = ["Title", "Directorate"], ["A", "x"], ["A", "x"]
    found = understood(*rows)
    assert (outcomes(found), found.rows[1].copy_of_row) == ([Outcome.READY, Outcome.HELD], 2)
    separate = understood(*rows, answers=answered(exact_copy=Answer.SEPARATE))
    assert outcomes(separate) == [Outcome.READY, Outcome.READY]
    assert [row.key.occurrence for row in separate.rows] == [1, 2]


def test_a_row_one_field_short_is_held_and_its_cells_are_not_judged() -> None:
    headings = ["Title", "Directorate", "Start date", "SME", "Note"]
    found = understood(headings, ["A", "x", "01/04/2015", "Yes", ""], ["B", "01/04/2015", "Yes", ""])
    assert outcomes(found) == [Outcome.READY, Outcome.HELD]
    assert [key.codes[0] for key in found.rows[1].held_by] == ["short_row::1 cell"]
    assert found.rows[1].problems == ()


def test_a_row_too_long_is_held_unless_what_is_past_the_headings_is_blank() -> None:
    found = understood(
        ["Title", "Directorate"], ["A", "x", "", ""], ["B, C", "x", "y"], ["D", "x"], ["E", "x"], ["F", "x"], ["G", "x"]
    )
    assert outcomes(found) == [Outcome.READY, Outcome.HELD, *[Outcome.READY] * 4]
    cut = understood(
        ["Title", "Directorate"], ["B", "x", "y"], *[["C", "z"]] * 9, answers=answered(long_row=Answer.CUT)
    )
    assert cut.rows[0].outcome is Outcome.READY


def test_headings_again_noughts_and_blank_rows_are_left_out_and_counted() -> None:
    headings = ["Title", "Directorate", "Contract value"]
    found = understood(["Our register"], headings, ["A", "x", "5"], [], headings, ["", "", "0"], ["B", "x", "6"])
    assert [(row.number, row.why) for row in found.left_out] == [
        (1, "It stands above the headings"),
        (5, "It repeats the headings"),
        (6, "It holds nothing but noughts, dashes or errors"),
    ]
    assert found.blank_rows == 1
    assert len(found.rows) == 2


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["Total", "", "", "99"], id="the word as a title"),
        pytest.param(["", "Grand Total:", "", "99"], id="the word in another column"),
        pytest.param(["Totals for Adults", "", "", "99"], id="a total of something"),
        pytest.param(["Correct at 31 March", "", "", ""], id="a lone note"),
    ],
)
def test_totals_and_notes_are_refused_with_their_pounds(cells: list[str]) -> None:
    headings = ["Title", "Directorate", "Start date", "Contract value"]
    row = understood(headings, ["A", "x", "01/04/2015", "5"], cells).rows[1]
    assert row.outcome is Outcome.REFUSED
    assert "leave it out" in row.problems[0].cure
    assert row.pounds == (99 if "99" in cells else 0)


def test_a_contract_whose_title_begins_with_total_is_a_contract() -> None:
    assert a_row(Title="Total facilities management", Start_date="01/04/2015").outcome is Outcome.READY


# Providers


def test_what_other_columns_say_belongs_to_the_only_provider() -> None:
    contract = a_contract(Supplier="Tern", Company_number="12345", Supplier_ID="V9", SME="Yes", VCSE="No")
    numbers = (Identifier("GB-COH", "00012345"),)
    assert contract.providers == (NamedProvider("Tern", numbers, sme=True, vcse=False, vendor_number="V9"),)


def test_of_several_providers_each_has_its_own_number_or_nobody_has() -> None:
    matched = a_contract(Supplier="Tern; Plover", Company_number="1; 2", SME="Yes")
    assert [one.identifiers[0].number for one in matched.providers] == ["00000001", "00000002"]
    assert [one.sme for one in matched.providers] == [None, None]
    assert [one.identifiers for one in a_contract(Supplier="Tern; Plover", Company_number="1").providers] == [(), ()]


# Keys


def test_a_row_keeps_its_key_whatever_its_value_and_its_place() -> None:
    headings = ["Reference", "Title", "Directorate", "Supplier", "Start date", "Contract value"]
    one = ["R1", "Home care", "x", "Tern", "01/04/2015", "5"]
    dearer = ["r1", "HOME  CARE", "y", "tern", "1 April 2015", "6"]
    first = understood(headings, one).rows[0]
    moved = understood(headings, ["R2", "Other", "x", "Tern", "", ""], dearer).rows[1]
    assert first.key == moved.key


@pytest.mark.parametrize("changed", ["Reference", "Title", "Supplier", "Start date"])
def test_another_reference_title_provider_or_start_is_another_row(changed: str) -> None:
    said = {"Reference": "R1", "Supplier": "Tern", "Start_date": "01/04/2015"}
    other = said | {changed.replace(" ", "_"): "02/04/2015" if changed == "Start date" else "else"}
    assert a_row(None, **said).key != a_row(None, **other).key


# The whole


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
odd = st.sampled_from(["", "0", "(5)", "Ongoing", "31/03/2018", "Mar 18", "£1m", "Total", "#N/A", "Yes", "-", "12; 13"])
HEADINGS = (
    "Reference",
    "Title",
    "Directorate",
    "Start date",
    "End date",
    "Contract value",
    "Supplier",
    "SME",
    "Length",
)


@given(st.lists(st.lists(odd | words, min_size=1, max_size=11), max_size=12))
def test_every_row_and_every_pound_is_accounted_for(rows: list[list[str]]) -> None:
    found = understood(HEADINGS, *rows)
    written = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(found.rows) + len(found.left_out) == len(written)
    assert sum(found.counts.values()) == len(found.rows)
    pounds = found.pounds
    assert pounds.read == pounds.ready + pounds.held + pounds.refused + pounds.repeated
    assert all(row.problems for row in found.rows if row.outcome is Outcome.REFUSED)
    assert all(row.held_by for row in found.rows if row.outcome is Outcome.HELD)
    assert len({row.key for row in found.rows}) == len(found.rows)


# The dirty register


@pytest.fixture(scope="module")
def dirty() -> Understanding:
    return understand(find_list(read(dirty_register.FILE)))


def test_the_dirty_register_is_what_its_writer_writes() -> None:
    assert dirty_register.FILE.read_bytes() == dirty_register.text().encode(dirty_register.ENCODING)


def test_every_row_of_the_dirty_register_is_accounted_for(dirty: Understanding) -> None:
    assert dirty.counts == {Outcome.READY: 178, Outcome.HELD: 16, Outcome.REFUSED: 8}
    assert [row.why for row in dirty.left_out] == [
        "It stands above the headings",
        "It stands above the headings",
        "It repeats the headings",
        "It holds nothing but noughts, dashes or errors",
    ]
    assert dirty.blank_rows == 3


def test_the_pounds_of_the_dirty_register_add_up(dirty: Understanding) -> None:
    assert dirty.pounds.repeated == 5 * 4_000_000
    assert dirty.pounds.read == dirty.pounds.ready + dirty.pounds.held + dirty.pounds.refused + dirty.pounds.repeated


def test_the_dirty_register_asks_each_question_once(dirty: Understanding) -> None:
    asked = {(group.key.kind, group.key.text): group.count for group in dirty.patterns if group.holds}
    assert asked == {
        (PatternKind.NO_END, "ongoing"): 2,
        (PatternKind.NO_END, "rolling"): 1,
        (PatternKind.DAY_OR_MONTH, "mar 18"): 1,
        (PatternKind.NEGATIVE, ""): 1,
        (PatternKind.NO_SUM, "schedule of rates"): 2,
        (PatternKind.NO_SUM, "see finance"): 1,
        (PatternKind.VAT_INCLUDED, ""): 1,
        (PatternKind.NO_NAME, "various"): 1,
        (PatternKind.EXTENSION_BEFORE_END, ""): 1,
        (PatternKind.UNKNOWN_FORM, "concession of rights"): 1,
        (PatternKind.NO_UNIT, ""): 1,
        (PatternKind.EXACT_COPY, ""): 1,
        (PatternKind.SHORT_ROW, "1 cell"): 1,
        (PatternKind.LONG_ROW, "1 cell"): 1,
    }


def by_row(dirty: Understanding) -> dict[int, RowUnderstood]:
    """The rows of the dirty register by the number its writer gives them."""
    ordinary = [row for row in dirty.rows if row.contract.title or row.outcome is not Outcome.REFUSED]
    numbers = [number for number in range(1, dirty_register.ROWS + 1) if number != 114]
    return dict(zip(numbers, ordinary, strict=False))


def test_the_odd_cells_of_the_dirty_register_are_understood(dirty: Understanding) -> None:
    rows = {number: row.contract for number, row in by_row(dirty).items()}
    assert (rows[17].starts_on, rows[17].current_end_on) == (date(2016, 3, 1), date(2019, 3, 31))
    assert rows[24].starts_on == date(2013, 3, 25)
    assert rows[27].starts_on == date(2014, 1, 1)
    assert rows[44].value is not None
    assert rows[44].value.low == Decimal(17_500_000)
    assert rows[53].providers[0].identifiers[0].number == "00012345"
    assert len(rows[66].providers) == 3
    assert len(rows[69].providers) == 2
    assert rows[90].title.startswith("=HYPERLINK")
    assert rows[96].latest_end_on == date(2025, 3, 31)
    assert rows[87].note == "-5"
    assert rows[126].note == "Übergabe naïve — €"


def test_answering_every_question_leaves_nothing_held(dirty: Understanding) -> None:
    answers = Answers(
        patterns={
            group.key.codes[0]: next(
                answer for answer in group.key.question.answers if answer not in {Answer.HOLD, Answer.REFUSE}
            )
            for group in dirty.patterns
        },
        unit="Corporate Resources",
    )
    settled = understand(find_list(read(dirty_register.FILE), answers), answers)
    assert settled.counts[Outcome.HELD] == 0


def test_every_original_cell_is_kept(dirty: Understanding) -> None:
    printed = [row for row in csv.reader(io.StringIO(dirty_register.text(), newline="")) if any(row)]
    kept = {row.number: row.cells for row in dirty.rows} | {row.number: row.cells for row in dirty.left_out}
    assert len(kept) == len(printed) - 1
    assert all(cells in set(map(tuple, printed)) for cells in kept.values())


# Real registers


def test_every_row_of_norfolks_register_is_accounted_for(samples: Path) -> None:
    found = understand(find_list(read(samples / "registers" / "norfolk-2015-quarter.csv")))
    assert found.counts == {Outcome.READY: 1417, Outcome.HELD: 15, Outcome.REFUSED: 0}
    assert found.pounds.read == Decimal("894093376.78")
    held = {(group.key.kind, group.count) for group in found.patterns if group.holds}
    assert held == {(PatternKind.EXTENSION_BEFORE_END, 11), (PatternKind.EXACT_COPY, 4)}


def test_norfolks_placeholders_far_ahead_make_no_options(samples: Path) -> None:
    found = understand(find_list(read(samples / "registers" / "norfolk-2015-quarter.csv")))
    far = {group.key.kind: group for group in found.patterns if group.key.kind.startswith("far")}
    assert {kind: group.count for kind, group in far.items()} == {
        PatternKind.FAR_END: 15,
        PatternKind.FAR_EXTENSION: 34,
    }
    assert {"31/12/2050", "01/01/2099", "31/12/2099"} <= set(far[PatternKind.FAR_EXTENSION].texts)
    latest = [row.contract.latest_end_on for row in found.rows if row.contract.latest_end_on]
    assert max(latest) < date(2045, 3, 28)
    assert sum(row.contract.has_no_end for row in found.rows) == 15


def test_notices_are_held_for_a_directorate_and_ready_with_one(samples: Path) -> None:
    found = find_list(read(samples / "registers" / "contracts-finder-2020.csv"))
    assert understand(found).counts == {Outcome.READY: 0, Outcome.HELD: 380, Outcome.REFUSED: 0}
    answers = Answers(unit="Procurement")
    given = understand(found, answers)
    assert given.counts == {Outcome.READY: 380, Outcome.HELD: 0, Outcome.REFUSED: 0}
    assert max(len(row.contract.providers) for row in given.rows) > 10
