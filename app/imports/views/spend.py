"""A spend file: choose it, see each contract's years before and after, take it in, undo it."""

from dataclasses import dataclass
from decimal import Decimal

from flask import Response, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from app.core import clock
from app.core.access import Permission, check_may, current_reader, needs
from app.core.audit import Actor
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import answered
from app.core.pages import plural
from app.core.rights import Reader
from app.core.web import refusals_shown_on, saves
from app.council.calendar import FinancialYear
from app.imports import spend_taking as taking
from app.imports.forms import SendForm, SpendFileForm
from app.imports.models import SpendImport
from app.imports.spend_sums import Held
from app.imports.spend_taking import SpendLooked, YearChange
from app.imports.views import bp
from app.imports.views.loading import files_folder
from app.imports.workbook import Limits
from app.register.spending import signed
from app.register.views.files import list_file
from app.register.visibility import may_see, may_see_amounts
from reports.listing import ListColumn

ROWS_SHOWN = 500
IMPORTS_SHOWN = 50
EXEMPT = "Exempt"


@bp.route("/import/spend", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def choose_spend() -> ResponseReturnValue:
    check_may(Permission.IMPORT, None)
    form = SpendFileForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            return redirect(f"/import/spend/{_begin(form).id}")
    newest = select(SpendImport).order_by(SpendImport.id.desc()).limit(IMPORTS_SHOWN)
    return render_template("imports/spend.html", form=form, imports=db.session.scalars(newest).all())


def _begin(form: SpendFileForm) -> SpendImport:
    sent, reader = answered(form.file), current_reader()
    content = sent.stream.read(Limits().file_bytes + 1)
    if not content or len(content) > Limits().file_bytes:
        raise Refusal("Choose a file of up to 20 MB that is not empty", field="file")
    name = (sent.filename or "spend").replace("\\", "/").rpartition("/")[2][:200]
    opened = taking.begin(db.session(), files_folder(), name, content, by=Actor(reader.id, reader.name))
    taking.file_of(opened, files_folder())
    return opened


@dataclass(frozen=True)
class YearShown:
    """One contract's year as this reader may see it."""

    contract_id: int
    title: str
    reference: str
    year: str
    old: str
    new: str
    state: tuple[str, str]


def opened_for(spend_import_id: int) -> SpendImport:
    check_may(Permission.IMPORT, None)
    return db.session().get_one(SpendImport, spend_import_id)


@bp.route("/import/spend/<int:spend_import_id>", methods=["GET", "POST"])
@needs(Permission.IMPORT)
@saves
def spend_file(spend_import_id: int) -> ResponseReturnValue:
    """What would become of every row; what became of it once it is taken in."""
    opened, form = opened_for(spend_import_id), SendForm()
    over_entered = opened.over_entered or "over_entered" in request.form
    if form.validate_on_submit() and "store" in request.form:
        with refusals_shown_on(form):
            _store(opened, over_entered=over_entered)
            return redirect(f"/import/spend/{opened.id}")
    return _page(opened, form, over_entered=over_entered)


def _store(opened: SpendImport, *, over_entered: bool) -> None:
    reader = current_reader()
    looked = _looked(opened, over_entered=over_entered)
    opened.over_entered = over_entered
    taking.store(db.session(), opened, looked, by=Actor(reader.id, reader.name), now=clock.now())
    changed = sum(one.changes for one in looked.years)
    flash(f"{plural(changed, 'figure')} of a contract's year {'is' if changed == 1 else 'are'} stored.", "success")


def _looked(opened: SpendImport, *, over_entered: bool) -> SpendLooked:
    file = taking.file_of(opened, files_folder())
    return taking.look(db.session(), file, over_entered=over_entered, today=clock.today())


def _page(opened: SpendImport, form: SendForm, *, over_entered: bool) -> ResponseReturnValue:
    reader, today = current_reader(), clock.today()
    looked = _looked(opened, over_entered=over_entered)
    years = taking.stored_changes(db.session(), opened) if opened.applied_at else looked.years
    seen = [one for one in years if may_see(reader, one.contract, today)]
    withheld = len(seen) < len(years) or not all(may_see_amounts(reader, one.contract) for one in seen)
    counts = dict(opened.counts) if opened.applied_at else taking.counts_of(looked)
    return render_template(
        "imports/spend_check.html",
        opened=opened,
        form=form,
        over_entered=over_entered,
        rows=[_shown(one, reader) for one in seen[:ROWS_SHOWN]],
        more=max(len(seen) - ROWS_SHOWN, 0),
        kept_back=len(years) - len(seen),
        changes=any(one.changes for one in years),
        lines=[_line(*one) for one in counts.items() if not (withheld and one[0].startswith("pounds"))],
        withheld=withheld,
        held=looked.sums.rows["held"] + looked.sums.rows["repeated"],
        entered=looked.sums.held[Held.ENTERED],
    )


def _line(name: str, number: str) -> tuple[str, str]:
    return name, signed(Decimal(number)) if name.startswith("pounds") else f"{int(number):,}"


def _shown(one: YearChange, reader: Reader) -> YearShown:
    is_open = may_see_amounts(reader, one.contract)
    old = signed(one.old.amount) if one.old else ""
    state = (
        ("As it stands", "grey") if not one.changes else ("Added", "green") if one.old is None else ("Changed", "blue")
    )
    return YearShown(
        one.contract.id,
        one.contract.title,
        one.contract.reference or "",
        str(FinancialYear(one.year)),
        old if is_open else EXEMPT,
        signed(one.new.amount) if is_open else EXEMPT,
        state if is_open else (EXEMPT, "purple"),
    )


@bp.post("/import/spend/<int:spend_import_id>/undo")
@needs(Permission.IMPORT)
@saves
def undo_spend(spend_import_id: int) -> ResponseReturnValue:
    opened, reader = opened_for(spend_import_id), current_reader()
    gone = taking.undo(db.session(), opened, by=Actor(reader.id, reader.name), now=clock.now())
    kept = f"; {plural(gone.kept, 'figure')} changed since kept as they are" if gone.kept else ""
    flash(f"The spend file is undone: {plural(gone.put_back, 'figure')} put back as before{kept}.", "success")
    return redirect(f"/import/spend/{opened.id}")


@bp.get("/import/spend/<int:spend_import_id>/held.<ending>")
@needs(Permission.IMPORT)
def spend_held(spend_import_id: int, ending: str) -> Response:
    """The rows held or repeated, to be mended and sent again."""
    opened, reader, today = opened_for(spend_import_id), current_reader(), clock.today()
    looked = _looked(opened, over_entered=opened.over_entered)
    hidden = taking.hidden_from(db.session(), reader, looked.placed, today)
    headings, rows = taking.held_rows(looked, hidden)
    return list_file(f"spend-{opened.id}-held", ending, [ListColumn(one) for one in headings], rows)
