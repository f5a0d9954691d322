"""Signing in and out, and one's own account."""

from flask import Blueprint, Response, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.accounts import commands, queries, single_sign_on
from app.accounts.demo import DEMO_PASSWORD
from app.accounts.forms import SetPasswordForm, SignInForm
from app.accounts.models import Person
from app.accounts.saved_views import start_of
from app.core import audit, clock
from app.core.access import NOBODY, Permission, current_reader, needs, open_to_everyone
from app.core.db import db
from app.core.errors import Refusal
from app.core.forms import answered
from app.core.pages import council_shown
from app.core.panels import panels_for
from app.core.web import recorded, refusals_shown_on, saves
from app.council import queries as council
from app.council.settings import PASSWORD_SIGN_IN

bp = Blueprint("accounts", __name__)

#: The cookie session holds nothing but this token; what it opens is kept, and can be ended, in the database.
TOKEN = "token"  # noqa: S105 - a key's name
#: How often, in seconds, a session's last use is written down.
SEEN_EVERY = 60


@bp.before_app_request
def know_the_reader() -> None:
    """Load who asks, from the session's token."""
    g.reader = NOBODY
    token = session.get(TOKEN)
    if request.endpoint == "static" or token is None:
        return
    now = clock.now()
    found = queries.signed_in(db.session(), token, now=now)
    if found is None:
        session.clear()
        return
    g.reader = found.reader
    g.signed_in_session_id = found.session_id
    if (now - found.seen_at).total_seconds() > SEEN_EVERY:
        g.seen = True


@bp.after_app_request
def write_down_last_use(response: Response) -> Response:
    """After the page's own transaction, so that the two never wait for each other."""
    if g.pop("seen", False):
        db.session.close()
        with recorded() as record:
            commands.mark_seen(record, g.signed_in_session_id, now=clock.now())
    return response


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_everyone
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if form.validate_on_submit():
        with refusals_shown_on(form):
            _sign_in(answered(form.email), answered(form.password))
            return redirect(start_page(answered(form.email), safe_next()))
    shown = council_shown()
    people = queries.everybody(db.session()) if shown.demo else []
    return render_template(
        "accounts/sign_in.html",
        form=form,
        people=people,
        demo_password=DEMO_PASSWORD if shown.demo else "",
        service=single_sign_on.service(),
        next_page=safe_next(),
        still_signed_in="still" in request.args,
        administrators_only=administrators_only(),
    )


def administrators_only() -> bool:
    """Whether passwords are left to administrators: only where there is another way in."""
    allowed = council.value_on(db.session(), PASSWORD_SIGN_IN, clock.today())
    return single_sign_on.service() is not None and allowed == "administrators only"


def _sign_in(email: str, password: str) -> None:
    now, address = clock.now(), request.remote_addr or ""
    person, refusal = commands.judge_sign_in(
        db.session(),
        email=email,
        password=password,
        address=address,
        now=now,
        administrators_only=administrators_only(),
    )
    person_id = person.id if person else None
    db.session.rollback()
    with recorded() as record:
        commands.record_attempt(
            record, email=email, address=address, succeeded=person_id is not None, now=now, refused_because=refusal
        )
        if person_id is not None:
            browser = request.user_agent.string
            token = commands.start_session(record, person_id, browser=browser, now=now)
            session.clear()
            session[TOKEN] = token
    if person_id is None:
        raise Refusal(refusal)


def start_page(email: str, next_page: str) -> str:
    """Where somebody was going; from the front door, where the person has chosen to start."""
    person = queries.person_by_email(db.session(), email) if next_page == "/" else None
    return (start_of(db.session(), person.id) if person else None) or next_page


def safe_next() -> str:
    """Only an address of our own: one slash at its head, and no second one."""
    wanted = request.args.get("next", "/")
    # Browsers and libraries drop tabs and line ends from an address: "/\t/example.org" would lead elsewhere.
    is_here = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if is_here else "/"


@bp.route("/sign-out", methods=["POST"])
@open_to_everyone
def sign_out() -> ResponseReturnValue:
    token, service = session.get(TOKEN), single_sign_on.service()
    through_service = service is not None and queries.came_by_single_sign_on(db.session(), token)
    db.session.rollback()
    if token:
        with recorded() as record:
            commands.end_session_of(record, token, now=clock.now())
    session.clear()
    flash("You are signed out", "success")
    if service and through_service and single_sign_on.sign_out_address(service, ""):
        return redirect(url_for(".sign_in", still="signed-in"))
    return redirect(url_for(".sign_in"))


@bp.route("/set-password/<token>", methods=["GET", "POST"])
@open_to_everyone
@saves
def set_password(token: str) -> ResponseReturnValue:
    form = SetPasswordForm()
    usable = queries.usable_link(db.session(), token, now=clock.now()) is not None
    if usable and form.validate_on_submit():
        with refusals_shown_on(form):
            person = commands.set_password_by_link(db.session(), token, answered(form.password), now=clock.now())
            audit.act_as(db.session(), audit.Actor(person.id, person.name))
            flash("Your password is set. Sign in with it now", "success")
            return redirect(url_for(".sign_in"))
    return render_template("accounts/set_password.html", form=form, usable=usable), 200 if usable else 404


@bp.route("/account", methods=["GET"])
@needs(Permission.READ)
def account() -> ResponseReturnValue:
    reader = current_reader()
    person = db.session.get_one(Person, reader.id)
    running = queries.sessions_of(db.session(), person.id)
    return render_template(
        "accounts/account.html",
        person=person,
        running=running,
        here=g.signed_in_session_id,
        panels=panels_for("account", person.id, reader),
    )


@bp.route("/account/sign-out-elsewhere", methods=["POST"])
@needs(Permission.READ)
@saves
def sign_out_elsewhere() -> ResponseReturnValue:
    commands.end_other_sessions(db.session(), current_reader().id, keep=g.signed_in_session_id, now=clock.now())
    flash("Every other session of yours is ended", "success")
    return redirect(url_for(".account"))


from app.accounts.views import council_sign_in, managing, panels, saved_views  # noqa: E402, F401 - they add their pages
