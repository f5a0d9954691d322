"""The list found in a workbook: its sheet, its headings, what each column means and why."""

import json
from pathlib import Path

import pytest

from app.imports.answers import Answers
from app.imports.found import FoundList, How, fold_heading
from app.imports.headings import find_list, refuse_unusable
from app.imports.reading import FileRefused
from app.imports.targets import Target
from app.register.fields import FIELDS
from tests.unit.imports.tables import a_list, a_sheet, a_workbook

T = Target

BIRMINGHAM = {
    "Contract Id": T.REFERENCE,
    "Contract Description": T.TITLE,
    "Vendor": T.PROVIDER,
    "Product Category": T.CATEGORY,
    "Directorate": T.UNIT,
    "Validity Period Start": T.STARTS_ON,
    "Validity Period End": T.CURRENT_END_ON,
    "Contract Status": T.STATUS,
    "Original Contract Value (£)": T.VALUE,
    "Extended Contract Value (£)": T.EXTENDED_VALUE,
}
BRISTOL = {
    "Body Name": T.ORGANISATION,
    "Body": T.ORGANISATION_URI,
    "Service Area Categorisation": T.SERVICE_CATEGORY_LABEL,
    "Organisational Unit": T.UNIT,
    "Title Of The Agreement": T.TITLE,
    "Scope": T.IGNORE,
    "Contract Reference Number": T.REFERENCE,
    "Description": T.DESCRIPTION,
    "Start Date": T.STARTS_ON,
    "End Date": T.CURRENT_END_ON,
    "Extension Period Months": T.OPTIONS,
    "Amount": T.VALUE,
    "Supplier Name": T.PROVIDER,
    "Nominated Contact Point": T.MANAGER_POST,
    "ProcurementCategory": T.CATEGORY,
}
LEICESTER = {
    "Contract number": T.REFERENCE,
    "Title of agreement": T.TITLE,
    "Contract description": T.DESCRIPTION,
    "Department": T.UNIT,
    "Contract value": T.VALUE,
    "Annual contract value": T.ANNUAL_VALUE,
    "Contract value excl variations": T.IGNORE,
    "Start date": T.STARTS_ON,
}
NHS_STYLE = {
    "CONTRACT_TITLE": T.TITLE,
    "SUPPLIER_NAME": T.PROVIDER,
    "CONTRACT_START_DATE": T.STARTS_ON,
    "CONTRACT_CURRENT_END_DATE": T.CURRENT_END_ON,
    "MAXIMUM_CONTRACT_END_DATE": T.LATEST_END_ON,
    "CONTRACT_AWARD_VALUE": T.VALUE,
    "PROCUREMENT_ROUTE": T.PROCESS,
    "CURRENT_TERM_MONTHS": T.LENGTH_TEXT,
    "ESTIMATED_ANNUAL_VALUE": T.ANNUAL_VALUE,
}
LLDC = {
    "Contract reference": T.REFERENCE,
    "Entity": T.ORGANISATION,
    "Other parties to the contract": T.PROVIDER,
    "Title": T.TITLE,
    "Brief description": T.DESCRIPTION,
    "start": T.STARTS_ON,
    "Contract type": T.FORM,
    "Value": T.VALUE,
}
THE_CODES_OWN_WORDS = {
    "Reference number": T.REFERENCE,
    "Title of agreement": T.TITLE,
    "Local authority department responsible": T.UNIT,
    "Description of the goods and/or services being provided": T.DESCRIPTION,
    "Supplier name and details": T.PROVIDER,
    "Sum to be paid over the length of the contract": T.VALUE,
    "Value Added Tax that cannot be recovered": T.IRRECOVERABLE_VAT,
}
TEMPLATE = {
    "1. Organisation Name": T.ORGANISATION,
    "3. Effective Date": T.EFFECTIVE_ON,
    "4 Contract Reference number / ID": T.REFERENCE,
    "6. Title of the Agreement": T.TITLE,
    "8. Local authority directorate/service responsible": T.UNIT,
    "17. Contract start date (DD/MM/YYYY)": T.STARTS_ON,
    "20. Extension Period": T.LATEST_END_ON,
    "25. Companies House Registration Number": T.PROVIDER_COMPANY_NUMBER,
}
PLAIN = {
    "Ref": T.REFERENCE,
    "Contract Name": T.TITLE,
    "Dept": T.UNIT,
    "Contractor": T.PROVIDER,
    "Commencement date": T.STARTS_ON,
    "Expiry": T.CURRENT_END_ON,
    "Total Value £ (excl. VAT)": T.VALUE,
    "Annual cost": T.ANNUAL_VALUE,
    "Options to extend": T.OPTIONS,
    "Lead Officer": T.MANAGER_POST,
    "SME? (Y/N)": T.SME,
    "Comments": T.NOTE,
}


