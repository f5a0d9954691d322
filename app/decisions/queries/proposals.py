"""The register's own proposals as a reader may see them, with what people answered to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.dates import day
from app.core.rights import Reader
from app.council import queries as council
from app.council.rules import Dated, LeadTimes, Threshold
from app.decisions.models import ProposalAnswer, ProposalVerdict
from app.decisions.queries import agreements as read
from app.decisions.queries.agreements import Agreement, Sieve
from app.decisions.rules import proposals as rules
from app.decisions.rules.horizon import Horizon
from app.decisions.rules.proposals import Finding, Outcome
from app.register.queries.remembered import Remembered, stamp_of

#: Findings are the same for every reader: kept until something is saved, or another day begins.
_judged: Remembered[list[tuple[Agreement, Finding]]] = Remembered(4)
#: As readers with the same entitlements see them.
_seen: Remembered[list["Proposal"]] = Remembered(4)
_late: Remembered[list["Proposal"]] = Remembered(4)
#: Where a threshold is passed is no secret; how narrowly is.
SAID_OPENLY = frozenset({Outcome.PROPOSED})
WORTH_SHOWING = frozenset({Outcome.PROPOSED, Outcome.WATCHED, Outcome.GAP})


@dataclass(frozen=True)
class Dismissal:
    """That a person said no, and why."""

    answer_id: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """One finding as a reader may see it."""

    contract_id: int | None
    arrangement_id: int | None
    title: str
    reference: str | None
    directorate_id: int
    directorate: str
    division_id: int | None
    division: str | None
    committee_id: int | None
    committee: str | None
    outcome: Outcome
    decide_by: date | None
    is_late: bool
    ends_on: date | None
    review_on: date | None
    #: None where it is not known, or exempt from this reader.
    estimate: Decimal | None
    exempt: bool
    working: tuple[str, ...]
    finding: Finding
    agreement: Agreement
    dismissal: Dismissal | None = None

    @property
    def sort_key(self) -> tuple[date, Decimal, int, int]:
        """What is latest first; of one day the largest first, as far as the reader may know; undated last."""
        return (
            self.decide_by or date.max, -(self.estimate or Decimal(0)), self.contract_id or 0, self.arrangement_id or 0
        )  # fmt: skip

    @property
    def key(self) -> str:
        return f"contract/{self.contract_id}" if self.contract_id is not None else f"arrangement/{self.arrangement_id}"

    @property
    def record_url(self) -> str:
        if self.contract_id is not None:
            return f"/contracts/{self.contract_id}"
        return f"/arrangements/{self.arrangement_id}"

    @property
    def accept_url(self) -> str:
        return f"/activities/new?{self.key.replace('/', '=')}"

    @property
    def dismiss_url(self) -> str:
        return f"/proposals/{self.key}/dismiss"

    @property
    def undo_url(self) -> str:
        return f"/proposals/{self.key}/undo"

    @property
    def late_words(self) -> str:
        """As the list says it."""
        if not self.is_late or self.decide_by is None:
            return ""
        return f"Latest start passed: a decision was due by {day(self.decide_by)}"

    @property
    def unit(self) -> str:
        return f"{self.directorate}: {self.division}" if self.division else self.directorate


@dataclass(frozen=True)
class Rules:
    """The council's settings that a finding rests on."""

    thresholds: tuple[Dated[Threshold], ...]
    leads: LeadTimes

    @classmethod
    def on(cls, session: Session, today: date) -> "Rules":
        return cls(council.key_thresholds(session), council.lead_times(session, today))


def judged(session: Session, horizon: Horizon, *, today: date) -> list[tuple[Agreement, Finding]]:
    """Every agreement worth showing with what was found of it, most urgent first."""
    return _judged.get(stamp_of(session), (today, horizon), lambda: _judge_all(session, horizon, horizon.last, today))


