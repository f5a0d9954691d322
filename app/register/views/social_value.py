"""The pages of social value: statements of a year, commitments, deliveries claimed and judged."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock, listing, pictures
from app.core.access import Permission, check_may, current_reader, needs
from app.core.base import HUNDREDTH
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import Choice, answered
from app.core.listing import Listing
from app.core.pages import plural
from app.core.pictures import Bar, BarPicture, Part
from app.core.web import refusals_shown_on, saves
from app.council import queries as council
from app.council.calendar import FinancialYear
from app.register import units
from app.register.commands import social_value as commands
from app.register.deliveries import DeliveryState
from app.register.findings.promises import claim_days
from app.register.forms import social_value as forms
from app.register.forms.editing import check_unchanged
from app.register.forms.services import ReasonForm
from app.register.forms.social_value import ClaimForm, CommitmentChoices, CommitmentForm, JudgeForm, NewStatementForm
from app.register.models import Contract, SocialValueCommitment, SocialValueDelivery
from app.register.promises import PromiseStatus
from app.register.queries import changes, measures
from app.register.queries import social_value as queries
from app.register.queries.named import contract_called
from app.register.queries.social_value import CommitmentRow, CommitmentsAsked, CommitmentsFound, MadeUnder
from app.register.views import bp
from app.register.views.files import list_file
from app.register.views.service_levels import recorder
from app.register.visibility import may_see
from reports.listing import Item, ListColumn
from reports.table import Kind

EDIT = Permission.EDIT_REGISTER
SIGN_OFF = Permission.SIGN_OFF


def asked_of_social_value() -> Listing:
    session, today = db.session(), clock.today()
    themes = [Choice(theme, theme) for theme in queries.themes(session, current_reader(), today)]
    years = sorted({*queries.years_stated(session), *(choice.value for choice in forms.year_choices(today))})
    return listing.listing(
        "/social-value",
        request.args,
        sorts=queries.SORT_NAMES,
        default="status",
        filters=(
            listing.words("q", "Words in the commitment or contract"),
            listing.choice("directorate", "Directorate", units.directorate_choices(council.directorates(session))),
            *([listing.choice("theme", "Theme", themes)] if themes else []),
            listing.one_of("status", "Status", PromiseStatus),
            listing.one_of("kind", "Made under", MadeUnder),
            listing.choice("waiting", "Claims", [Choice("yes", "Only those with claims to verify")]),
            listing.choice("year", "Statements for", [Choice(year, str(FinancialYear(year))) for year in years]),
            listing.choice("withdrawn", "Withdrawn commitments", [Choice("yes", "Only withdrawn ones")]),
        ),
    )


def commitments_asked(asked: Listing) -> CommitmentsAsked:
    return CommitmentsAsked(
        words=asked.text("q"),
        directorate_id=asked.number("directorate"),
        theme=asked.text("theme"),
        status=asked.member("status", PromiseStatus),
        withdrawn=asked.ticked("withdrawn"),
        waiting=asked.ticked("waiting"),
        kind=asked.member("kind", MadeUnder),
        sort=asked.sort,
    )


@bp.get("/social-value")
@needs(Permission.READ)
def social_value() -> ResponseReturnValue:
    asked, reader, today, session = asked_of_social_value(), current_reader(), clock.today(), db.session()
    year = asked.number("year") or FinancialYear.of(today).start
    found = queries.commitments_page(session, commitments_asked(asked), reader, today, number=asked.page)
    return render_template(
        "register/social_value.html",
        asked=asked,
        year=FinancialYear(year),
        heading=heading_words(found),
        directorates=directorates_shown(asked.number("directorate")),
        statements=queries.statements(session, year, asked.number("directorate")),
        page=found.page,
        picture=statuses_picture(found),
        themes=themes_picture(found),
        proxies=proxy_pictures(found),
        may_edit=reader.may(EDIT),
    )


def directorates_shown(directorate_id: int | None) -> list[tuple[int, str]]:
    every = council.directorates(db.session(), on=clock.today())
    return [(one.id, one.name) for one in every if directorate_id in {None, one.id}]


def heading_words(found: CommitmentsFound) -> str:
    """As "42 commitments: 10 on target, 3 at risk"."""
    total = plural(found.page.total, "commitment")
    by_status = ", ".join(f"{number:,} {status}" for status, number in found.statuses)
    return f"{total}: {by_status}" if by_status else total


def statuses_picture(found: CommitmentsFound) -> BarPicture:
    rows = [
        Bar(str(status).capitalize(), (Part("Commitments", Decimal(number)),), href=f"/social-value?status={status}")
        for status, number in found.statuses
    ]
    return pictures.bars("Commitments by how far they are kept", rows, heading="Status", figure="{:,}".format)


def themes_picture(found: CommitmentsFound) -> BarPicture:
    """Promised and delivered by theme: counted, because quantities of different units do not add up."""
    rows = [
        Bar(
            one.theme,
            (
                Part("Delivered in full", Decimal(one.in_full)),
                Part("Delivered in part", Decimal(one.in_part)),
                Part("Nothing verified", Decimal(one.nothing)),
            ),
            href=f"/social-value?{urlencode({'theme': one.theme})}",
        )
        for one in found.themes
    ]
    return pictures.bars("Commitments promised and delivered, by theme", rows, heading="Theme", figure="{:,}".format)


def proxy_pictures(found: CommitmentsFound) -> list[BarPicture]:
    """What they stand for in pounds, a list at a time: estimates by proxy, and never contract money."""
    return [
        pictures.bars(
            f"Proxy value by theme: {framework}",
            [
                Bar(
                    one.theme,
                    (
                        Part("Delivered", one.delivered),
                        Part("Still to deliver", max(one.committed - one.delivered, Decimal(0))),
                    ),
                    note=plural(one.commitments, "commitment"),
                )
                for one in totals
            ],
            heading="Theme",
        )
        for framework, totals in found.proxies
    ]


@bp.get("/social-value.<any(csv, xlsx):ending>")
@needs(Permission.READ)
def social_value_file(ending: str) -> ResponseReturnValue:
    which = commitments_asked(asked_of_social_value())
    rows = queries.all_commitments(db.session(), which, current_reader(), clock.today())
    return list_file("social-value", ending, COLUMNS, (cells(row) for row in rows))


COLUMNS = (
    ListColumn("Theme", width=20),
    ListColumn("Commitment", width=45),
    ListColumn("Directorate", width=24),
    ListColumn("Contract", width=40),
    ListColumn("Measure", width=30),
    ListColumn("Unit"),
    ListColumn("Target", Kind.NUMBER),
    ListColumn("By", Kind.DAY),
    ListColumn("Verified so far", Kind.NUMBER),
    ListColumn("Claims waiting", Kind.NUMBER),
    ListColumn("Status"),
    ListColumn("Working", width=45),
    ListColumn("Made under"),
    ListColumn("Outcome", width=30),
    ListColumn("Expected by now", Kind.NUMBER),
    ListColumn("List of measures", width=30),
    ListColumn("Measure's code"),
    ListColumn("Proxy value (£)", Kind.POUNDS),
    ListColumn("Committed, by proxy (£)", Kind.POUNDS),
    ListColumn("Delivered, by proxy (£)", Kind.POUNDS),
)


def cells(row: CommitmentRow) -> tuple[Item, ...]:
    return (
        row.theme,
        row.text,
        row.directorate,
        row.contract,
        row.measure,
        row.unit,
        row.target,
        row.due_on,
        row.verified,
        row.waiting,
        str(row.kept.status),
        row.kept.working,
        str(row.kind),
        row.outcome,
        row.expected.quantize(HUNDREDTH) if row.expected is not None else None,
        row.framework,
        row.code,
        row.proxy_value,
        row.committed,
        row.delivered,
    )


# Statements


def writable() -> tuple[Choice[int], ...]:
    """Directorates this reader may write for."""
    allowed = current_reader().units_for(EDIT)
    every = council.directorates(db.session(), on=clock.today())
    return tuple(Choice(one.id, one.name) for one in every if allowed.include(one.id))


@bp.route("/social-value/statements/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_statement() -> ResponseReturnValue:
    today = clock.today()
    asked = {name: listing.whole_number(request.args.get(name, "")) for name in ("directorate_id", "year")}
    form = NewStatementForm(**asked)
    form.directorate_id.choices, form.year.choices = writable(), forms.year_choices(today)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_may(EDIT, answered(form.directorate_id))
            added = commands.write_statement(db.session(), form.to_command())
            return saved_statement(added.id, "The statement is saved. A director can now sign it off.")
    return render_template("register/statement_form.html", form=form, statement=None)


def saved_statement(statement_id: int, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".statement", statement_id=statement_id))


@bp.get("/social-value/statements/<int:statement_id>")
@needs(Permission.READ)
def statement(statement_id: int) -> ResponseReturnValue:
    found, reader = queries.statement(db.session(), statement_id), current_reader()
    return render_template(
        "register/statement.html",
        statement=found,
        year=FinancialYear(found.year),
        history=changes.history(db.session(), "social_value_statement", statement_id),
        may_edit=reader.may_in(EDIT, found.directorate_id),
        may_sign=reader.may_in(SIGN_OFF, found.directorate_id),
    )


@bp.route("/social-value/statements/<int:statement_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_statement(statement_id: int) -> ResponseReturnValue:
    found = queries.statement(db.session(), statement_id)
    check_may(EDIT, found.directorate_id)
    form = forms.statement_form(found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.statement_form(found, formdata=None))
            lapsed = commands.change_statement(found, answered(form.text), form.source_policy.data)
            more = " The sign-off was for the words before, and is needed again." if lapsed else ""
            return saved_statement(statement_id, f"Your changes are saved.{more}")
    return render_template("register/statement_form.html", form=form, statement=found)


@bp.post("/social-value/statements/<int:statement_id>/sign-off")
@needs(SIGN_OFF)
@saves
def sign_off_statement(statement_id: int) -> ResponseReturnValue:
    found, reader = queries.statement(db.session(), statement_id), current_reader()
    check_may(SIGN_OFF, found.directorate_id)
    commands.sign_off_statement(found, by=reader.post or reader.name, today=clock.today())
    return saved_statement(statement_id, "Signed off.")


# Commitments


@bp.get("/social-value/<int:commitment_id>")
@needs(Permission.READ)
def commitment(commitment_id: int) -> ResponseReturnValue:
    reader, today = current_reader(), clock.today()
    found = queries.commitment(db.session(), commitment_id, reader, today)
    return render_template(
        "register/commitment.html",
        commitment=found,
        row=queries.row(found, found.deliveries, today),
        picture=queries.progress(found, today),
        old_claims=old_claims(found),
        colours=queries.DELIVERY_COLOURS,
        steps={one.id: NEXT_STEPS[one.state] for one in found.deliveries},
        history=changes.history(db.session(), "social_value_commitment", commitment_id),
        may_edit=reader.may_in(EDIT, *unit_of(found)),
    )


def old_claims(found: SocialValueCommitment) -> list[int]:
    """Claims that have waited for longer than the council allows."""
    today = clock.today()
    limit = today - timedelta(days=claim_days(db.session(), today))
    waiting = (one for one in found.deliveries if one.state is DeliveryState.CLAIMED)
    return [one.id for one in waiting if queries.claimed_on(one) < limit]


#: What can be done with a delivery next: words and endpoint.
NEXT_STEPS: Mapping[DeliveryState, tuple[str, str] | None] = {
    DeliveryState.CLAIMED: ("Verify or send back", ".judge_delivery"),
    DeliveryState.SENT_BACK: ("Claim again", ".claim_delivery_again"),
    DeliveryState.VERIFIED: None,
}


def unit_of(found: SocialValueCommitment) -> tuple[int, int | None]:
    """A commitment is written by whoever writes its contract."""
    return found.directorate_id, found.contract.division_id if found.contract else None


@bp.route("/social-value/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def new_commitment() -> ResponseReturnValue:
    form = forms.new_commitment_form(contract_asked(), choices_for())
    if form.validate_on_submit():
        with refusals_shown_on(form):
            added = commands.make_commitment(db.session(), wanted_of(form), today=clock.today())
            return saved(added, "The commitment is now in the register.")
    return render_template("register/commitment_form.html", form=form, commitment=None)


def choices_for(found: SocialValueCommitment | None = None) -> CommitmentChoices:
    """The directorates one writes for, and the list's measures in force, with the one counted by now."""
    kept = found.proxy.measure_id if found is not None and found.proxy is not None else None
    listed = measures.choosable(db.session(), clock.today(), kept)
    return CommitmentChoices(
        directorates=writable(),
        measures=tuple(
            Choice(one.id, f"{one.code}: {one.title} ({one.unit}), {one.framework.called}") for one in listed
        ),
    )


