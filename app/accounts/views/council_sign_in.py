"""Signing in through the council's own sign-in service."""

from typing import NoReturn

from flask import abort, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts import commands, identities, single_sign_on
from app.accounts.models import PersonIdentity
from app.accounts.rules import Identity
from app.accounts.views import TOKEN, bp, safe_next, start_page
from app.core import clock
from app.core.access import Permission, current_reader, needs, open_to_everyone
from app.core.db import db
from app.core.errors import Refusal
from app.core.web import recorded, saves
from config import SingleSignOn

#: Where the person wanted to go, until they are back.
NEXT = "next"


def _service() -> SingleSignOn:
    return single_sign_on.service() or _there_is_none()


def _there_is_none() -> NoReturn:
    abort(404)


def _here(endpoint: str) -> str:
    base_url: str = current_app.extensions["settings"].base_url
    return base_url + url_for(endpoint)


@bp.get("/sign-in/council")
@open_to_everyone
def ask_single_sign_on() -> ResponseReturnValue:
    wanted, next_page = _service(), safe_next()
    if current_reader().signed_in:
        return redirect(next_page)
    db.session.rollback()
    session.clear()  # what an earlier try left
    session[NEXT] = next_page
    try:
        return single_sign_on.ask(wanted, _here(".single_sign_on_answer"))
    except Refusal as refusal:
        flash(refusal.message, "refused")
        return redirect(url_for(".sign_in"))


@bp.get("/sign-in/council/answer")
@open_to_everyone
def single_sign_on_answer() -> ResponseReturnValue:
    wanted, next_page, told = _service(), str(session.get(NEXT, "/")), None
    db.session.rollback()
    if request.args.get("error") == "access_denied":
        refusal = "You did not sign in. Try again, or sign in with a password"
    elif identities.must_wait(db.session(), request.remote_addr or "", now=clock.now()):
        refusal = commands.WAIT
    else:
        told, refusal = _understood(wanted)
    db.session.rollback()
    return _let_in(told, refusal, next_page)


def _understood(wanted: SingleSignOn) -> tuple[Identity | None, str]:
    try:
        return single_sign_on.understand(wanted), ""
    except Refusal as refused:
        return None, refused.message


def _let_in(told: Identity | None, refusal: str, next_page: str) -> ResponseReturnValue:
    """Record the attempt, whatever comes of it, and begin a session where the person is known."""
    now, address = clock.now(), request.remote_addr or ""
    email = ""
    session.clear()
    with recorded() as record:
        person, refusal = identities.judge(record, told, now=now) if told else (None, refusal)
        identities.record_attempt(record, told, person, address=address, refused_because=refusal, now=now)
        if person is not None:
            browser, email = request.user_agent.string, person.email
            session[TOKEN] = commands.start_session(
                record, person.id, browser=browser, now=now, through_single_sign_on=True
            )
    if refusal:
        flash(refusal, "refused")
        return redirect(url_for(".sign_in"))
    return redirect(start_page(email, next_page))


@bp.get("/sign-out/council")
@open_to_everyone
def sign_out_of_service() -> ResponseReturnValue:
    """Sign out of the service too, where it says how; a link, for a form may not lead off the register."""
    address = single_sign_on.sign_out_address(_service(), _here(".sign_in"))
    return redirect(address or url_for(".sign_in"))


@bp.post("/admin/identities/<int:identity_id>/unbind")
@needs(Permission.MANAGE_PEOPLE)
@saves
def unbind_identity(identity_id: int) -> ResponseReturnValue:
    found = db.session.get_one(PersonIdentity, identity_id)
    person_id = found.person_id
    identities.unbind(db.session(), found, now=clock.now())
    flash("The single sign-on is unbound: the next one with the person's address is bound anew", "success")
    return redirect(url_for(".person", person_id=person_id))