def _judge_all(session: Session, horizon: Horizon, last: date, today: date) -> list[tuple[Agreement, Finding]]:
    """Those that may have to be decided on by a last day, held against the whole horizon."""
    settings = Rules.on(session, today)
    sieve = Sieve.of((dated.value for dated in settings.thresholds), settings.leads, today=today, last=last)
    found = judge_each(read.agreements(session, sieve), settings, horizon, today=today)
    return [(agreement, finding) for agreement, finding in found if finding.outcome in WORTH_SHOWING]


def judge_each(
    every: Iterable[Agreement], settings: Rules, horizon: Horizon, *, today: date
) -> list[tuple[Agreement, Finding]]:
    found = [
        (one, rules.judge(one.candidate, settings.thresholds, horizon, settings.leads, today=today)) for one in every
    ]
    return sorted(found, key=lambda pair: (*pair[1].sort_key, pair[0].contract_id or 0, pair[0].arrangement_id or 0))


def findings(session: Session, reader: Reader, horizon: Horizon, *, today: date) -> list[Proposal]:
    """Proposals, the watch list and gaps as this reader may see them; dismissed ones carry their dismissal."""
    key = (today, horizon, reader.exempt_units)

    def see() -> list[Proposal]:
        return _see_all(session, reader, judged(session, horizon, today=today), horizon, today)

    return _seen.get(stamp_of(session), key, see)


def _see_all(
    session: Session, reader: Reader, found: Iterable[tuple[Agreement, Finding]], horizon: Horizon, today: date
) -> list[Proposal]:
    answers, places = _standing_answers(session), Places(session)
    leads = council.lead_times(session, today).whatever_the_value()
    seen = (
        _shown(
            places,
            reader,
            agreement,
            _told(reader, agreement, finding, leads, today),
            answers.get(agreement.key),
            today,
        )
        for agreement, finding in found
    )
    shown = [one for one in seen if one is not None and (one.decide_by is None or one.decide_by <= horizon.last)]
    return sorted(shown, key=lambda one: one.sort_key)


def is_exempt_from(reader: Reader, agreement: Agreement, today: date) -> bool:
    """Whether its amounts are withheld from this reader."""
    kept_back = agreement.counts_embargoed_until is not None and agreement.counts_embargoed_until > today
    keeps = all(reader.exempt_units.include(*unit) for unit in agreement.units)
    return (agreement.exempt_ground is not None or kept_back) and not keeps


def _told(reader: Reader, agreement: Agreement, finding: Finding, leads: LeadTimes, today: date) -> Finding:
    """The finding as this reader may know it: an exempt value's own lead time would tell how large the value is."""
    if not is_exempt_from(reader, agreement, today):
        return finding
    decide_by, _ = rules.decision_date(agreement.candidate, leads, None)
    return replace(finding, decide_by=decide_by, is_late=decide_by is not None and decide_by < today)


def proposals(session: Session, reader: Reader, horizon: Horizon, *, today: date) -> list[Proposal]:
    """What is proposed and not dismissed: late first, then by the day a decision is needed by."""
    return not_dismissed(findings(session, reader, horizon, today=today), Outcome.PROPOSED)


def late_proposals(session: Session, reader: Reader, horizon: Horizon, *, today: date) -> list[Proposal]:
    """Those of the proposals whose day has passed. Few are judged for it: none that ends far ahead can be late."""
    key = (today, horizon, reader.exempt_units)
    return _late.get(stamp_of(session), key, lambda: _see_late(session, reader, horizon, today))


def _see_late(session: Session, reader: Reader, horizon: Horizon, today: date) -> list[Proposal]:
    found = _judge_all(session, horizon, today - timedelta(days=1), today)
    every = _see_all(session, reader, found, horizon, today)
    return [one for one in not_dismissed(every, Outcome.PROPOSED) if one.is_late]


def finding_for(
    session: Session,
    reader: Reader,
    horizon: Horizon,
    agreement: Agreement | None,
    *,
    today: date,
    has_answers: bool = True,
) -> Proposal | None:
    """What is found of one agreement, whatever it is; nothing where it is over or not this reader's to see."""
    if agreement is None:
        return None
    settings = Rules.on(session, today)
    ((_, judgement),) = judge_each([agreement], settings, horizon, today=today)
    finding = _told(reader, agreement, judgement, settings.leads.whatever_the_value(), today)
    answers = _standing_answers(session, agreement) if has_answers else {}
    return _shown(Places(session), reader, agreement, finding, answers.get(agreement.key), today, hide_narrow=False)


