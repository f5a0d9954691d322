"""The home room's pages: one module a subject; importing them attaches them to the room's blueprint."""

from app.home.blueprint import bp as bp
from app.home.feed import views as feed  # noqa: F401 - their pages hang themselves on bp
from app.home.history import views as history  # noqa: F401
from app.home.reminders import cli
from app.home.reminders import panels as reminder_panels  # noqa: F401
from app.home.reminders import views as reminders  # noqa: F401
from app.home.timeline import views as timeline  # noqa: F401
from app.home.views import about as about
from app.home.views import coverage as coverage
from app.home.views import front as front
from app.home.views import panels as panels
from app.home.views import to_do as to_do

bp.cli.add_command(cli.reminders)
