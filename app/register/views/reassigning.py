"""Reassigning a post: which posts records name, what would change, done in one act. And what a leaver leaves."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.accounts.models import Person
from app.core import clock, listing
from app.core.access import Permission, Reader, current_reader, needs
from app.core.db import db
from app.core.forms import Choice, tidied
from app.core.listing import Listing, Page
from app.core.panels import panel_on
from app.core.text import fold
from app.core.web import refusals_shown_on, saves
from app.register.commands.bulk import reassigning as commands
from app.register.commands.bulk.reassigning import Reassignment
from app.register.forms.bulk import ReassignForm
from app.register.queries import posts as queries
from app.register.queries.posts import PostInUse
from app.register.views import bp
from app.register.views.bulk import acting, carried, told

EDIT = Permission.EDIT_REGISTER
OTHER = "post-"


@bp.route("/reassign", methods=["GET", "POST"])
@needs(EDIT)
@saves
def reassign() -> ResponseReturnValue:
    """Without a post, every post there is; with one, what names it and who takes over."""
    post, form = tidied(request.args.get("post", ""))[:200], ReassignForm()
    if not post:
        return _every_post()
    if "again" not in request.form and form.validate_on_submit():
        with refusals_shown_on(form):
            return check_or_reassign(form, post)
    session, reader, today = db.session(), current_reader(), clock.today()
    return render_template(
        "register/reassign.html",
        form=form,
        found=queries.post_in_use(session, post, reader, today),
        rows=queries.naming(session, post, reader, today),
        known=queries.known_posts(session, reader, today),
        ticked=set(request.form.getlist("record")) if request.method == "POST" else None,
        others=others(),
    )


def others() -> dict[str, str]:
    """Another post for a row, by the row's key."""
    return {
        name.removeprefix(OTHER): tidied(value)[:200]
        for name, value in request.form.items()
        if name.startswith(OTHER) and value.strip()
    }


def check_or_reassign(form: ReassignForm, post: str) -> ResponseReturnValue:
    session, who = db.session(), acting(form.reason.data)
    plan: Reassignment = commands.plan_reassignment(
        session,
        post,
        form.to.data,
        who,
        clock.today(),
        others=others(),
        chosen=request.form.getlist("record"),
    )
    if "checked" in request.form:
        return told(commands.reassign(session, plan, who))
    held = queries.holders(session)
    unheld = list(dict.fromkeys(one.to for one in plan.giving if fold(one.to) not in held))
    return render_template("register/reassign_check.html", form=form, plan=plan, carried=carried(), unheld=unheld)


def _every_post() -> ResponseReturnValue:
    asked = listing.listing(
        "/reassign",
        request.args,
        sorts=("post",),
        default="post",
        filters=(
            listing.words("q", "Words in the post's name"),
            listing.choice("held", "Who holds it", [Choice("nobody", "Nobody"), Choice("somebody", "Somebody")]),
        ),
    )
    found = [
        one for one in queries.posts_in_use(db.session(), current_reader(), clock.today()) if _asked_for(one, asked)
    ]
    page = Page(found, len(found), asked.page)
    shown = Page(found[page.offset : page.offset + page.size], len(found), asked.page)
    return render_template("register/posts.html", asked=asked, page=shown)


def _asked_for(one: PostInUse, asked: Listing) -> bool:
    words, held = asked.text("q"), asked.text("held")
    return (not words or fold(words) in fold(one.post)) and (not held or (held == "somebody") == bool(one.holders))


@panel_on("person")
def what_names_their_post(person_id: int, reader: Reader) -> Markup:
    """On a person's page: what still names their post, and posts they had before that nobody holds now."""
    session = db.session()
    person = session.get_one(Person, person_id)
    in_use = {fold(one.post): one for one in queries.posts_in_use(session, reader, clock.today())}
    now = in_use.get(fold(person.post)) if person.post else None
    before = [in_use[fold(one)] for one in queries.earlier_posts(session, person_id) if fold(one) in in_use]
    earlier = [one for one in before if not one.holders and one is not now]
    if now is None and not earlier:
        return Markup()
    words = render_template(
        "register/person_posts.html", person=person, now=now, earlier=earlier, may_reassign=reader.may(EDIT)
    )
    return Markup(words)  # noqa: S704 - a template escapes
