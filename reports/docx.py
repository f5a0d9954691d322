"""Annexes as a Word document, portrait, to be read as it is or pasted into a business plan."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reports import format as fmt
from reports.annex_set import AnnexSet
from reports.catalogue import laid_out
from reports.context import Context
from reports.cover import NOT_FOR_PUBLICATION, READING_NOTES, facts
from reports.html import shares
from reports.layout import Cell, Heading, Laid, Line, TotalLine
from reports.redaction import Printable, printable
from reports.table import Medium

NAVY, PALE, GREY, RED = "12436D", "E8EEF4", "505A5F", "B10E1E"
FONT = "Arial"
#: Widths are in twentieths of a point: A4 portrait between margins of 14 mm.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 794
TOP, BOTTOM = 624, 851
LINE_WIDTH = PAGE_WIDTH - 2 * MARGIN
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#: Sizes are in half points.
TABLE_SIZE, NOTE_SIZE = 16, 14


def to_docx(annexes: AnnexSet) -> bytes:
    """Write the set as one document; the same set always gives the same bytes."""
    import docx

    document = docx.Document()
    _set_up(document, annexes.context)
    body = document.element.body
    for place, part in enumerate(_parts(printable(annexes))):
        body.insert(place, _parsed(part))
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())


def without_times(document: bytes) -> bytes:
    """Pack it again: the zip otherwise tells when it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in packed.namelist():
            again.writestr(zipfile.ZipInfo(name), packed.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


#: python-docx builds its elements at run time: documents and elements are Any here.
def _set_up(document: Any, context: Context) -> None:
    _properties(document.core_properties, context)
    normal = document.styles["Normal"]
    normal.font.name = FONT
    properties = normal.element.get_or_add_rPr()
    properties.append(_parsed('<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="en-GB"/>'))
    section = document.sections[0]
    section.page_width, section.page_height = _emu(PAGE_WIDTH), _emu(PAGE_HEIGHT)
    section.left_margin = section.right_margin = _emu(MARGIN)
    section.top_margin, section.bottom_margin = _emu(TOP), _emu(BOTTOM)
    section.footer_distance = _emu(MARGIN // 2)
    footer = section.footer.paragraphs[0]._p  # noqa: SLF001 - python-docx gives paragraphs no fields
    footer.getparent().replace(footer, _parsed(_footer(context)))


def _emu(twentieths: int) -> int:
    return twentieths * 635


def _properties(core: Any, context: Context) -> None:
    """The dates are the as-at date, so that the same rows give the same file."""
    core.title = fmt.clean(context.title)
    core.subject = fmt.clean(f"{context.whose}, {context.plan_year}, as at {fmt.day(context.as_at)}")
    core.author = core.last_modified_by = fmt.clean(context.prepared_by)
    core.content_status = context.status
    core.language = "en-GB"
    core.comments = ""
    core.created = core.modified = datetime(context.as_at.year, context.as_at.month, context.as_at.day)  # noqa: DTZ001 - a day


def _parsed(xml: str) -> Any:
    from docx.oxml import parse_xml

    end = min(place for place in (xml.find(" "), xml.find(">"), xml.find("/>")) if place > 0)
    return parse_xml(fmt.clean(f'{xml[:end]} xmlns:w="{NAMESPACE}"{xml[end:]}'))


def _parts(shown: Printable) -> Iterable[str]:
    context = shown.annexes.context
    yield _paragraph(context.title, size=32, bold=True, colour=NAVY, style="Title")
    if not context.is_open:
        yield _paragraph(NOT_FOR_PUBLICATION, size=22, bold=True, colour=RED)
    yield _paragraph(" · ".join(f"{name}: {text}" for name, text in facts(context)), size=17, colour=GREY, after=120)
    for place, laid in enumerate(laid_out(shown, Medium.WORD)):
        yield from _annex(laid, new_page=place > 0)
    yield _paragraph("How to read these tables", size=20, bold=True, colour=NAVY, style="Heading1", before=240)
    for note in (*READING_NOTES, *shown.annexes.notes):
        yield _paragraph(note, size=TABLE_SIZE, after=40)


def _annex(laid: Laid, *, new_page: bool) -> Iterable[str]:
    yield _caption(laid.caption, new_page=new_page)
    for text in laid.before:
        yield _paragraph(text, size=18, after=80)
    yield _table(laid)
    for at, text in enumerate(laid.remarks):
        yield _paragraph(text, size=NOTE_SIZE, before=0 if at else 80)
    for note in laid.footnotes:
        yield _footnote(note.mark, fmt.abridged(note.text))
    yield _paragraph(laid.provenance, size=NOTE_SIZE, italic=True, colour=GREY, before=60, after=120)


# Paragraphs


def _paragraph(
    text: str,
    *,
    size: int,
    bold: bool = False,
    italic: bool = False,
    colour: str = "",
    style: str = "",
    before: int = 0,
    after: int = 0,
) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    bare = '<w:pBdr><w:bottom w:val="nil"/></w:pBdr>' if style == "Title" else ""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}"/>'
    run = _run(text, size=size, bold=bold, italic=italic, colour=colour)
    return f"<w:p><w:pPr>{named}{bare}{spacing}</w:pPr>{run}</w:p>"


def _caption(text: str, *, new_page: bool) -> str:
    """A caption that stays with its table and shows in the navigation pane."""
    new = "<w:pageBreakBefore/>" if new_page else ""
    place = '<w:pStyle w:val="Caption"/><w:keepNext/>' + new
    spacing = '<w:spacing w:before="120" w:after="80"/><w:outlineLvl w:val="0"/>'
    return f"<w:p><w:pPr>{place}{spacing}</w:pPr>{_run(text, size=24, bold=True, colour=NAVY)}</w:p>"


def _footnote(mark: str, text: str) -> str:
    marked = _run(mark, size=NOTE_SIZE, raised=True)
    place = '<w:spacing w:before="20" w:after="0"/><w:ind w:left="142" w:hanging="142"/>'
    return f"<w:p><w:pPr>{place}</w:pPr>{marked}{_run(' ' + text, size=NOTE_SIZE)}</w:p>"


def _run(
    text: str, *, size: int, bold: bool = False, italic: bool = False, colour: str = "", raised: bool = False
) -> str:
    look = (
        ("<w:b/>" if bold else "<w:b w:val='0'/>")
        + ("<w:i/>" if italic else "<w:i w:val='0'/>")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        + ('<w:vertAlign w:val="superscript"/>' if raised else "")
    )
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/>'
    broken = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n"))
    return f"<w:r><w:rPr>{fonts}{look}</w:rPr>{broken}</w:r>"


def _footer(context: Context) -> str:
    version = f" v{context.version}" if context.version else ""
    limits = "" if context.is_open else "NOT FOR PUBLICATION · "
    text = f"{limits}{context.title} · {context.status}{version} · as at {fmt.short_day(context.as_at)}"
    tab = f'<w:tabs><w:tab w:val="clear" w:pos="4680"/><w:tab w:val="right" w:pos="{LINE_WIDTH}"/></w:tabs>'
    parts = (_run(text, size=14, colour=GREY), "<w:r><w:tab/></w:r>", _run("Page ", size=14, colour=GREY))
    numbers = f"{_field('PAGE')}{_run(' of ', size=14, colour=GREY)}{_field('NUMPAGES')}"
    return f"<w:p><w:pPr>{tab}</w:pPr>{''.join(parts)}{numbers}</w:p>"


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}">{_run("1", size=14, colour=GREY)}</w:fldSimple>'


