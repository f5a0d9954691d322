"""The pages of trading companies and of the agreements with them."""

from decimal import Decimal

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, listing
from app.core.access import Permission, check_may, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, answered
from app.core.listing import Listing, Page
from app.core.pages import plural
from app.core.panels import panels_for
from app.core.text import fold
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.register import units
from app.register.commands import agreements as commands
from app.register.forms import agreements as forms
from app.register.forms.agreements import AgreementChoices, AgreementForm, NewAgreementForm, NewCompanyForm
from app.register.forms.editing import check_unchanged
from app.register.models import Agreement, AgreementStatus, Contract, TradingCompany
from app.register.queries import agreements as queries
from app.register.queries import changes, service_levels
from app.register.queries import services as service_queries
from app.register.queries.agreements import AgreementLine, CompanyRow
from app.register.queries.contract_history import contract_history
from app.register.views import bp
from app.register.views.files import list_file
from app.register.visibility import may_see, may_see_amounts
from reports.listing import Item, ListColumn
from reports.table import Kind

EDIT = Permission.EDIT_REGISTER
EDIT_COMPANIES = Permission.EDIT_PROVIDERS
#: On one page of the list, each with its agreements.
COMPANIES = 10


def asked_of_companies() -> Listing:
    directorates = council.directorates(db.session())
    return listing.listing(
        "/trading-companies",
        request.args,
        sorts=("company",),
        default="company",
        filters=(
            listing.words("q", "Words in the agreement, company or service"),
            listing.choice("directorate", "Client directorate", units.directorate_choices(directorates)),
            listing.one_of("status", "Status", AgreementStatus),
        ),
    )


def lines_asked(asked: Listing) -> list[AgreementLine]:
    directorate_id = asked.number("directorate")
    only = None if directorate_id is None else Contract.directorate_id == directorate_id
    lines = queries.agreement_lines(db.session(), current_reader(), clock.today(), only)
    status, words = asked.member("status", AgreementStatus), fold(asked.text("q") or "").split()
    return [one for one in lines if status in {None, one.status} and one.says(words)]


@bp.get("/trading-companies")
@needs(Permission.READ)
def trading_companies() -> ResponseReturnValue:
    asked, reader = asked_of_companies(), current_reader()
    lines = lines_asked(asked)
    companies = queries.companies(db.session(), lines)
    owned = {one.provider.id for one in companies}
    page = Page(companies[(asked.page - 1) * COMPANIES : asked.page * COMPANIES], len(companies), asked.page, COMPANIES)
    return render_template(
        "register/trading_companies.html",
        asked=asked,
        heading=heading_words(companies, lines),
        companies=page.rows,
        page=page,
        others=[one for one in lines if one.company_id not in owned],
        may_edit=reader.may(EDIT),
        may_add=reader.may(EDIT_COMPANIES),
    )


def heading_words(companies: list[CompanyRow], lines: list[AgreementLine]) -> str:
    arriving = sum(one.status in commands.ARRIVING for one in lines)
    words = f"{plural(len(companies), 'trading company', 'trading companies')}, {plural(len(lines), 'agreement')}"
    return f"{words}, {arriving:,} still to be put in place" if arriving else words


@bp.get("/trading-companies.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def trading_companies_file(ending: str) -> ResponseReturnValue:
    lines = lines_asked(asked_of_companies())
    shares = {one.provider.id: one.provider.council_share for one in queries.companies(db.session(), lines)}
    return list_file("agreements", ending, COLUMNS, (cells(one, shares) for one in lines))


COLUMNS = (
    ListColumn("Company", width=30),
    ListColumn("Share owned (%)", Kind.NUMBER),
    ListColumn("Agreement", width=40),
    ListColumn("Reference"),
    ListColumn("Services", width=40),
    ListColumn("Directorate", width=24),
    ListColumn("Division", width=24),
    ListColumn("Status"),
    ListColumn("Start", Kind.DAY),
    ListColumn("End", Kind.DAY),
    ListColumn("Review", Kind.DAY),
    ListColumn("Annual charge (£)", Kind.POUNDS),
    ListColumn("Standards", Kind.NUMBER),
    ListColumn("Latest result", width=40),
    ListColumn("Client lead", width=24),
)


def cells(one: AgreementLine, shares: dict[int, Decimal | None]) -> tuple[Item, ...]:
    return (
        one.company,
        shares.get(one.company_id or 0),
        one.title,
        one.reference,
        "; ".join(one.services),
        one.directorate,
        one.division,
        str(one.status),
        one.starts_on,
        one.ends_on,
        one.review_on,
        one.charge_amount,
        len(one.standards),
        one.latest,
        one.client_lead,
    )


@bp.get("/trading-companies/<int:provider_id>")
@needs(Permission.READ)
def trading_company(provider_id: int) -> ResponseReturnValue:
    session, reader = db.session(), current_reader()
    found = queries.company(session, provider_id, queries.agreement_lines(session, reader, clock.today()))
    return render_template(
        "register/trading_company.html",
        company=found,
        panels=panels_for("trading_company", provider_id, reader),
        history=changes.history(session, "provider", provider_id),
        may_edit=reader.may(EDIT),
        may_change=reader.may(EDIT_COMPANIES),
    )


@bp.route("/trading-companies/new", methods=["GET", "POST"])
@needs(EDIT_COMPANIES)
@saves
def new_trading_company() -> ResponseReturnValue:
    form = NewCompanyForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            added = commands.add_company(db.session(), form.to_command(answered(form.name)))
            return saved_company(added, f"{added.provider.name} is now a trading company.")
    return render_template("register/trading_company_form.html", form=form, company=None)


def saved_company(company: TradingCompany, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".trading_company", provider_id=company.provider_id))


