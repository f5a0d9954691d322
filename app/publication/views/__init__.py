"""What is published, before and after: attached to the room's blueprint below."""

from flask import Blueprint

bp = Blueprint("publication", __name__)

from app.publication import findings as findings  # noqa: E402 - declares what is due
from app.publication.views import answering as answering  # noqa: E402 - the pages hang themselves on bp
from app.publication.views import panels as panels  # noqa: E402
from app.publication.views import previewing as previewing  # noqa: E402
from app.publication.views import published as published  # noqa: E402
from app.publication.views import withholding as withholding  # noqa: E402
