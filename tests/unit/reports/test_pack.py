"""A pack as a Word document: a cover, then one page an item; what is withheld stands in no part of the file."""

import io
import zipfile
from datetime import date

import docx

from reports.pack import Pack, PackDate, PackFact, PackItem, PackSection
from reports.pack_docx import pack_to_docx

OPEN = PackItem(
    number="B1",
    title="Home care anew",
    asked_to="Endorse it",
    facts=(PackFact("How much", "£2,000,000"), PackFact("Performance", "Good: visits on time")),
    note="Three lots were weighed.\n\nTwo are proposed.",
    questions=("Cllr Vane, on its provider: Who trains the carers?",),
    dates=(PackDate(date(2027, 3, 31), "Contract ends", "its last day"),),
)
WITHHELD = PackItem("B2", "Conduct of a provider", "", exempt_ground="Schedule 12A, paragraph 3", withheld=True)


def a_pack(*items: PackItem, is_open: bool = True) -> Pack:
    sections = (PackSection("B. Key or significant decisions", items),) if items else ()
    when = (date(2027, 1, 12), "10am, Council Chamber", date(2027, 1, 4), date(2026, 11, 22))
    return Pack("Wold Council", "Adults Cabinet Committee", *when, is_open=is_open, sections=sections)


def parts_of(document: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(document)) as packed:
        return {name: packed.read(name).decode(errors="replace") for name in packed.namelist()}


def headings_of(document: bytes) -> list[tuple[str, str]]:
    styled = ((one.style.name, one.text) for one in docx.Document(io.BytesIO(document)).paragraphs if one.style)
    return [(str(name), text) for name, text in styled if name == "Title" or str(name).startswith("Heading")]


def test_the_headings_nest_from_the_committee_to_each_part_of_an_item() -> None:
    assert headings_of(pack_to_docx(a_pack(OPEN, WITHHELD))) == [
        ("Title", "Adults Cabinet Committee"),
        ("Heading 1", "Agenda"),
        ("Heading 2", "B. Key or significant decisions"),
        ("Heading 1", "B1  Home care anew"),
        ("Heading 2", "What members should know"),
        ("Heading 2", "What members asked"),
        ("Heading 2", "The dates behind it"),
    ]


def test_the_cover_says_when_where_and_by_when_and_pages_are_numbered_out_of_how_many() -> None:
    document = pack_to_docx(a_pack(OPEN))
    cover = docx.Document(io.BytesIO(document)).tables[0]
    assert [(row.cells[0].text, row.cells[1].text) for row in cover.rows] == [
        ("Meets on", "Tuesday 12 January 2027"),
        ("Where", "10am, Council Chamber"),
        ("Papers due", "4 January 2027"),
        ("Prepared", "22 November 2026"),
    ]
    footer = next(text for name, text in parts_of(document).items() if "footer" in name)
    assert 'w:instr="PAGE"' in footer
    assert 'w:instr="NUMPAGES"' in footer
    body = parts_of(document)["word/document.xml"]
    for name in ("The meeting", "B1: the facts", "B1: the dates behind it"):
        assert f'<w:tblCaption w:val="{name}"/>' in body, "tables are named for those who hear them"
    assert body.count("<w:tblHeader/>") == 1


def test_no_part_of_an_open_pack_holds_what_is_withheld() -> None:
    secret = PackItem(
        "B2", "Conduct of a provider", "", note="Lot three fails", exempt_ground="Paragraph 3", withheld=True
    )
    parts = parts_of(pack_to_docx(a_pack(OPEN, secret)))
    assert not [name for name, text in parts.items() if "Lot three fails" in text]
    assert "Paragraph 3" in parts["word/document.xml"]
    shut = parts_of(pack_to_docx(a_pack(OPEN, is_open=False)))
    assert all("NOT FOR PUBLICATION" in shut[name] for name in ("word/document.xml", "word/footer1.xml"))


def test_a_pack_of_nothing_says_so_and_the_same_pack_gives_the_same_bytes() -> None:
    empty = pack_to_docx(a_pack())
    assert "Nothing is on this agenda yet." in parts_of(empty)["word/document.xml"]
    assert empty == pack_to_docx(a_pack())
