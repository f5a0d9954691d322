"""Where activities name a post: reassigned with the register's own."""

from datetime import date

from sqlalchemy import String, cast, literal, select

from app.core.posts import PostPlace, Rows, declare_place
from app.core.rights import Permission, Reader
from app.decisions.models import Activity
from app.decisions.queries.visibility import open_to
from app.register.posts import sets_post


def _activities(reader: Reader, today: date) -> Rows:
    return select(
        Activity.id,
        Activity.title,
        literal("/activities/").concat(cast(Activity.id, String)),
        Activity.directorate_id,
        Activity.division_id,
        Activity.lead_post,
    ).where(open_to(reader, today), Activity.withdrawn_reason.is_(None), Activity.lead_post.is_not(None))


ACTIVITIES = declare_place(
    PostPlace(
        code="activity",
        role="Lead of the activity",
        one="activity",
        many="activities",
        needs=Permission.EDIT_ACTIVITIES,
        rows=_activities,
        model=Activity,
        give=sets_post("lead_post", silent="title_key"),
    )
)
