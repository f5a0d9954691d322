"""England's bank holidays, as data an administrator keeps right."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.core.access import Permission, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import answered
from app.core.pages import plural
from app.core.web import refusals_shown_on, saves
from app.council import commands, queries
from app.council.forms import BankHolidayFileForm, BankHolidayForm
from app.council.models import BankHoliday
from app.council.views import bp


@bp.get("/admin/bank-holidays")
@needs(Permission.READ)
def bank_holidays() -> ResponseReturnValue:
    years = queries.bank_holidays_by_year(db.session())
    return render_template("council/bank_holidays.html", years=years, this_year=clock.today().year)


@bp.route("/admin/bank-holidays/new", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def new_bank_holiday() -> ResponseReturnValue:
    form = BankHolidayForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.add_bank_holiday(db.session(), answered(form.on), answered(form.title))
            flash(f"{day(form.on.data)} is a bank holiday now", "success")
            return redirect(url_for(".bank_holidays"))
    return render_template("council/bank_holiday_form.html", form=form)


@bp.route("/admin/bank-holidays/import", methods=["GET", "POST"])
@needs(Permission.EDIT_SETTINGS)
@saves
def import_bank_holidays() -> ResponseReturnValue:
    form = BankHolidayFileForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            new = commands.import_bank_holidays(db.session(), form.content())
            flash(f"The file's years are as GOV.UK has them: {plural(new, 'day')} added", "success")
            return redirect(url_for(".bank_holidays"))
    return render_template("council/bank_holidays_import.html", form=form)


@bp.post("/admin/bank-holidays/next-year")
@needs(Permission.EDIT_SETTINGS)
@saves
def add_a_year_of_bank_holidays() -> ResponseReturnValue:
    year = max(queries.bank_holidays_by_year(db.session()), default=clock.today().year - 1) + 1
    new = commands.add_bank_holidays(db.session(), [year])
    flash(f"{year} is added, as far as its days are known: {plural(new, 'day')}", "success")
    return redirect(url_for(".bank_holidays"))


@bp.post("/admin/bank-holidays/<int:holiday_id>/remove")
@needs(Permission.EDIT_SETTINGS)
@saves
def remove_bank_holiday(holiday_id: int) -> ResponseReturnValue:
    row = db.session.get_one(BankHoliday, holiday_id)
    flash(f"{day(row.on)} is a working day like any other now", "success")
    commands.remove_bank_holiday(db.session(), row)
    return redirect(url_for(".bank_holidays"))
