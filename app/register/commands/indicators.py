"""What people do about key performance indicators: set them, record results, correct one, say why there are none."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from app.core import audit
from app.core.errors import Refusal
from app.register import ratings, service_levels
from app.register.commands.contracts import Editor
from app.register.commands.documents import DocumentWanted, Sent, file_document, secure_link
from app.register.models import Contract, Document, DocumentKind, Indicator, IndicatorResult
from app.register.ratings import Rating
from app.register.service_levels import Direction, Frequency


@dataclass(frozen=True, kw_only=True)
class IndicatorWanted:
    """An indicator, as a form describes it."""

    name: str
    frequency: Frequency
    direction: Direction
    measured_from: date
    measures: str | None = None
    unit: str | None = None
    target: Decimal | None = None
    linked_to_payment: bool | None = None
    set_before_entering: bool | None = None


def set_indicator(session: Session, contract: Contract, wanted: IndicatorWanted) -> Indicator:
    """Set one. A reason why there are none then no longer holds."""
    indicator = Indicator(contract_id=contract.id)
    change_indicator(indicator, wanted)
    session.add(indicator)
    contract.no_indicators_reason = None
    _touch(contract)
    session.flush()
    return indicator


def change_indicator(indicator: Indicator, wanted: IndicatorWanted) -> None:
    for column, value in asdict(wanted).items():
        setattr(indicator, column, value)
    settle_indicator(indicator)


def withdraw_indicator(session: Session, indicator: Indicator, reason: str, *, editor: Editor) -> None:
    audit.give_reason(session, reason)
    indicator.withdrawn_at, indicator.withdrawn_reason = editor.now, reason
    _touch(indicator.contract)


def restore_indicator(indicator: Indicator) -> None:
    indicator.withdrawn_at = indicator.withdrawn_reason = None
    _touch(indicator.contract)


def say_why_none(session: Session, contract: Contract, reason: str, *, has_indicators: bool) -> None:
    """Record why no indicators are set (Procurement Act 2023, s.52(2))."""
    if has_indicators:
        raise Refusal("Indicators are set: withdraw them first, if they were a mistake", field="reason")
    audit.give_reason(session, reason)
    contract.no_indicators_reason = reason


@dataclass(frozen=True, kw_only=True)
class ResultWanted:
    """A period's result, as a form says it."""

    from_on: date
    to_on: date
    rating: Rating
    assessed_by: str
    figure: Decimal | None = None
    comment: str | None = None
    evidence_url: str | None = None
    evidence: Sent | None = None


def record_result(
    session: Session, indicator: Indicator, wanted: ResultWanted, *, editor: Editor, today: date
) -> IndicatorResult:
    return _add(session, indicator, wanted, None, editor=editor, today=today)


@dataclass(frozen=True)
class Correcting:
    """The result that was mistaken, and why."""

    result: IndicatorResult
    reason: str


def correct_result(
    session: Session, indicator: Indicator, wanted: ResultWanted, correcting: Correcting, *, editor: Editor, today: date
) -> IndicatorResult:
    """Put a right result beside the mistaken one, which stays to be read and counts no more."""
    if not correcting.result.stands:
        raise Refusal("This result was corrected already: correct the one that stands")
    correcting.result.stands = False
    return _add(session, indicator, wanted, correcting, editor=editor, today=today)


def _add(
    session: Session,
    indicator: Indicator,
    wanted: ResultWanted,
    correcting: Correcting | None,
    *,
    editor: Editor,
    today: date,
) -> IndicatorResult:
    taken = [(one.from_on, one.to_on) for one in indicator.results if one.stands]
    service_levels.check_period(wanted.from_on, wanted.to_on, taken, today=today)
    if wanted.figure is None and not wanted.comment:
        raise Refusal("Enter a figure, or say in words how it went", field="figure")
    result = IndicatorResult(
        from_on=wanted.from_on,
        to_on=wanted.to_on,
        figure=wanted.figure,
        rating=wanted.rating,
        comment=wanted.comment,
        evidence_url=_evidence_link(wanted.evidence_url),
        assessed_by=wanted.assessed_by,
        corrects_id=correcting.result.id if correcting else None,
        reason=correcting.reason if correcting else None,
        stands=True,
        recorded_at=editor.now,
        recorded_by=editor.name,
    )
    if wanted.evidence is not None:
        result.document = _filed(session, indicator, wanted, editor)
    indicator.results.append(result)
    settle_indicator(indicator)
    _touch(indicator.contract)
    session.flush()
    return result


def _evidence_link(text: str | None) -> str | None:
    if text is None:
        return None
    try:
        return secure_link(text)
    except Refusal as refusal:
        raise Refusal(refusal.message, field="evidence_url") from refusal


def _filed(session: Session, indicator: Indicator, wanted: ResultWanted, editor: Editor) -> Document:
    title = f"{indicator.name}: evidence for {wanted.from_on:%-d %B %Y} to {wanted.to_on:%-d %B %Y}"[:300]
    document = DocumentWanted(
        kind=DocumentKind.EVIDENCE, title=title, sent=wanted.evidence, not_open=indicator.contract.exempt
    )
    return file_document(session, indicator.contract, document, editor=editor)


def settle_indicator(indicator: Indicator) -> None:
    """Write what follows from the results: the latest, how many are below target, when the next is due."""
    standing = sorted((one for one in indicator.results if one.stands), key=lambda one: one.to_on)
    latest = standing[-1] if standing else None
    indicator.latest_to_on = latest.to_on if latest else None
    indicator.latest_figure = latest.figure if latest else None
    indicator.latest_rating = latest.rating if latest else None
    indicator.periods_below = ratings.periods_below([one.rating for one in standing])
    following = service_levels.next_period(indicator.frequency, indicator.measured_from, indicator.latest_to_on)
    if following is not None:
        indicator.next_period_ends_on = following[1]


def _touch(contract: Contract) -> None:
    """What is measured of a contract is part of it: whoever has it open is told."""
    flag_modified(contract, "title")
