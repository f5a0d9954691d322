"""A set of annexes as it prints, and its downloads."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.annexes import commands
from app.annexes.queries.overview import grouped, row_counts
from app.annexes.queries.sets import material
from app.annexes.views import bp
from app.annexes.views.asked import Asked, asked_for, may_read_exempt, prepared
from app.annexes.writing import WORDS, one_file
from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.web import recorded
from reports import cover, html
from reports.annex_set import AnnexSet
from reports.files import File, Format, files
from reports.redaction import printable
from reports.values import Edition

ANNEXES = (1, 2, 3, 4, 5)


@bp.get("/annexes/<year>/<slug>")
@needs(Permission.READ)
def preview(year: str, slug: str) -> ResponseReturnValue:
    asked, reader = asked_for(year, slug), current_reader()
    annexes = material(asked.scope, prepared(reader)).of(asked.directorate)
    shown = printable(annexes).annexes
    return render_template(
        "annexes/preview.html",
        asked=asked,
        context=annexes.context,
        facts=list(cover.facts(annexes.context)),
        sections=[Markup(section) for section in html.fragments(annexes).values()],  # noqa: S704 - escaped by reports
        gaps=grouped(shown.gaps),
        counts=list(zip(ANNEXES, row_counts(shown), strict=True)),
        notes=annexes.notes,
        editions=_editions(asked),
        formats=[(words, asked.url("download", wanted)) for wanted, words in WORDS.items()],
        tables=[(number, asked.url("download", "csv", str(number))) for number in ANNEXES],
        may_choose=reader.may(Permission.MAKE_ANNEXES),
    )


def _editions(asked: Asked) -> list[tuple[str, bool]]:
    """The editions this reader may choose between; nothing where there is no choice."""
    if not may_read_exempt(current_reader(), asked.directorate):
        return []
    return [(edition.value, edition is asked.scope.edition) for edition in Edition]


@bp.get("/annexes/<year>/<slug>/download/<any(xlsx, docx, html, csv, pdf):ending>")
@needs(Permission.READ)
def download(year: str, slug: str, ending: str) -> ResponseReturnValue:
    asked = asked_for(year, slug)
    return _sent(one_file(_annexes(asked), Format(ending)), asked, Format(ending))


@bp.get("/annexes/<year>/<slug>/download/csv/<int(min=1, max=5):number>")
@needs(Permission.READ)
def download_table(year: str, slug: str, number: int) -> ResponseReturnValue:
    asked = asked_for(year, slug)
    return _sent(files(_annexes(asked), Format.CSV)[number - 1], asked, Format.CSV)


def _annexes(asked: Asked) -> AnnexSet:
    return material(asked.scope, prepared(current_reader())).of(asked.directorate)


def _sent(file: File, asked: Asked, wanted: Format) -> Response:
    """Note that it was taken out, and send it. The reading is over: nothing is kept open while the note is written."""
    scope, directorate_id = asked.scope, asked.directorate.id if asked.directorate else None
    db.session.rollback()
    with recorded() as session:
        commands.record_export(
            session,
            directorate_id=directorate_id,
            year=scope.year,
            as_at=scope.as_at,
            edition=scope.edition,
            file_format=wanted,
            by=current_reader().name,
            now=clock.now(),
        )
    answer = Response(file.content, content_type=file.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=file.name)
    return answer
