"""The decisions room's pages: one module a subject, attached to the room's blueprint below."""

from flask import Blueprint

bp = Blueprint("decisions", __name__)

from app.decisions import findings as findings  # noqa: E402 - declares what needs doing
from app.decisions import findings_of_committees as findings_of_committees  # noqa: E402 - declares its findings
from app.decisions import findings_of_notices as findings_of_notices  # noqa: E402 - declares its finding
from app.decisions import posts as posts  # noqa: E402 - declares where activities name a post
from app.decisions.views import activities as activities  # noqa: E402 - the pages hang themselves on bp
from app.decisions.views import changes as changes  # noqa: E402
from app.decisions.views import committees as committees  # noqa: E402
from app.decisions.views import covering as covering  # noqa: E402
from app.decisions.views import decision_acts as decision_acts  # noqa: E402
from app.decisions.views import decision_record as decision_record  # noqa: E402
from app.decisions.views import decisions as decisions  # noqa: E402
from app.decisions.views import forthcoming as forthcoming  # noqa: E402
from app.decisions.views import forward_plans as forward_plans  # noqa: E402
from app.decisions.views import monthly as monthly  # noqa: E402
from app.decisions.views import notice_acts as notice_acts  # noqa: E402
from app.decisions.views import notice_drafts as notice_drafts  # noqa: E402
from app.decisions.views import notice_panels as notice_panels  # noqa: E402
from app.decisions.views import notices as notices  # noqa: E402
from app.decisions.views import panels as panels  # noqa: E402
from app.decisions.views import proposals as proposals  # noqa: E402
from app.decisions.views import public_notices as public_notices  # noqa: E402
from app.decisions.views import reorganisation as reorganisation  # noqa: E402
from app.decisions.views import sheet as sheet  # noqa: E402
from app.decisions.views import urgency as urgency  # noqa: E402
