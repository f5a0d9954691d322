"""Annexes as HTML: a whole document to keep or send, and one annex at a time to stand in a page of the product."""

from collections.abc import Iterable
from html import escape

from reports import format as fmt
from reports.annex_set import AnnexSet
from reports.catalogue import laid_out
from reports.cover import NOT_FOR_PUBLICATION, READING_NOTES, facts
from reports.html_style import STYLE
from reports.layout import Cell, Heading, Laid, Line, Section, TotalLine
from reports.redaction import printable
from reports.table import Medium


def to_html(annexes: AnnexSet) -> str:
    """Write the set as one document that needs no other file."""
    shown = printable(annexes)
    tables = laid_out(shown, Medium.SCREEN)
    title = escape(annexes.context.title)
    body = "\n".join((*_opening(shown.annexes, tables), *map(_whole_section, tables), *_closing(shown.annexes)))
    return fmt.clean(
        f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLE}{_widths(tables)}</style>\n"
        f'</head>\n<body>\n<main id="top">\n{body}\n</main>\n</body>\n</html>\n'
    )


def fragments(annexes: AnnexSet) -> dict[int, str]:
    """Each annex as a section for a page of the product, by its number: classes only, figures open their records."""
    return {laid.number: fmt.clean(_section(laid, opens=True)) for laid in laid_out(printable(annexes), Medium.SCREEN)}


def _opening(annexes: AnnexSet, tables: tuple[Laid, ...]) -> Iterable[str]:
    context = annexes.context
    if not context.is_open:
        yield f'<p class="annex-warning">{escape(NOT_FOR_PUBLICATION)}</p>'
    yield f"<h1>{escape(context.title)}</h1>"
    rows = "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(text)}</dd></div>" for name, text in facts(context))
    yield f'<dl class="annex-facts">{rows}</dl>'
    links = "".join(f'<li><a href="#annex-{laid.number}">{escape(laid.caption)}</a></li>' for laid in tables)
    yield f'<nav aria-label="Contents"><h2>Contents</h2><ol class="annex-contents">{links}</ol></nav>'


def _closing(annexes: AnnexSet) -> Iterable[str]:
    notes = "".join(f"<li>{escape(note)}</li>" for note in (*READING_NOTES, *annexes.notes))
    yield f'<section class="annex-notes"><h2>How to read these tables</h2><ul>{notes}</ul></section>'
    if annexes.context.is_draft and annexes.gaps:
        rows = "".join(
            f'<tr><th scope="row">{escape(gap.title)}</th><td>{escape(gap.problem)}</td>'
            f"<td>{'Yes' if gap.keeps_out else 'No'}</td></tr>"
            for gap in annexes.gaps
        )
        yield (
            '<section class="annex-gaps"><h2>Data quality</h2><p>Draft only. Mend these before the final version.</p>'
            '<table class="govuk-table annex-table"><caption>Records to mend</caption><thead><tr>'
            '<th scope="col">Record</th><th scope="col">What is wrong, and what mends it</th>'
            '<th scope="col">Kept out of the annex</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></section>"
        )


def _whole_section(laid: Laid) -> str:
    return _section(laid, opens=False)


def _section(laid: Laid, *, opens: bool) -> str:
    """One annex: what stands above its table, the table in a region that scrolls, what stands beneath."""
    name = f"annex-{laid.number}"
    region = f'role="region" tabindex="0" aria-label="{escape(laid.caption)}: table"'
    return "\n".join(
        (
            f'<section class="annex" id="{name}">',
            *(f'<p class="govuk-body annex-before">{escape(text)}</p>' for text in laid.before),
            f'<div class="annex-scroll" {region}>',
            _table(laid, name, opens=opens),
            "</div>",
            *(f'<p class="govuk-body-s annex-remark">{escape(text)}</p>' for text in laid.remarks),
            *_footnotes(laid, name),
            f'<p class="govuk-body-s annex-source">{escape(laid.provenance)}</p>',
            "</section>",
        )
    )


def _footnotes(laid: Laid, name: str) -> Iterable[str]:
    """Numbers are written out, because a footnote's mark is not always a number."""
    if laid.footnotes:
        notes = "".join(
            f'<li id="{_note_id(name, note.mark)}"><span class="annex-mark">{note.mark}</span> {escape(note.text)}</li>'
            for note in laid.footnotes
        )
        yield f'<ul class="govuk-list annex-footnotes" aria-label="Notes to annex {laid.number}">{notes}</ul>'


def _note_id(name: str, mark: str) -> str:
    return f"{name}-note-{'owned' if mark == fmt.DAGGER else mark}"