@bp.route("/trading-companies/<int:provider_id>/edit", methods=["GET", "POST"])
@needs(EDIT_COMPANIES)
@saves
def edit_trading_company(provider_id: int) -> ResponseReturnValue:
    provider = queries.company(db.session(), provider_id, []).provider
    company = provider.trading_company or TradingCompany(provider=provider)
    form = forms.company_form(company)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, provider.version, forms.company_form(company, formdata=None))
            commands.change_company(db.session(), company, form.to_command(provider.name))
            return saved_company(company, "Your changes are saved.")
    return render_template("register/trading_company_form.html", form=form, company=provider)


# Agreements


def choices_for() -> AgreementChoices:
    session, allowed = db.session(), current_reader().units_for(EDIT)
    return AgreementChoices(
        companies=tuple(Choice(one.id, one.name) for one in queries.company_choices(session)),
        units=tuple(units.unit_choices(council.directorates(session), allowed)),
        services=tuple(
            Choice(one.id, f"{one.directorate.name}: {one.name}") for one in service_queries.service_choices(session)
        ),
        approvals=tuple(
            Choice(one.id, f"{one.reference}, {one.title}")
            for one in service_levels.approval_choices(session, current_reader(), clock.today())
        ),
    )


@bp.get("/agreements/<int:contract_id>")
@needs(Permission.READ)
def agreement(contract_id: int) -> ResponseReturnValue:
    session, reader, today = db.session(), current_reader(), clock.today()
    contract = queries.contract_of_agreement(session, contract_id)
    if not may_see(reader, contract, today):
        abort(404)
    found = queries.agreement_lines(session, reader, today, Contract.id == contract_id)
    if not found:
        return redirect(f"/contracts/{contract_id}")
    return render_template(
        "register/agreement.html",
        line=found[0],
        contract=contract,
        shown=service_levels.agreement_shown(session, contract, reader, clock.today()),
        history=contract_history(session, contract_id, reader, today, withheld=not may_see_amounts(reader, contract)),
        may_edit=reader.may_in(EDIT, contract.directorate_id, contract.division_id),
    )


@bp.route("/agreements/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_agreement() -> ResponseReturnValue:
    form = NewAgreementForm(provider_id=listing.whole_number(request.args.get("company", "")))
    form.offer(choices_for())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            wanted = form.to_command()
            check_may(EDIT, wanted.directorate_id, wanted.division_id)
            added = commands.add_agreement(db.session(), wanted)
            return saved(added, f"{added.contract.title} is now in the register.")
    return render_template("register/agreement_form.html", form=form, agreement=None)


def saved(found: Agreement, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".agreement", contract_id=found.contract.id))


def agreement_to_edit(contract_id: int) -> Agreement:
    """The agreement, if this reader may change it."""
    found = queries.agreement(db.session(), contract_id)
    check_may(EDIT, found.contract.directorate_id, found.contract.division_id)
    return found


@bp.route("/agreements/<int:contract_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_agreement(contract_id: int) -> ResponseReturnValue:
    found, choices = agreement_to_edit(contract_id), choices_for()
    form = forms.agreement_form(found, choices)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.contract.version, forms.agreement_form(found, choices, formdata=None))
            change(found, form)
            return saved(found, "Your changes are saved.")
    return render_template("register/agreement_form.html", form=form, agreement=found)


def change(found: Agreement, form: AgreementForm) -> None:
    wanted = form.to_command()
    check_may(EDIT, wanted.directorate_id, wanted.division_id)
    who = commands.Correcting(form.reason.data, current_reader().name, clock.now(), clock.today())
    commands.change_agreement(db.session(), found, wanted, who)
