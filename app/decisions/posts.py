"""Where activities name a post: reassigned with the register's own."""

from datetime import date
from typing import Any

from sqlalchemy import String, cast, literal, select
from sqlalchemy.orm.attributes import flag_modified

from app.core.posts import PostPlace, Rows, declare_place
from app.core.rights import Permission, Reader
from app.decisions.models import Activity
from app.decisions.queries.activities import open_to


def _activities(reader: Reader, today: date) -> Rows:
    return select(
        Activity.id,
        Activity.title,
        literal("/activities/").concat(cast(Activity.id, String)),
        Activity.directorate_id,
        Activity.division_id,
        Activity.lead_post,
    ).where(open_to(reader, today), Activity.withdrawn_reason.is_(None), Activity.lead_post.is_not(None))


def _give(record: Any, post: str) -> None:
    record.lead_post = post
    flag_modified(record, "title_key")


ACTIVITIES = declare_place(
    PostPlace(
        code="activity",
        role="Lead of the activity",
        one="activity",
        many="activities",
        needs=Permission.EDIT_ACTIVITIES,
        rows=_activities,
        model=Activity,
        give=_give,
    )
)
