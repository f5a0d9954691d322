"""What this room shows on the pages of lower rooms, and on the front page."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import render_template
from markupsafe import Markup
from sqlalchemy import ColumnElement, literal, or_
from sqlalchemy.orm import Session

from app.core import clock, pictures
from app.core.access import Permission
from app.core.db import db
from app.core.panels import panel_on
from app.core.pictures import BarPicture
from app.core.rights import Reader
from app.council import queries as council
from app.decisions.models import Activity
from app.decisions.queries import agreements, chains, proposals
from app.decisions.queries.activities import activities
from app.decisions.queries.agreements import Agreement
from app.decisions.queries.doing import needs_doing, parts_of
from app.decisions.queries.forthcoming import ActivityRow, Wanted, forthcoming
from app.decisions.queries.proposals import Proposal
from app.decisions.queries.visibility import covers
from app.decisions.rules.horizon import rolling_horizon
from app.decisions.rules.proposals import Outcome
from app.decisions.views.listed import part_in_words
from app.register.models import Contract
from app.register.queries import hanging

#: The soonest activities told on the front page itself.
ROWS_ON_HOME = 5


@dataclass(frozen=True)
class Coming:
    """What is coming to some committees, or in a part of the council, as the front page tells it."""

    name: str
    url: str
    counts: str
    proposed_counts: str
    rows: tuple[ActivityRow, ...]
    picture: BarPicture


@panel_on("contract_next")
def contract_panel(contract_id: int, reader: Reader) -> Markup:
    """What is to be decided about a contract: activities, the register's proposal, the chain of dates."""
    session, today = db.session(), clock.today()
    contract = session.get_one(Contract, contract_id)
    agreement = agreements.agreement_of_contract(session, contract_id, today)
    arrangement_id = agreement.arrangement_id if agreement else None
    answered = arrangement_id is not None or hanging.hangs(contract, agreements.ANSWERS)
    horizon = rolling_horizon(today)
    proposal = proposals.finding_for(session, reader, horizon, agreement, today=today, has_answers=answered)
    alone = agreements.contract_alone(session, contract_id, today) if arrangement_id is not None else agreement
    which = _that_cover(contract, arrangement_id)
    return _about(session, reader, which, proposal, alone, f"contract={contract_id}")


def _that_cover(contract: Contract, arrangement_id: int | None) -> ColumnElement[bool] | None:
    """Activities that name the contract, or the arrangement it is judged with; None where it is known that none do."""
    if arrangement_id is not None:
        return or_(covers(literal(contract.id)), Activity.arrangement_id == arrangement_id)
    return covers(literal(contract.id)) if hanging.hangs(contract, agreements.ACTIVITIES) else None


@panel_on("arrangement")
def arrangement_panel(arrangement_id: int, reader: Reader) -> Markup:
    session, today = db.session(), clock.today()
    agreement = agreements.agreement_of_arrangement(session, arrangement_id, today)
    proposal = proposals.finding_for(session, reader, rolling_horizon(today), agreement, today=today)
    which = Activity.arrangement_id == arrangement_id
    return _about(session, reader, which, proposal, agreement, f"arrangement={arrangement_id}")


def _about(
    session: Session,
    reader: Reader,
    which: ColumnElement[bool] | None,
    proposal: Proposal | None,
    chained: Agreement | None,
    asked: str,
) -> Markup:
    today = clock.today()
    found = activities(session, reader, today=today, which=which) if which is not None else []
    if not found and proposal is None:
        return Markup("")
    # What stays below the threshold waits for no committee: a chain of notices and meetings would mislead.
    needs_time = bool(found) or (proposal is not None and proposal.outcome is not Outcome.BELOW)
    may = proposal is not None and reader.may_in(
        Permission.EDIT_ACTIVITIES, proposal.directorate_id, proposal.division_id
    )
    return Markup(  # noqa: S704 - a template escapes what it prints
        render_template(
            "decisions/panel.html",
            activities=[(one, one.when(today)) for one in found],
            proposal=proposal,
            proposed=proposal is not None and proposal.outcome is Outcome.PROPOSED,
            chain=chains.chain_of_agreement(session, chained, reader, today=today) if chained and needs_time else None,
            may=may,
            may_add=may and not (proposal is not None and proposal.outcome is Outcome.PROPOSED),
            asked=asked,
        )
    )


@panel_on("home")
def home_panel(_subject: int, reader: Reader) -> Markup:
    """What needs doing, for those who keep activities or record decisions; what is coming, for those who answer."""
    session, today = db.session(), clock.today()
    horizon = rolling_horizon(today)
    units = reader.units_for(Permission.EDIT_ACTIVITIES) or reader.units_for(Permission.RECORD_DECISIONS)
    doing = needs_doing(session, reader, horizon, today=today, units=units) if units else []
    coming = [_coming(reader, *part) for part in _parts(session, reader, keeps=bool(units))]
    if not doing and not coming:
        return Markup("")
    return Markup(render_template("decisions/home.html", doing=doing, coming=coming))  # noqa: S704 - a template escapes


def _parts(session: Session, reader: Reader, *, keeps: bool) -> Iterator[tuple[Wanted, str]]:
    """A member's committees together; each unit of an officer who only reads, a corporate director above all."""
    committees = council.committees_of(session, reader)
    if committees:
        yield Wanted(committees=committees), "/forthcoming"
    units = reader.units_for(Permission.READ)
    if not keeps and not units.everywhere:
        yield from ((part.wanted(), part.address("/forthcoming", committee="all")) for part in parts_of(session, units))


def _coming(reader: Reader, wanted: Wanted, address: str) -> Coming:
    session, today = db.session(), clock.today()
    page = forthcoming(session, reader, wanted, rolling_horizon(today), today=today)
    return Coming(
        part_in_words(session, wanted),
        address,
        page.counts,
        page.proposed_counts,
        page.rows[:ROWS_ON_HOME],
        pictures.linked_from(page.picture, address),
    )
