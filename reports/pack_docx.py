"""An agenda pack as a Word document: a cover with the agenda, then one page an item."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from reports import format as fmt
from reports.docx import NAMESPACE, without_times
from reports.pack import DATES, NOT_FOR_PUBLICATION, NOTE, QUESTIONS, WITHHELD, Pack, PackDate, PackFact, PackItem
from reports.paper import FONT, plain_fonts

#: Points.
TEXT, SMALL, TITLE, HEADING, PART = 11, 9, 22, 15, 12
NAVY, RED, GREY = (0x12, 0x43, 0x6D), (0xB1, 0x0E, 0x1E), (0x50, 0x5A, 0x5F)
MARGIN_MM, NAME_MM, TEXT_MM, DATE_MM = 18, 48, 126, 42


def pack_to_docx(pack: Pack) -> bytes:
    """Write the pack; the same pack always gives the same bytes."""
    import docx

    document = docx.Document()
    _set_up(document, pack)
    _cover(document, pack)
    _agenda(document, pack)
    for section in pack.sections:
        for item in section.items:
            if not item.withheld:
                _item(document, section.heading, item)
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())


# python-docx builds its elements at run time: documents, paragraphs and cells are Any here.


def _set_up(document: Any, pack: Pack) -> None:
    from docx.shared import Mm, Pt, RGBColor

    core = document.core_properties
    core.title, core.subject = fmt.clean(pack.title), pack.edition
    core.author = core.last_modified_by = fmt.clean(pack.council)
    core.language, core.comments = "en-GB", ""
    on = pack.prepared_on
    core.created = core.modified = datetime(on.year, on.month, on.day)  # noqa: DTZ001 - a day
    for name, size in (("Normal", TEXT), ("Title", TITLE), ("Heading 1", HEADING), ("Heading 2", PART)):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        if name != "Normal":
            style.font.color.rgb, style.font.bold = RGBColor(*NAVY), True
        plain_fonts(style)
    document.styles["Normal"].paragraph_format.space_after = Pt(6)
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(MARGIN_MM)
    _footer(page.footer.paragraphs[0], pack)


def _named(name: str) -> Any:
    from docx.oxml.ns import qn

    return qn(name)


def _footer(paragraph: Any, pack: Pack) -> None:
    limits = "" if pack.is_open else "NOT FOR PUBLICATION · "
    _words(paragraph, f"{limits}{pack.title} · {pack.edition} · page ", size=SMALL, colour=GREY)
    _field(paragraph, "PAGE")
    _words(paragraph, " of ", size=SMALL, colour=GREY)
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, name: str) -> None:
    """A number that Word reckons: python-docx gives paragraphs no fields."""
    from docx.oxml import parse_xml

    colour = "".join(f"{part:02X}" for part in GREY)
    look = f'<w:rPr><w:color w:val="{colour}"/><w:sz w:val="{2 * SMALL}"/></w:rPr>'
    field = f'<w:fldSimple xmlns:w="{NAMESPACE}" w:instr="{name}"><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))  # noqa: SLF001 - as said


def _words(
    paragraph: Any, text: str, *, size: int = TEXT, bold: bool = False, colour: tuple[int, int, int] | None = None
) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(fmt.clean(text))
    run.font.size, run.font.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = RGBColor(*colour)


def _said(document: Any, text: str, **look: Any) -> Any:
    paragraph = document.add_paragraph()
    _words(paragraph, text, **look)
    return paragraph


def _cover(document: Any, pack: Pack) -> None:
    """Whose meeting, when and where, and by when its papers are due."""
    _said(document, f"{pack.council} · {pack.edition}", colour=GREY)
    document.add_paragraph(fmt.clean(pack.committee), style="Title")
    if not pack.is_open:
        _said(document, NOT_FOR_PUBLICATION, bold=True, colour=RED)
    _facts(document, "The meeting", pack.cover)


def _agenda(document: Any, pack: Pack) -> None:
    """The items in order, on the first page."""
    document.add_paragraph("Agenda", style="Heading 1")
    for section in pack.sections:
        document.add_paragraph(fmt.clean(section.heading), style="Heading 2")
        for item in section.items:
            line = document.add_paragraph()
            _words(line, f"{item.number}  {item.title}", bold=True)
            if item.exempt_ground:
                _words(line, f"  Exempt: {item.exempt_ground}", size=SMALL, colour=RED)
            if item.withheld:
                _said(document, WITHHELD, size=SMALL + 1)
            if item.asked_to:
                _said(document, item.asked_to, size=SMALL + 1)
    if not pack.sections:
        _said(document, pack.empty)


def _item(document: Any, section: str, item: PackItem) -> None:
    title = document.add_paragraph(fmt.clean(f"{item.number}  {item.title}"), style="Heading 1")
    title.paragraph_format.page_break_before = True
    _said(document, section, size=SMALL, colour=GREY)
    if item.exempt_ground:
        _said(document, f"Exempt: {item.exempt_ground}", bold=True, colour=RED)
    if item.asked_to:
        asked = _said(document, "The committee is asked to: ", bold=True)
        _words(asked, item.asked_to[:1].lower() + item.asked_to[1:] + ".")
    if item.facts:
        _facts(document, f"{item.number}: the facts", item.facts)
    _part(document, NOTE, [part for part in item.note.splitlines() if part.strip()])
    _part(document, QUESTIONS, item.questions)
    if item.dates:
        document.add_paragraph(DATES, style="Heading 2")
        _dates(document, f"{item.number}: {DATES.lower()}", item.dates)


def _part(document: Any, heading: str, paragraphs: Sequence[str]) -> None:
    if paragraphs:
        document.add_paragraph(heading, style="Heading 2")
    for text in paragraphs:
        _said(document, text)


def _facts(document: Any, name: str, facts: tuple[PackFact, ...]) -> None:
    table = _table(document, name, (NAME_MM, TEXT_MM), len(facts))
    for row, fact in zip(table.rows, facts, strict=True):
        _words(row.cells[0].paragraphs[0], fact.name, bold=True)
        _words(row.cells[1].paragraphs[0], fact.text)


def _dates(document: Any, name: str, dates: tuple[PackDate, ...]) -> None:
    table = _table(document, name, (DATE_MM, NAME_MM + TEXT_MM - DATE_MM), len(dates) + 1)
    for cell, heading in zip(table.rows[0].cells, ("Date", "Step"), strict=True):
        _words(cell.paragraphs[0], heading, bold=True)
    _marked(table.rows[0]._tr.get_or_add_trPr(), "tblHeader")  # noqa: SLF001 - python-docx knows no heading rows
    for row, one in zip(table.rows[1:], dates, strict=True):
        _words(row.cells[0].paragraphs[0], fmt.day(one.on))
        _words(row.cells[1].paragraphs[0], one.label, bold=True)
        if one.working:
            _words(row.cells[1].paragraphs[0], f"  {one.working}", size=SMALL, colour=GREY)


def _marked(properties: Any, name: str, **values: str) -> None:
    from docx.oxml import OxmlElement

    mark = OxmlElement(f"w:{name}")
    for key, value in values.items():
        mark.set(_named(f"w:{key}"), value)
    properties.append(mark)


def _table(document: Any, name: str, widths: tuple[int, int], rows: int) -> Any:
    """Named for those who hear the document; no row is parted by the end of a page."""
    from docx.shared import Mm, Pt

    table = document.add_table(rows=rows, cols=2)
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    _marked(table._tbl.tblPr, "tblCaption", val=fmt.clean(name))  # noqa: SLF001 - python-docx names no tables
    for row in table.rows:
        _marked(row._tr.get_or_add_trPr(), "cantSplit")  # noqa: SLF001 - nor keeps rows together
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
    return table