def _table(laid: Laid, name: str, *, opens: bool) -> str:
    columns = "".join("<col>" for _ in laid.headings)
    heads = "".join(_heading(heading, name) for heading in laid.headings)
    bodies = "".join(_body(laid, section, f"{name}-{at}", opens=opens) for at, section in enumerate(laid.sections, 1))
    return (
        f'<table class="govuk-table annex-table {name}">'
        f'<caption class="govuk-table__caption govuk-table__caption--m">{escape(laid.caption)}</caption>'
        f"<colgroup>{columns}</colgroup>"
        f'<thead class="govuk-table__head"><tr class="govuk-table__row">{heads}</tr></thead>'
        f"{bodies or _empty(laid)}{_foot(laid, opens=opens)}</table>"
    )


def _heading(heading: Heading, name: str) -> str:
    kind = " govuk-table__header--numeric" if heading.is_numeric else ""
    text = f"{escape(heading.text)}{_marks(heading.marks, name)}"
    return f'<th scope="col" class="govuk-table__header{kind}">{text}</th>'


def _marks(marks: tuple[str, ...], name: str) -> str:
    links = ", ".join(f'<a href="#{_note_id(name, mark)}">{mark}</a>' for mark in marks)
    return f'<sup class="annex-marks"><span class="govuk-visually-hidden">note </span>{links}</sup>' if links else ""


def _empty(laid: Laid) -> str:
    cell = f'<td class="govuk-table__cell annex-none" colspan="{len(laid.headings)}">{escape(laid.empty)}</td>'
    return f'<tbody class="govuk-table__body"><tr class="govuk-table__row">{cell}</tr></tbody>'


def _body(laid: Laid, section: Section, group: str, *, opens: bool) -> str:
    name = f"annex-{laid.number}"
    head = ""
    if section.heading:
        cell = (
            f'<th scope="rowgroup" colspan="{len(laid.headings)}" class="govuk-table__header annex-group" id="{group}">'
        )
        head = f'<tr class="govuk-table__row">{cell}{escape(section.heading)}</th></tr>'
    rows = "".join(_row(line, laid.headings, name, opens=opens) for line in section.lines)
    return f'<tbody class="govuk-table__body">{head}{rows}</tbody>'


def _row(line: Line, headings: tuple[Heading, ...], name: str, *, opens: bool) -> str:
    record = line.record if opens else None
    first, *rest = zip(line.cells, headings, strict=True)
    head = f'<th scope="row" class="govuk-table__header">{_text(first[0], record, name, is_first=True)}</th>'
    cells = "".join(f"<td{_classes(heading)}>{_text(cell, record, name)}</td>" for cell, heading in rest)
    return f'<tr class="govuk-table__row">{head}{cells}</tr>'


def _classes(heading: Heading) -> str:
    kind = " govuk-table__cell--numeric" if heading.is_numeric else ""
    return f' class="govuk-table__cell{kind}"'


def _text(cell: Cell, record: str | None, name: str, *, is_first: bool = False) -> str:
    """The words of a cell; its second line is quieter; a figure, and the row's name, open the record."""
    first, _, second = escape(cell.text).partition("\n")
    if record and (is_first or cell.is_figure) and first:
        first = f'<a class="govuk-link" href="{escape(record)}">{first}</a>'
    also = f'<br><span class="annex-also">{second.replace(chr(10), "<br>")}</span>' if second else ""
    return f"{first}{_marks(cell.marks, name)}{also}"


def _foot(laid: Laid, *, opens: bool) -> str:
    if not laid.totals:
        return ""
    rows = "".join(_total(total, laid, opens=opens) for total in laid.totals)
    return f'<tfoot class="annex-totals">{rows}</tfoot>'


def _total(total: TotalLine, laid: Laid, *, opens: bool) -> str:
    span = total.label_span
    label = escape(total.label)
    group = _group_of(total, laid) if opens else ""
    if group:
        label = f'<a class="govuk-link" href="#{group}">{label}</a>'
    head = f'<th scope="row" colspan="{span}" class="govuk-table__header">{label}</th>'
    places = zip(total.cells[span:], laid.headings[span:], strict=True)
    figures = "".join(f"<td{_classes(heading)}>{escape(cell.text) if cell else ''}</td>" for cell, heading in places)
    return f'<tr class="govuk-table__row">{head}{figures}</tr>'


def _group_of(total: TotalLine, laid: Laid) -> str:
    """Where the rows stand that a group's total adds."""
    headings = [section.heading for section in laid.sections]
    if total.of_group not in headings:
        return ""
    return f"annex-{laid.number}-{headings.index(total.of_group) + 1}"


def _widths(tables: tuple[Laid, ...]) -> str:
    """Column widths in per cent, so that a pasted table keeps its shape."""
    return "".join(
        f".annex-{laid.number} col:nth-child({place}){{width:{share}%}}"
        for laid in tables
        for place, share in enumerate(shares(laid.headings), 1)
    )


def shares(headings: tuple[Heading, ...], whole: int = 100) -> list[int]:
    """Divide a line among its columns in proportion to their widths, losing nothing."""
    widths = [heading.width for heading in headings]
    ends = [whole * sum(widths[: place + 1]) // sum(widths) for place in range(len(widths))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
