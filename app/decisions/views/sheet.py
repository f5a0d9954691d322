"""Three years of key decisions on one sheet of A3: on screen, on paper, as a workbook and as a PDF."""

import io

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.listing import Listing
from app.decisions.queries.committees.sheet import three_years
from app.decisions.views import bp, listed
from app.decisions.views.files import XLSX
from reports.sheet import Sheet
from reports.sheet_pdf import sheet_pdf
from reports.sheet_xlsx import sheet_xlsx

WRITERS = {"xlsx": (sheet_xlsx, XLSX), "pdf": (sheet_pdf, "application/pdf")}


def _asked() -> Listing:
    session, reader, today = db.session(), current_reader(), clock.today()
    return listing.listing(
        "/forthcoming/sheet",
        request.args,
        sorts=("expected",),
        default="expected",
        filters=(listed.committee_filter(session, reader, today, preset=False), *listed.unit_filters(session)),
    )


def _sheet(asked: Listing) -> Sheet:
    wanted = listed.wanted_of(asked, current_reader(), preset=False)
    return three_years(db.session(), wanted, clock.today())


@bp.route("/forthcoming/sheet")
@needs(Permission.READ)
def three_year_sheet() -> ResponseReturnValue:
    asked = _asked()
    return render_template("decisions/sheet.html", asked=asked, sheet=_sheet(asked))


@bp.route("/forthcoming/sheet.<any(pdf, xlsx):ending>")
@needs(Permission.READ)
def three_year_sheet_file(ending: str) -> ResponseReturnValue:
    write, kind = WRITERS[ending]
    content = io.BytesIO(write(_sheet(_asked())))
    return send_file(content, mimetype=kind, as_attachment=True, download_name=f"three-years-of-key-decisions.{ending}")
