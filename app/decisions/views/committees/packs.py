"""Packs of a meeting: open and exempt apart, on screen and paper, and as Word documents."""

import io

from flask import render_template, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from app.core import clock
from app.core.access import Permission, current_reader, needs
from app.core.db import db
from app.core.text import slug
from app.decisions.queries.committees import packs
from app.decisions.views import bp
from reports.pack import Pack
from reports.pack_docx import pack_to_docx

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.route("/meetings/<int:meeting_id>/pack")
@needs(Permission.READ)
def open_pack(meeting_id: int) -> ResponseReturnValue:
    return _page(packs.open_pack(db.session(), meeting_id, clock.today()), meeting_id)


@bp.route("/meetings/<int:meeting_id>/pack.docx")
@needs(Permission.READ)
def open_pack_document(meeting_id: int) -> ResponseReturnValue:
    return _document(packs.open_pack(db.session(), meeting_id, clock.today()))


@bp.route("/meetings/<int:meeting_id>/exempt-pack")
@needs(Permission.READ)
def exempt_pack(meeting_id: int) -> ResponseReturnValue:
    return _page(_entitled(meeting_id), meeting_id)


@bp.route("/meetings/<int:meeting_id>/exempt-pack.docx")
@needs(Permission.READ)
def exempt_pack_document(meeting_id: int) -> ResponseReturnValue:
    return _document(_entitled(meeting_id))


def _entitled(meeting_id: int) -> Pack:
    """The reader's own exempt pack; there is none for whoever is entitled to nothing."""
    reader = current_reader()
    if not reader.exempt_units and not reader.exempt_committees:
        raise NoResultFound
    return packs.exempt_pack(db.session(), meeting_id, reader, clock.today())


def _page(pack: Pack, meeting_id: int) -> ResponseReturnValue:
    return render_template("decisions/pack.html", pack=pack, meeting_url=f"/meetings/{meeting_id}")


def _document(pack: Pack) -> ResponseReturnValue:
    limits = "" if pack.is_open else "-exempt"
    name = f"{slug(pack.committee)}-{pack.meets_on.isoformat()}-pack{limits}.docx"
    return send_file(io.BytesIO(pack_to_docx(pack)), mimetype=DOCX, as_attachment=True, download_name=name)