# Tables


def _table(laid: Laid) -> str:
    widths = shares(laid.headings, LINE_WIDTH)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = (
        _header(laid.headings, widths),
        *_rows(laid, widths),
        *(_total(total, laid.headings, widths) for total in laid.totals),
    )
    return f"<w:tbl>{_table_properties(laid.caption)}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _table_properties(caption: str) -> str:
    line = 'w:val="single" w:sz="4" w:space="0" w:color="B1B4B6"'
    edges = f"<w:top {line}/><w:bottom {line}/><w:insideH {line}/>"
    margins = '<w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
    return (
        f'<w:tblPr><w:tblW w:w="{LINE_WIDTH}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        '<w:tblLook w:val="06A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" '
        'w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(caption)}/></w:tblPr>"
    )


def _row(cells: Iterable[str], *, is_header: bool = False) -> str:
    header = "<w:tblHeader/>" if is_header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{''.join(cells)}</w:tr>"


_AIR = '<w:spacing w:before="20" w:after="20" w:line="235" w:lineRule="auto"/>'
#: An empty paragraph is as tall as its mark.
_MARK = f'<w:rPr><w:sz w:val="{TABLE_SIZE}"/></w:rPr>'


def _cell(content: str, width: int, *, shade: str = "", span: int = 1, right: bool = False, keep: bool = False) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    place = "<w:keepNext/>" if keep else ""
    align = '<w:jc w:val="right"/>' if right else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{fill}</w:tcPr>'
        f"<w:p><w:pPr>{place}{_AIR}{align}{_MARK}</w:pPr>{content}</w:p></w:tc>"
    )


