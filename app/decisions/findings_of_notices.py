"""Published notices that no longer fit their decisions, as a finding."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Date, case, cast, literal, null, select
from sqlalchemy.orm import Session

from app.core.findings import Asked, FindingKind, Rows, Severity, declare
from app.decisions.models import Activity, Notice
from app.decisions.queries.activities import lead_post_key
from app.decisions.queries.announced import unfit_notices
from app.decisions.queries.visibility import open_to


def _rows(session: Session, asked: Asked) -> Rows:
    found = unfit_notices(session, asked.today)
    days = [(Notice.id == number, literal(one.publish_by, Date())) for number, one in found.items() if one.publish_by]
    due = case(*days) if days else cast(null(), Date)
    return (
        select(
            Notice.id,
            Activity.title,
            Activity.directorate_id,
            Activity.division_id,
            lead_post_key(),
            due.label("due_on"),
        )
        .join(Activity, Activity.id == Notice.activity_id)
        .where(Notice.id.in_(found), open_to(asked.reader, asked.today))
        .where(
            *asked.narrowed(
                subject=Notice.id,
                directorate=Activity.directorate_id,
                division=Activity.division_id,
                post=lead_post_key(),
            )
        )
    )


def _working(session: Session, asked: Asked, ids: Sequence[int]) -> Mapping[int, str]:
    found = unfit_notices(session, asked.today)
    return {number: found[number].words for number in ids if number in found}


NOTICE_UNFIT = declare(
    FindingKind(
        code="notice-unfit",
        one="published notice that no longer fits its decision",
        many="published notices that no longer fit their decisions",
        severity=Severity.ACT,
        source="SI 2012/2089, regs 5 and 9 to 11: what is decided is what notice was given of",
        cure="Draft a new version, which supersedes it once published; or withdraw it.",
        subject="decision notice",
        page="/decision-notices/{}",
        rows=_rows,
        working=_working,
    )
)