def meanings(found: FoundList) -> dict[str, Target]:
    return {column.heading: column.target for column in found.columns}


def filled(*headings: str) -> FoundList:
    """A list with one row, every cell of it saying something."""
    return a_list(
        headings,
        ["31/03/2020" if "Extension Period" in heading and "Months" not in heading else "12" for heading in headings],
    )


@pytest.mark.parametrize(
    "register",
    [
        pytest.param(BIRMINGHAM, id="Birmingham"),
        pytest.param(BRISTOL, id="Bristol"),
        pytest.param(LEICESTER, id="Leicester"),
        pytest.param(NHS_STYLE, id="NHS style"),
        pytest.param(LLDC, id="a development corporation"),
        pytest.param(THE_CODES_OWN_WORDS, id="the Transparency Code's words"),
        pytest.param(TEMPLATE, id="the numbered template"),
        pytest.param(PLAIN, id="a plain spreadsheet"),
    ],
)
def test_every_published_layout_is_understood(register: dict[str, Target]) -> None:
    assert meanings(filled(*register)) == register


def test_every_name_and_title_of_the_lga_schema_is_known(samples: Path) -> None:
    schema = json.loads((samples / "lga" / "Contracts.json").read_text("utf-16-le"))
    for key in ("name", "title"):
        headings = [field[key] for field in schema["fields"]]
        assert len(headings) == 38
        unknown = [column.heading for column in a_list(headings, ["x"] * 38).columns if column.target is Target.IGNORE]
        assert unknown == []


def test_what_the_registers_own_export_writes_is_known_by_its_name() -> None:
    found = meanings(a_list([field.label for field in FIELDS], ["1"] * len(FIELDS)))
    assert {
        field.name: found[field.label].value for field in FIELDS if not field.computed and field.name != "register_id"
    } == {field.name: field.name for field in FIELDS if not field.computed and field.name != "register_id"}
    assert {found[field.label] for field in FIELDS if field.computed} == {Target.IGNORE}
    assert found["Register id"] is Target.REGISTER_ID


@pytest.mark.parametrize(
    ("heading", "folded"),
    [
        ("17. Original Contract Value (£)", "original contract value"),
        ("ContractReference", "contract reference"),
        ("SMESupplier", "sme supplier"),
        ("CONTRACT_START_DATE", "contract start date"),
        ("Start\nDate (DD/MM/YYYY)", "start date"),
        ("Contract Value £ (excl. VAT)", "contract value"),
        ("2015", "2015"),
    ],
)
def test_headings_are_compared_without_numbering_signs_and_units(heading: str, folded: str) -> None:
    assert fold_heading(heading) == folded


def test_headings_need_not_be_on_the_first_row() -> None:
    found = a_list(["Contracts register"], [], ["As at 31 March"], ["Title", "Supplier"], ["Home care", "Tern"])
    assert (found.header_row, [row.number for row in found.above], [row.number for row in found.rows]) == (
        4,
        [1, 3],
        [5],
    )


def test_a_heading_nearly_right_is_taken_and_marked_to_check() -> None:
    column = a_list(["Title", "Supplier name", "Contract stat date"], ["a", "b", "01/04/2015"]).columns[2]
    assert (column.target, column.how) == (T.STARTS_ON, How.NEAR)
    assert "check it" in column.why


