"""The notices of a contract: on its page, and recorded, changed and withdrawn."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.core import clock
from app.core.access import Reader, needs
from app.core.dates import day
from app.core.db import db
from app.core.forms import answered, sentence_case
from app.core.panels import panel_on
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register.commands import notices as commands
from app.register.commands.notices import Standstill
from app.register.forms.contracts.acts import ActForm
from app.register.forms.editing import check_unchanged
from app.register.forms.notices import NoticeForm
from app.register.models import Contract, ContractNotice
from app.register.notices import NAMES, TOLD, NoticeKind, name_of
from app.register.queries import hanging
from app.register.queries import notices as queries
from app.register.queries.duties import duties_on
from app.register.regime import Regime
from app.register.views import bp
from app.register.views.contract_forms import EDIT, contract_to_edit, editor
from app.register.views.contract_panels import shown


@panel_on("contract")
def notices_of_contract(contract_id: int, reader: Reader) -> Markup:
    """What has been published about it; nothing at all where no law asks for notices and none is recorded."""
    session = db.session()
    contract = session.get_one(Contract, contract_id)
    recorded = queries.notices_of(session, contract_id) if hanging.hangs(contract, hanging.NOTICES) else ()
    may_edit = reader.may_in(EDIT, contract.directorate_id, contract.division_id) and contract.withdrawn_at is None
    return shown(
        "register/notices_panel.html",
        notices=recorded,
        contract=contract,
        names=NAMES,
        may_edit=may_edit,
        asked=contract.regime in {*TOLD, Regime.BELOW_NOTIFIABLE},
    )


def _standstill() -> Standstill:
    session = db.session()
    return Standstill(duties_on(session, clock.today()).standstill_days, council.bank_holidays(session))


def _page(contract: Contract, form: NoticeForm, notice: ContractNotice | None) -> ResponseReturnValue:
    return render_template("register/notice_form.html", form=form, contract=contract, notice=notice)


def _saved(contract: Contract, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(f"{url_for('.contract', contract_id=contract.id)}#notices")


@bp.route("/contracts/<int:contract_id>/notices/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_notice(contract_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    kind = next((one for one in NoticeKind if one.value == request.args.get("kind")), None)
    form = NoticeForm(data={"version": found.version, "kind": kind})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = form.to_command()
            commands.record_notice(db.session(), found, wanted, _standstill(), today=clock.today())
            return _saved(found, f"{sentence_case(name_of(wanted.kind))} of {day(wanted.published_on)} is recorded.")
    return _page(found, form, None)


@bp.route("/contracts/<int:contract_id>/notices/<int:notice_id>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_notice(contract_id: int, notice_id: int) -> ResponseReturnValue:
    found, session = contract_to_edit(contract_id), db.session()
    notice = queries.notice(session, contract_id, notice_id)
    form = NoticeForm(obj=notice, data={"version": found.version})
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, NoticeForm(formdata=None, obj=notice))
            wanted = form.to_command()
            commands.change_notice(session, found, notice, wanted, _standstill(), today=clock.today())
            return _saved(found, f"Your changes to the {name_of(notice.kind)} are saved.")
    return _page(found, form, notice)


@bp.route("/contracts/<int:contract_id>/notices/<int:notice_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_notice(contract_id: int, notice_id: int) -> ResponseReturnValue:
    found, session = contract_to_edit(contract_id), db.session()
    notice = queries.notice(session, contract_id, notice_id)
    form, here = ActForm(data={"version": found.version}), url_for(".contract", contract_id=contract_id)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, form)
            commands.withdraw_notice(session, found, notice, answered(form.reason), editor=editor())
            return _saved(found, "The notice is withdrawn. If that was a mistake, put it back below.")
    name = f"the {name_of(notice.kind)} of {day(notice.published_on)}"
    return render_template("register/withdraw.html", form=form, name=name, back_to=here)


@bp.route("/contracts/<int:contract_id>/notices/<int:notice_id>/restore", methods=["POST"])
@needs(EDIT)
@saves
def restore_notice(contract_id: int, notice_id: int) -> ResponseReturnValue:
    found = contract_to_edit(contract_id)
    notice = queries.notice(db.session(), contract_id, notice_id)
    commands.restore_notice(found, notice)
    return _saved(found, f"The {name_of(notice.kind)} is back on the record.")
