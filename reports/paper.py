"""A paper in prose as a Word document: its title, its facts in a table, its headed paragraphs."""

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from reports import format as fmt

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
    from docx.shared import Mm, Pt

    document = docx.Document()
    section, normal = document.sections[0], document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(COMPACT_TEXT if paper.compact else TEXT_SIZE)
    section.page_width, section.page_height = Mm(PAGE_WIDTH), Mm(PAGE_HEIGHT)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    title, heading = document.styles["Title"], document.styles["Heading 1"]
    title.font.name, title.font.size = FONT, Pt(TITLE_SIZE)
    heading.font.name, heading.font.size = FONT, Pt(COMPACT_HEADING if paper.compact else HEADING_SIZE)
    if paper.compact:
        normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(AFTER), 1
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(BEFORE), Pt(AFTER)
    core = document.core_properties
    core.title, core.author, core.language, core.comments = fmt.clean(paper.title), paper.author, "en-GB", ""
    core.created = core.modified = datetime(paper.on.year, paper.on.month, paper.on.day)  # noqa: DTZ001 - a day
    document.add_heading(fmt.clean(paper.title), 0)
    document.add_paragraph(fmt.clean(paper.subtitle))
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    for name, text in paper.facts:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Mm(FIRST_COLUMN), Mm(PAGE_WIDTH - 2 * MARGIN - FIRST_COLUMN)
        cells[0].paragraphs[0].add_run(fmt.clean(name)).bold = True
        cells[1].text = fmt.clean(text)
    for words, paragraphs in paper.parts:
        document.add_heading(fmt.clean(words), 1)
        for text in paragraphs:
            document.add_paragraph(fmt.clean(text))
    out = io.BytesIO()
    document.save(out)
    return _without_times(out.getvalue())


def _without_times(document: bytes) -> bytes:
    """Pack it again: the zip otherwise tells when it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in packed.namelist():
            again.writestr(zipfile.ZipInfo(name), packed.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
