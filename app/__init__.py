"""The commissioning and contracts register: the app is put together here, and nowhere else."""

from importlib import import_module

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from app.core import jobs, logs, migrations, pages, web
from app.core.cli import COMMANDS
from app.core.db import db
from config import ROOT, Settings

__all__ = ["Settings", "create_app"]

#: Every room's tables are known before any page opens, or a foreign key would point at nothing.
TABLES = (
    "core.audit",
    "core.files",
    "core.search",
    "council.models",
    "accounts.models",
    "register.models",
    "decisions.models",
    "plans.models",
    "imports.models",
    "annexes.models",
    "publication.models",
    "home.models",
)
#: The rooms with pages, from the ground up; a room knows nothing of those after it.
ROOMS = ("accounts", "council", "register", "decisions", "plans", "imports", "annexes", "publication", "home")

ONE_YEAR = 31_536_000  # seconds


def create_app(settings: Settings | None = None) -> Flask:
    """Make the app. Raise SettingsError when the environment lacks what it needs."""
    settings = settings or Settings.from_environment()
    logs.start_logs(testing=settings.testing)
    app = Flask(__name__, static_folder="static", instance_path=str(ROOT / "instance"))
    _configure(app, settings)
    db.init_app(app)
    migrations.start_migrations(app)
    CSRFProtect(app)
    jobs.start_jobs(app, settings)
    for command in COMMANDS:
        app.cli.add_command(command)
    web.start_web(app)
    pages.start_pages(app)
    for tables in TABLES:
        import_module(f"app.{tables}")
    for room in ROOMS:
        _open_room(app, room)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.extensions["settings"] = settings
    app.config.update(
        TESTING=settings.testing,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=settings.largest_upload,
        MAX_FORM_MEMORY_SIZE=settings.largest_upload,
        WTF_CSRF_TIME_LIMIT=None,
        SEND_FILE_MAX_AGE_DEFAULT=ONE_YEAR,  # every address of a built file changes with the file
    )
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _open_room(app: Flask, room: str) -> None:
    app.register_blueprint(import_module(f"app.{room}.views").bp)
    app.cli.add_command(import_module(f"app.{room}.cli").group)
