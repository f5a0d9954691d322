"""The imports room's pages."""

from flask import Blueprint

bp = Blueprint("imports", __name__)

from app.imports.views import choosing as choosing  # noqa: E402 - the pages hang themselves on bp
from app.imports.views import done as done  # noqa: E402
from app.imports.views import measures as measures  # noqa: E402
from app.imports.views import mine as mine  # noqa: E402
from app.imports.views import panels as panels  # noqa: E402
from app.imports.views import rules as rules  # noqa: E402
from app.imports.views import services as services  # noqa: E402
from app.imports.views import sources as sources  # noqa: E402
from app.imports.views import spend as spend  # noqa: E402
from app.imports.views import steps as steps  # noqa: E402