def contract_asked() -> Contract | None:
    """The contract a link names, if this reader may see it."""
    contract_id = listing.whole_number(request.args.get("contract", ""))
    found = db.session.get(Contract, contract_id) if contract_id is not None else None
    return found if found is not None and may_see(current_reader(), found, clock.today()) else None


def wanted_of(form: CommitmentForm) -> commands.CommitmentWanted:
    """The command, with the contract found by what was typed; rights follow it."""
    if not form.under.data:
        if form.directorate.data is None:
            raise Refusal("Choose a directorate, or enter a contract", field="directorate")
        check_may(EDIT, form.directorate.data)
        return form.to_command(form.directorate.data, None)
    contract = contract_meant(form.under.data)
    check_may(EDIT, contract.directorate_id, contract.division_id)
    return form.to_command(contract.directorate_id, contract.id)


def contract_meant(text: str) -> Contract:
    try:
        return contract_called(db.session(), text, current_reader(), clock.today())
    except Refusal as refusal:
        raise Refusal(refusal.message, field="under") from refusal


def saved(found: SocialValueCommitment, words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect(url_for(".commitment", commitment_id=found.id))


def commitment_to_edit(commitment_id: int) -> SocialValueCommitment:
    """The commitment, if this reader may change it."""
    found = queries.commitment(db.session(), commitment_id, current_reader(), clock.today())
    check_may(EDIT, *unit_of(found))
    return found


@bp.route("/social-value/<int:commitment_id>/edit", methods=["GET", "POST"])
@needs(EDIT)
@saves
def edit_commitment(commitment_id: int) -> ResponseReturnValue:
    found = commitment_to_edit(commitment_id)
    choices = choices_for(found)
    form = forms.commitment_form(found, choices)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            check_unchanged(form, found.version, forms.commitment_form(found, choices, formdata=None))
            commands.change_commitment(db.session(), found, wanted_of(form), today=clock.today())
            return saved(found, "Your changes are saved.")
    return render_template("register/commitment_form.html", form=form, commitment=found)


@bp.route("/social-value/<int:commitment_id>/withdraw", methods=["GET", "POST"])
@needs(EDIT)
@saves
def withdraw_commitment(commitment_id: int) -> ResponseReturnValue:
    found = commitment_to_edit(commitment_id)
    form = ReasonForm(obj=found)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.withdraw_commitment(found, answered(form.reason))
            return saved(found, "The commitment is withdrawn. Nothing recorded about it is lost.")
    back_to = url_for(".commitment", commitment_id=commitment_id)
    return render_template("register/withdraw.html", form=form, name="this commitment", back_to=back_to)


@bp.post("/social-value/<int:commitment_id>/restore")
@needs(EDIT)
@saves
def restore_commitment(commitment_id: int) -> ResponseReturnValue:
    found = commitment_to_edit(commitment_id)
    commands.restore_commitment(found)
    return saved(found, "The commitment is back in the register.")


# Deliveries


@bp.route("/social-value/<int:commitment_id>/deliveries/new", methods=["GET", "POST"])
@needs(EDIT)
@saves
def claim_delivery(commitment_id: int) -> ResponseReturnValue:
    found, form = commitment_to_edit(commitment_id), ClaimForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.claim_delivery(db.session(), found, form.to_command(), recorder())
            return saved(found, "The claim is recorded. It counts once somebody has verified it.")
    return render_template("register/delivery_claim.html", form=form, commitment=found, delivery=None)


def delivery_of(found: SocialValueCommitment, delivery_id: int) -> SocialValueDelivery:
    delivery = next((one for one in found.deliveries if one.id == delivery_id), None)
    if delivery is None:
        abort(404)
    return delivery


@bp.route("/social-value/<int:commitment_id>/deliveries/<int:delivery_id>/again", methods=["GET", "POST"])
@needs(EDIT)
@saves
def claim_delivery_again(commitment_id: int, delivery_id: int) -> ResponseReturnValue:
    found = commitment_to_edit(commitment_id)
    delivery = delivery_of(found, delivery_id)
    form = forms.claim_form(delivery)
    if form.validate_on_submit():
        with refusals_shown_on(form):
            commands.claim_again(found, delivery, form.to_command(), recorder())
            return saved(found, "Claimed again. It counts once somebody has verified it.")
    return render_template("register/delivery_claim.html", form=form, commitment=found, delivery=delivery)


@bp.route("/social-value/<int:commitment_id>/deliveries/<int:delivery_id>", methods=["GET", "POST"])
@needs(EDIT)
@saves
def judge_delivery(commitment_id: int, delivery_id: int) -> ResponseReturnValue:
    found = commitment_to_edit(commitment_id)
    delivery, form = delivery_of(found, delivery_id), JudgeForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            to, reason, evidence = answered(form.state), form.reason.data, form.evidence.data
            commands.judge_delivery(found, delivery, to, reason=reason, evidence=evidence, who=recorder())
            return saved(found, f"The delivery is {to}.")
    return render_template("register/delivery_judge.html", form=form, commitment=found, delivery=delivery)
