"""What the demonstration has published, withheld and answered."""

from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from app.council.models import Setting
from app.council.settings import PUBLICATION_CONTACT
from app.home.demo.notation import Cells, table
from app.home.demo.registering import RECORDED_BY, Loading
from app.publication.commands.answering import MakeAnswer, make_answer, organisation
from app.publication.commands.publishing import publish
from app.publication.models import FieldRedaction
from app.publication.queries.answers import Narrowed
from app.publication.queries.preview import preview
from app.publication.rules.periods import Period, quarters_back, years_back
from app.publication.rules.redaction import Ground, Withholdable

#: The quarter before the last is published; the last one waits.
QUARTERS_BACK = 2
#: Days before the last day for it.
PUBLISHED_BEFORE = 3
RECEIVED_DAYS_AGO, SENT_DAYS_AGO = (9, 44), 21


def load_publishing(loading: Loading) -> None:
    session = loading.session
    for setting in session.scalars(select(Setting).where(Setting.name == PUBLICATION_CONTACT.name)):
        setting.value = "Strategic Procurement, procurement@wessmoor.example"
    session.add_all(_redaction(loading, cells) for cells in table("redactions"))
    session.flush()
    for period in (*years_back(loading.calendar.as_at, 1), quarters_back(loading.calendar.as_at, QUARTERS_BACK)[-1]):
        _publish(loading, period)
    _answer_requests(loading)


def _folder() -> Path:
    folder: Path = current_app.extensions["settings"].files_dir
    return folder


def _redaction(loading: Loading, cells: Cells) -> FieldRedaction:
    as_at = loading.calendar.as_at
    return FieldRedaction(
        contract_id=loading.register.contracts[cells["contract"]].id,
        field=Withholdable(cells["field"]),
        ground=Ground(cells["ground"]),
        reason=cells["reason"],
        public_interest=cells["weighed"] or None,
        decided_by=cells["by"],
        decided_on=as_at - timedelta(days=int(cells["decided"])),
        review_on=as_at + timedelta(days=int(cells["review"])),
    )


def _publish(loading: Loading, period: Period) -> None:
    publish(
        loading.session,
        preview(loading.session, period, loading.calendar.as_at),
        _folder(),
        organisation=organisation(loading.session),
        seen=None,
        correction=None,
        by=RECORDED_BY,
        now=loading.now - (loading.calendar.as_at - period.due_on) - timedelta(days=PUBLISHED_BEFORE),
        today=loading.calendar.as_at,
    )


def _answer_requests(loading: Loading) -> None:
    """One that waits to be sent, and one that was."""
    as_at = loading.calendar.as_at
    for number, days in enumerate(RECEIVED_DAYS_AGO):
        made = make_answer(
            loading.session,
            MakeAnswer(
                reference=f"FOI {as_at.year}/{412 - 31 * number}",
                received_on=as_at - timedelta(days=days),
                narrowed=Narrowed(live_on=as_at),
            ),
            _folder(),
            by=RECORDED_BY,
            now=loading.now,
            today=as_at,
        )
        if days > SENT_DAYS_AGO:
            made.sent_on, made.sent_by = as_at - timedelta(days=SENT_DAYS_AGO), "Information governance"
