"""What a running contract's record lacks: what the annexes, the thresholds and the person who answers for it need."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import ColumnElement, and_, bindparam, false, not_, or_, select
from sqlalchemy.orm import Session, aliased

from app.core.dates import day
from app.core.findings import Severity
from app.core.rights import NOBODY
from app.council import queries as council
from app.council.rules import ThresholdBasis
from app.register.completeness import Item
from app.register.findings.of_contracts import THIS_CONTRACT, ContractFinding, about_contracts, day_of, edit
from app.register.models import Contract, ContractForm
from app.register.queries.completeness import blank
from app.register.queries.narrowing import Over, figure_for, over_alone, over_together, passes
from app.register.reckoning import own_figure
from app.register.status import Status, in_status
from app.register.thresholds import passing

SETTINGS = "The council's settings: thresholds"
THIS = aliased(Contract)
ANNEXES = "The directorates' business plans: what their annexes print"


def running(condition: ColumnElement[bool]) -> Callable[[Session, date], ColumnElement[bool]]:
    """Of running contracts only."""
    return lambda _session, today: and_(in_status(Status.LIVE, today), condition)


def always(words: str) -> Callable[[Session, Contract, date], str]:
    return lambda _session, _contract, _today: words


NO_END = about_contracts(
    ContractFinding(
        code="no-end-or-review",
        one="running contract with neither an end nor a review date",
        many="running contracts with neither an end nor a review date",
        severity=Severity.ACT,
        source=ANNEXES,
        cure="Without either, nobody can say when a decision is needed. Give each an end, or a day to review it.",
        mend=edit("term"),
        condition=running(and_(Contract.current_end_on.is_(None), Contract.review_on.is_(None))),
        working=lambda _session, found, _today: (
            f"No end and no review date; {found.end_condition or 'nothing says when it ends'}."
        ),
    )
)

NO_CONDITION = about_contracts(
    ContractFinding(
        code="no-end-condition",
        one="running contract without an end, and without a word on what ends it",
        many="running contracts without an end, and without a word on what ends them",
        severity=Severity.TIDY,
        source="Local Government Transparency Code 2015, paragraph 32: start, end and review dates",
        cure="Give each an end, tick that it rolls on, or say in words what ends it.",
        mend=edit("term"),
        condition=running(and_(Contract.review_on.is_not(None), blank(Item.END))),
        working=lambda _session, found, _today: f"No end; to be reviewed on {day(found.review_on)}.",
    )
)

NO_VALUE = about_contracts(
    ContractFinding(
        code="no-value",
        one="running contract with no value recorded",
        many="running contracts with no value recorded",
        severity=Severity.TIDY,
        source=SETTINGS,
        cure="Without a value, a contract cannot be held against the thresholds and the annexes leave it out.",
        mend=edit("value"),
        condition=running(and_(blank(Item.VALUE), Contract.form != ContractForm.MEMORANDUM)),
        working=lambda _session, found, _today: (
            "Neither a whole-life nor an annual value."
            if found.exempt or not found.value_note
            else f"No value. The note says: {found.value_note}"
        ),
    )
)

NO_PROVIDER = about_contracts(
    ContractFinding(
        code="no-provider",
        one="running contract with no provider recorded",
        many="running contracts with no provider recorded",
        severity=Severity.TIDY,
        source=ANNEXES,
        cure="Annexes 1 and 2 print who delivers each service.",
        mend=edit("who"),
        condition=running(blank(Item.PROVIDER)),
        working=always("Nobody is recorded as delivering it."),
    )
)

NO_SERVICE = about_contracts(
    ContractFinding(
        code="no-service",
        one="running contract not given to a service",
        many="running contracts not given to a service",
        severity=Severity.TIDY,
        source=ANNEXES,
        cure="A contract's value counts under its lead service.",
        mend=edit("where"),
        condition=running(blank(Item.SERVICE)),
        working=always("No service, so no annex can place it."),
    )
)

NO_MANAGER = about_contracts(
    ContractFinding(
        code="no-manager",
        one="running contract with nobody named as its manager",
        many="running contracts with nobody named as their manager",
        severity=Severity.TIDY,
        source="The council's own: somebody has to answer for each contract",
        cure="Name the post that manages it. Until then its reminders go to the directorate.",
        mend=edit("who"),
        condition=running(Contract.manager_post_key.is_(None)),
        working=always("No post is named as its manager."),
    )
)


def _cannot_tell(session: Session, today: date) -> ColumnElement[bool]:
    """``thresholds.passing`` answering "cannot tell" of a contract whose value is known at least in part."""
    threshold = council.key_threshold(session, today)
    figure, by_year = figure_for(threshold), threshold.basis is ThresholdBasis.ANNUAL
    floor = false() if by_year else and_(Contract.maximum_at_least, not_(passes(figure, threshold)))
    untold = or_(figure.is_(None), floor)
    return and_(in_status(Status.LIVE, today), not_(blank(Item.VALUE)), untold)


def _why_it_cannot(session: Session, found: Contract, today: date) -> str:
    threshold = council.key_threshold(session, today)
    return passing(threshold, own_figure(found, threshold)).working


CANNOT_TELL = about_contracts(
    ContractFinding(
        code="cannot-tell",
        one="running contract whose value cannot be held against the key decision threshold",
        many="running contracts whose value cannot be held against the key decision threshold",
        severity=Severity.TIDY,
        source=SETTINGS,
        cure="Give the length of a contract valued by the year, and the value of each of its options.",
        mend=edit("value"),
        condition=_cannot_tell,
        working=_why_it_cannot,
        tells_amount=True,
    )
)


def passes_key(session: Session, today: date) -> ColumnElement[bool]:
    """Its own value passes the key decision threshold: that tells something of the amount."""
    threshold = council.key_threshold(session, today)
    return passes(figure_for(threshold), threshold)


def _undecided(session: Session, today: date, *, of: ColumnElement[int | None] | None = None) -> ColumnElement[bool]:
    """Alone, or by the open amounts of the arrangement it is counted in."""
    over = or_(over_alone(session, Over.KEY, today), over_together(session, Over.KEY, NOBODY, today, of=of))
    started = or_(in_status(Status.LIVE, today), in_status(Status.SUSPENDED, today))
    return and_(started, Contract.approval_id.is_(None), Contract.form != ContractForm.INTERNAL_SLA, over)


def _undecided_here(session: Session, today: date) -> ColumnElement[bool]:
    return _undecided(
        session, today, of=select(THIS.arrangement_id).where(THIS.id == bindparam(THIS_CONTRACT)).scalar_subquery()
    )


def _why_undecided(session: Session, found: Contract, today: date) -> str:
    threshold = council.key_threshold(session, today)
    whole = found.arrangement if found.arrangement and found.arrangement.withdrawn_at is None else None
    alone = passing(threshold, own_figure(found, threshold)).working
    words = f"Counted with {whole.title}, which is {threshold} as a whole." if whole else alone
    begun = f" It started on {day(found.starts_on)}." if found.starts_on else ""
    return f"{words}{begun} No decision is recorded."


NO_DECISION = about_contracts(
    ContractFinding(
        code="no-decision",
        one="contract over the key decision threshold that has started with no decision recorded",
        many="contracts over the key decision threshold that have started with no decision recorded",
        severity=Severity.ACT,
        source="SI 2012/2089, reg 8; the council's key decision threshold",
        cure="Find the decision it was let under and record it. If there was none, tell the monitoring officer.",
        mend=edit("procurement"),
        condition=_undecided,
        of_one=_undecided_here,
        working=_why_undecided,
        tells_amount=True,
    )
)


def _exemption_lapsed(_session: Session, today: date) -> ColumnElement[bool]:
    unreviewed = or_(Contract.exempt_review_on.is_(None), Contract.exempt_review_on < today)
    return and_(Contract.exempt.is_(True), unreviewed)


EXEMPTION = about_contracts(
    ContractFinding(
        code="PV1",
        one="contract whose exempt value has no review date, or one that has passed",
        many="contracts whose exempt value has no review date, or one that has passed",
        severity=Severity.SOON,
        source="Local Government Act 1972, schedule 12A; section 94 of the Procurement Act 2023",
        cure="Ask whether the amount is still sensitive. Open it, or give the day to ask again.",
        mend=edit("value"),
        condition=_exemption_lapsed,
        working=lambda _session, found, _today: (
            f"Exempt under {found.exempt_ground}; "
            + (f"reviewed on {day(found.exempt_review_on)}." if found.exempt_review_on else "no review date.")
        ),
        due=lambda _session, _today: day_of(Contract.exempt_review_on),
    )
)
