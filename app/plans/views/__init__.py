"""The plans room's pages: rounds, returns and what is done with them; attached to the room's blueprint below."""

from flask import Blueprint

bp = Blueprint("plans", __name__)

from app.plans.views import acts as acts  # noqa: E402 - the pages hang themselves on bp
from app.plans.views import chasing as chasing  # noqa: E402
from app.plans.views import listed as listed  # noqa: E402
from app.plans.views import panels as panels  # noqa: E402
from app.plans.views import returns as returns  # noqa: E402
from app.plans.views import rounds as rounds  # noqa: E402