def test_of_two_columns_for_one_thing_the_better_is_taken_and_the_other_says_so() -> None:
    found = a_list(["Title", "Start Date", "Contract start date"], ["a", "01/01/2020", "01/04/2020"])
    assert [column.target for column in found.columns] == [T.TITLE, T.IGNORE, T.STARTS_ON]
    assert found.columns[1].why == "“Contract start date” already gives Start date"


def test_the_cells_tell_whether_an_extension_is_a_day_or_a_number_of_months() -> None:
    days = a_list(["Title", "Directorate", "Extension period"], ["a", "b", "31/03/2020"])
    months = a_list(["Title", "Directorate", "Extension period"], ["a", "b", "12"])
    assert days.columns[2].target is T.LATEST_END_ON
    assert months.columns[2].target is T.OPTIONS


def test_three_different_cells_are_shown_for_each_column() -> None:
    found = a_list(["Title", "Supplier"], *[[title, "Tern"] for title in "aabbcdd"])
    assert [column.samples for column in found.columns] == [("a", "b", "c"), ("Tern",)]


@pytest.mark.parametrize("named", ["Agreement label", "agreement LABEL", "B"])
def test_a_person_chooses_by_heading_or_by_letter(named: str) -> None:
    found = a_list(
        ["Supplier", "Agreement label"], ["Tern", "Home care"], answers=Answers(columns={named: T.TITLE}, header_row=1)
    )
    assert found.columns[1].target is T.TITLE
    assert found.columns[1].how is How.CHOSEN


def test_a_choice_by_place_comes_before_what_was_found() -> None:
    book = a_workbook(a_sheet(["Title", "Supplier"], ["a", "b"]))
    found = find_list(book, columns={0: T.PROVIDER, 1: T.TITLE})
    assert meanings(found) == {"Title": T.PROVIDER, "Supplier": T.TITLE}


def test_a_column_without_a_heading_is_left_out_and_told() -> None:
    found = a_list(["Title", "", "Supplier"], ["a", "stray", "b"])
    assert found.columns[1].how is How.UNNAMED
    assert found.warnings == ("Column B has 1 cell and no heading: it is left out",)


def test_the_same_list_on_two_sheets_is_read_once() -> None:
    rows = [["Title", "Supplier"], *([f"Contract {n}", "Tern"] for n in range(10))]
    found = find_list(a_workbook(a_sheet(*rows, name="Live"), a_sheet(*rows, name="Copy"), a_sheet(["Notes"], ["x"])))
    assert found.sheet == "Live"
    assert found.warnings == ("Sheet “Copy” holds the same list and is not read: “Live” is",)


def test_another_list_on_another_sheet_is_told_and_can_be_chosen() -> None:
    book = a_workbook(
        a_sheet(["Title", "Supplier"], ["a", "b"], name="Adults"),
        a_sheet(["Title", "Supplier"], ["c", "d"], ["e", "f"], name="Children"),
    )
    assert find_list(book).sheet == "Children"
    assert "“Adults” holds a list of 1 row" in find_list(book).warnings[0]
    assert find_list(book, Answers(sheet="adults")).sheet == "Adults"
    with pytest.raises(FileRefused, match="no sheet “Roads”: use one of “Adults”, “Children”"):
        find_list(book, Answers(sheet="Roads"))


def test_a_list_without_known_headings_is_refused_with_what_it_shows() -> None:
    with pytest.raises(FileRefused, match=r"no row of headings .* its first row reads “colour, size”"):
        a_list(["colour", "size"], ["red", "1"])


def test_a_list_without_titles_is_refused() -> None:
    with pytest.raises(FileRefused, match="no column for the title"):
        refuse_unusable(a_list(["Supplier", "Start date"], ["a", "01/04/2015"]), "x.csv")


def test_a_list_of_payments_is_not_taken_for_contracts() -> None:
    with pytest.raises(FileRefused, match="list of payments"):
        refuse_unusable(a_list(["Name", "Directorate", "Payment date"], ["a", "b", "01/04/2015"]), "x.csv")
