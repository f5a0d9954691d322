"""Pages about the register itself: help, the accessibility statement, and the server's health."""

from flask import jsonify, render_template
from flask.typing import ResponseReturnValue

from app.accounts.roles import Role, words
from app.accounts.rules import PERMISSIONS
from app.core.access import open_to_everyone
from app.core.db import db
from app.core.pages import VERSION
from app.home.blueprint import bp
from app.home.queries.health import health_of


@bp.get("/help")
@open_to_everyone
def help_page() -> ResponseReturnValue:
    roles = [(words(role), sorted(str(permission) for permission in PERMISSIONS[role])) for role in Role]
    return render_template("home/help.html", roles=roles)


@bp.get("/accessibility")
@open_to_everyone
def accessibility() -> ResponseReturnValue:
    return render_template("home/accessibility.html")


@bp.get("/health")
@open_to_everyone
def health() -> ResponseReturnValue:
    found = health_of(db.session())
    told = {
        "status": "ok" if found.is_well else "unwell",
        "database": "reachable" if found.database_reachable else "unreachable",
        "migration": found.migration,
        "migration_wanted": found.wanted,
        "version": VERSION,
    }
    return jsonify(told), 200 if found.is_well else 503
