"""The annexes' pages: how they stand, what prints, what planners choose; attached to the room's blueprint below."""

from flask import Blueprint

bp = Blueprint("annexes", __name__)

from app.annexes.views import choosing as choosing  # noqa: E402 - the pages hang themselves on bp
from app.annexes.views import grouping as grouping  # noqa: E402
from app.annexes.views import overview as overview  # noqa: E402
from app.annexes.views import preview as preview  # noqa: E402
from app.annexes.views import returns as returns  # noqa: E402