def _header(headings: tuple[Heading, ...], widths: list[int]) -> str:
    cells = (
        _cell(
            _run(heading.text, size=TABLE_SIZE, bold=True, colour="FFFFFF") + _marks(heading.marks, "FFFFFF"),
            width,
            shade=NAVY,
            right=heading.is_numeric,
            keep=True,
        )
        for heading, width in zip(headings, widths, strict=True)
    )
    return _row(cells, is_header=True)


def _rows(laid: Laid, widths: list[int]) -> Iterable[str]:
    whole = len(widths)
    if not laid.lines:
        yield _row([_cell(_run(laid.empty, size=TABLE_SIZE), LINE_WIDTH, span=whole)])
    for section in laid.sections:
        if section.heading:
            heading = _run(section.heading, size=TABLE_SIZE, bold=True, colour=NAVY)
            yield _row([_cell(heading, LINE_WIDTH, shade=PALE, span=whole, keep=True)])
        yield from (_line(line, laid.headings, widths) for line in section.lines)


def _line(line: Line, headings: tuple[Heading, ...], widths: list[int]) -> str:
    return _row(
        _cell(_content(cell, bold=place == 0), width, right=heading.is_numeric)
        for place, (cell, heading, width) in enumerate(zip(line.cells, headings, widths, strict=True))
    )


def _content(cell: Cell, *, bold: bool = False) -> str:
    """The first line, its footnotes' marks, then the quieter second line."""
    first, _, second = cell.text.partition("\n")
    also = f"<w:r><w:br/></w:r>{_run(second, size=NOTE_SIZE, colour=GREY)}" if second else ""
    return f"{_run(first, size=TABLE_SIZE, bold=bold)}{_marks(cell.marks)}{also}"


def _marks(marks: tuple[str, ...], colour: str = "") -> str:
    return _run(", ".join(marks), size=TABLE_SIZE, raised=True, colour=colour) if marks else ""


def _total(total: TotalLine, headings: tuple[Heading, ...], widths: list[int]) -> str:
    span = total.label_span
    cells = [_cell(_run(total.label, size=TABLE_SIZE, bold=True), sum(widths[:span]), shade=PALE, span=span)]
    for cell, heading, width in zip(total.cells[span:], headings[span:], widths[span:], strict=True):
        figure = _run(cell.text, size=TABLE_SIZE, bold=True) if cell else ""
        cells.append(_cell(figure, width, shade=PALE, right=heading.is_numeric))
    return _row(cells)
