"""The rules of importing and an empty template, both made from the fields themselves."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.core.access import Permission, needs
from app.imports.answers import QUESTIONS
from app.imports.views import bp
from app.imports.workbook import Limits
from app.register.fields import FIELDS
from app.register.views.files import list_file
from reports.listing import ListColumn

OFFERED = tuple(field for field in FIELDS if not field.computed)


@bp.get("/import/rules")
@needs(Permission.IMPORT)
def rules() -> ResponseReturnValue:
    return render_template("imports/rules.html", fields=OFFERED, questions=QUESTIONS, limits=Limits())


@bp.get("/import/template.<ending>")
@needs(Permission.IMPORT)
def template(ending: str) -> ResponseReturnValue:
    columns = [ListColumn(field.label, note=field.help) for field in OFFERED if field.name != "register_id"]
    return list_file("contracts-template", ending, columns, ())