def _standing_answers(
    session: Session, agreement: Agreement | None = None
) -> dict[tuple[int | None, int | None], ProposalAnswer]:
    """The latest dismissal of each agreement; whether it still stands is for the rule to say."""
    query = select(ProposalAnswer).where(
        ProposalAnswer.verdict == ProposalVerdict.DISMISSED, ProposalAnswer.undone_at.is_(None)
    )
    if agreement is not None:
        query = query.where(
            ProposalAnswer.contract_id == agreement.contract_id,
            ProposalAnswer.arrangement_id == agreement.arrangement_id,
        )
    return {(one.contract_id, one.arrangement_id): one for one in session.scalars(query.order_by(ProposalAnswer.id))}


def _shown(
    places: "Places",
    reader: Reader,
    agreement: Agreement,
    finding: Finding,
    answer: ProposalAnswer | None,
    today: date,
    *,
    hide_narrow: bool = True,
) -> Proposal | None:
    keeps = all(reader.exempt_units.include(*unit) for unit in agreement.units)
    if agreement.embargoed_until and agreement.embargoed_until > today and not keeps:
        return None
    exempt = is_exempt_from(reader, agreement, today)
    if exempt and hide_narrow and finding.outcome not in SAID_OPENLY:
        return None
    where = places.of(agreement.directorate_id, agreement.division_id)
    return Proposal(
        contract_id=agreement.contract_id,
        arrangement_id=agreement.arrangement_id,
        title=agreement.title,
        reference=agreement.reference,
        directorate_id=agreement.directorate_id,
        directorate=where.directorate,
        division_id=agreement.division_id,
        division=where.division,
        committee_id=where.committee_id,
        committee=where.committee,
        outcome=finding.outcome,
        decide_by=finding.decide_by,
        is_late=finding.is_late,
        ends_on=agreement.candidate.ends_on,
        review_on=agreement.candidate.review_on,
        estimate=None if exempt else finding.estimate,
        exempt=exempt,
        working=("The amount is exempt.",) if exempt else finding.working,
        finding=finding,
        agreement=agreement,
        dismissal=_dismissal(finding, answer),
    )


def _dismissal(finding: Finding, answer: ProposalAnswer | None) -> Dismissal | None:
    """A dismissal lapses when the end or the value it judged has changed."""
    if answer is None:
        return None
    if not rules.answer_stands(finding, judged_end_on=answer.judged_end_on, judged_value=answer.judged_value):
        return None
    return Dismissal(answer.id, answer.reason or "", answer.answered_by, answer.answered_at)


@dataclass(frozen=True)
class Place:
    """A unit's names, and the committee that looks after it."""

    directorate: str
    division: str | None
    committee_id: int | None
    committee: str | None


class Places:
    """Each unit looked up once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[int, int | None], Place] = {}

    def of(self, directorate_id: int, division_id: int | None) -> Place:
        unit = (directorate_id, division_id)
        if unit not in self._known:
            self._known[unit] = self._look_up(directorate_id, division_id)
        return self._known[unit]

    def _look_up(self, directorate_id: int, division_id: int | None) -> Place:
        directorate = next(one for one in council.structure(self._session) if one.id == directorate_id)
        division = next((one.name for one in directorate.divisions if one.id == division_id), None)
        committee = council.committee_for(self._session, directorate_id, division_id)
        if committee is None:
            return Place(directorate.name, division, None, None)
        return Place(directorate.name, division, committee.id, committee.name)


def not_dismissed(every: Sequence[Proposal], outcome: Outcome) -> list[Proposal]:
    return [one for one in every if one.outcome is outcome and one.dismissal is None]


def dismissed(every: Sequence[Proposal]) -> list[Proposal]:
    return [one for one in every if one.dismissal is not None]
