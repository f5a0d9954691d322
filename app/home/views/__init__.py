"""The home room's pages: one module a subject, attached to the room's blueprint below."""

from flask import Blueprint

bp = Blueprint("home", __name__, cli_group=None)

from app.home.feed import views as feed  # noqa: E402, F401 - the pages hang themselves on bp
from app.home.history import views as history  # noqa: E402, F401
from app.home.reminders import cli  # noqa: E402
from app.home.reminders import panels as reminder_panels  # noqa: E402, F401
from app.home.reminders import views as reminders  # noqa: E402, F401
from app.home.timeline import views as timeline  # noqa: E402, F401
from app.home.views import about as about  # noqa: E402
from app.home.views import coverage as coverage  # noqa: E402
from app.home.views import front as front  # noqa: E402
from app.home.views import panels as panels  # noqa: E402
from app.home.views import to_do as to_do  # noqa: E402

bp.cli.add_command(cli.reminders)
