"""A paper in prose as a Word document: its title, its facts in a table, its headed paragraphs."""

import io
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reports import format as fmt
from reports.docx import without_times

FONT = "Arial"
TITLE_SIZE, HEADING_SIZE, TEXT_SIZE = 18, 13, 11
COMPACT_HEADING, COMPACT_TEXT, BEFORE, AFTER = 11, 10, 8, 3
#: A4 portrait, in millimetres.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN, FIRST_COLUMN = 210, 297, 20, 55
OFFICE_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Paper:
    """What it says, in the order it says it."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    #: Each heading with its paragraphs.
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    author: str
    on: date
    #: Smaller and closer, where the pages are counted.
    compact: bool = False


def paper_docx(paper: Paper) -> bytes:
    """The same paper always gives the same bytes."""
    import docx

    document = docx.Document()
    _set_up(document, paper)
    document.add_heading(fmt.clean(paper.title), 0)
    document.add_paragraph(fmt.clean(paper.subtitle))
    _facts(document, paper.facts)
    for words, paragraphs in paper.parts:
        document.add_heading(fmt.clean(words), 1)
        for text in paragraphs:
            document.add_paragraph(fmt.clean(text))
    out = io.BytesIO()
    document.save(out)
    return without_times(out.getvalue())


# python-docx builds its elements at run time: documents and styles are Any here.


def _set_up(document: Any, paper: Paper) -> None:
    from docx.shared import Mm, Pt

    section, normal = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    sizes = (
        (normal, COMPACT_TEXT if paper.compact else TEXT_SIZE),
        (document.styles["Title"], TITLE_SIZE),
        (document.styles["Heading 1"], COMPACT_HEADING if paper.compact else HEADING_SIZE),
    )
    for style, size in sizes:
        style.font.name, style.font.size = FONT, Pt(size)
        plain_fonts(style)
    heading = document.styles["Heading 1"].paragraph_format
    heading.space_before, heading.space_after = Pt(BEFORE), Pt(AFTER)
    if paper.compact:
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(AFTER), 1
    core = document.core_properties
    core.title, core.author, core.language, core.comments = fmt.clean(paper.title), paper.author, "en-GB", ""
    core.created = core.modified = datetime(paper.on.year, paper.on.month, paper.on.day)  # noqa: DTZ001 - a day


def _facts(document: Any, facts: tuple[tuple[str, str], ...]) -> None:
    from docx.shared import Mm

    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    widths = Mm(FIRST_COLUMN), Mm(PAGE_WIDTH - 2 * MARGIN - FIRST_COLUMN)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for name, text in facts:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = widths
        cells[0].paragraphs[0].add_run(fmt.clean(name)).bold = True
        cells[1].text = fmt.clean(text)


def plain_fonts(style: Any) -> None:
    """The template's headings name a theme's font, which would win over ours."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.attrib.pop(qn(f"w:{kind}Theme"), None)
        fonts.set(qn(f"w:{kind}"), FONT)
