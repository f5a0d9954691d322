"""A meeting's pack: the open one is put together as somebody entitled to nothing reads it, whoever asks."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from app.core.dates import day, length_of
from app.core.rights import Grant, Permission, Reader
from app.council import queries as council
from app.decisions.models import AgendaSection, Decision, DecisionState, PreScrutinyRequest, RequestState
from app.decisions.queries import agreements, chains
from app.decisions.queries.activities import ActivityFacts
from app.decisions.queries.committees.agenda import Agenda, agenda
from app.decisions.queries.committees.items import ItemFacts
from app.decisions.queries.committees.requests import requests
from app.decisions.queries.committees.running import Running
from app.decisions.rules.pre_scrutiny import LETTERS, heading
from app.register.models import ExtensionOption
from reports.pack import Pack, PackDate, PackFact, PackItem, PackSection

#: Who reads an open pack: entitled to nothing that is exempt or under embargo.
EVERYBODY = Reader(None, "the open pack", (Grant(frozenset({Permission.READ})),))


def open_pack(session: Session, meeting_id: int, today: date) -> Pack:
    """The whole agenda; an exempt item is there by its title and its ground."""
    return _pack(session, EVERYBODY, agenda(session, EVERYBODY, meeting_id, today), today, is_open=True)


def exempt_pack(session: Session, meeting_id: int, reader: Reader, today: date) -> Pack:
    """The exempt items, as far as this reader is entitled to them."""
    return _pack(session, reader, agenda(session, reader, meeting_id, today), today, is_open=False)


@dataclass(frozen=True)
class _Known:
    """What is read once for every item of a pack."""

    decided: Mapping[int, list[str]]
    options: Mapping[int, str]
    questions: Mapping[int, list[str]]

    def options_of(self, contract: Running) -> str:
        left = dict.fromkeys(self.options[one] for one in contract.contract_ids if one in self.options)
        return f"Left to extend by: {'; '.join(left)}" if left else "No option to extend is left or recorded"


def _pack(session: Session, reader: Reader, found: Agenda, today: date, *, is_open: bool) -> Pack:
    held = found.meeting
    shown = [one for one in found.items if is_open or (one.is_exempt and one.entitles(reader))]
    known = _Known(
        _decided(session, {one.activity_id for one in shown if one.activity_id is not None}),
        _options(session, {number for one in shown if one.contract for number in one.contract.contract_ids}),
        _questions(session, reader, held.committee_id, today),
    )
    numbers = _numbers(found)
    sections = []
    for part in found.sections:
        rows = tuple(
            _item(session, reader, one, numbers[_key(one)], known, today, is_open=is_open)
            for one in part.items
            if one in shown
        )
        if rows:
            sections.append(PackSection(heading(part.section, held.body), rows))
    return Pack(
        council=council.the_council(session).name,
        committee=held.committee,
        meets_on=held.meets_on,
        place=held.place,
        papers_due_on=held.papers_due_on,
        prepared_on=today,
        is_open=is_open,
        sections=tuple(sections),
    )


def _key(one: ItemFacts) -> tuple[int | None, int | None]:
    return one.id, one.activity_id


def _numbers(found: Agenda) -> Mapping[tuple[int | None, int | None], str]:
    """B1, B2, C1: an exempt item keeps the number it has on the whole agenda."""
    return {
        _key(one): f"{LETTERS[AgendaSection(part.section)]}{place}"
        for part in found.sections
        for place, one in enumerate(part.items, 1)
    }


def _questions(session: Session, reader: Reader, committee_id: int, today: date) -> Mapping[int, list[str]]:
    """What members asked, by the item their request joined; one that was merged follows the other."""
    which = and_(
        PreScrutinyRequest.committee_id == committee_id,
        PreScrutinyRequest.state.in_((RequestState.ACCEPTED, RequestState.MERGED)),
    )
    every = {one.id: one for one in requests(session, reader, today=today, which=which)}
    found: dict[int, list[str]] = {}
    for one in sorted(every.values(), key=lambda one: one.id):
        into = one
        while into.item_id is None and into.merged_into_id in every:
            into = every[into.merged_into_id]
        if into.item_id is not None:
            found.setdefault(into.item_id, []).append(f"{one.asked_by}, on {one.about}: {one.reason}")
    return found


def _item(
    session: Session, reader: Reader, one: ItemFacts, number: str, known: _Known, today: date, *, is_open: bool
) -> PackItem:
    ground = one.exempt_ground or "" if one.exempt else ""
    if one.exempt and is_open:
        return PackItem(number, one.title, "", exempt_ground=ground, withheld=True)
    return PackItem(
        number=number,
        title=one.title,
        asked_to=(one.asked_to or "").rstrip("."),
        facts=tuple(_facts(one, known, today)),
        note=one.note or "",
        questions=tuple(known.questions.get(one.id or 0, ())),
        dates=_dates(session, reader, one.activity, today) if one.activity is not None else (),
        exempt_ground=ground or ((one.exempt_ground or _amount_ground(one)) if not is_open else ""),
    )


def _amount_ground(one: ItemFacts) -> str:
    """Why the amount is exempt, where the matter itself is not."""
    return (one.activity.exempt_ground or "" if one.activity else "") or "the amount is exempt"


def _facts(one: ItemFacts, known: _Known, today: date) -> Iterator[PackFact]:
    activity, contract = one.activity, one.contract
    if activity is not None:
        yield PackFact("What it is", activity.purpose)
        yield PackFact("What is proposed", str(activity.kind).capitalize())
        yield PackFact("Why now", _why_now(activity))
        yield PackFact("How much", _how_much(activity))
        yield PackFact("Why a key decision", activity.why_key or "It is not one")
        yield PackFact("Who decides", activity.decision_taker or "Not recorded")
        yield PackFact("When", activity.when(today))
        yield PackFact("Lead officer", activity.lead_post or "Not recorded")
        yield PackFact("Current provider", ", ".join(activity.providers) or "None")
    elif contract is not None:
        yield PackFact("What it is", contract.title)
        yield PackFact("How much", contract.value)
        yield PackFact("Current provider", ", ".join(contract.providers) or "None recorded")
    if contract is not None:
        yield PackFact("Current end date", day(contract.ends_on) or "None recorded")
        yield PackFact("Performance", contract.performance)
        yield PackFact("Options", known.options_of(contract))
    if activity is not None:
        yield PackFact("Decisions so far", "; ".join(known.decided.get(activity.id, ())) or "None")


def _why_now(one: ActivityFacts) -> str:
    ends = f"The present agreement ends on {day(one.current_end_on)}. " if one.current_end_on else ""
    slipped = f"First expected {one.original}: {one.last_move_reason}." if one.moves and one.original else ""
    return f"{ends}{slipped}".strip() or "It follows no agreement in the register"


def _how_much(one: ActivityFacts) -> str:
    if not one.amounts_open:
        return f"Exempt: {one.exempt_ground}"
    return f"{one.exact_value}, {one.value_certainty}, whole life" if one.exact_value else "Not known"


def _dates(session: Session, reader: Reader, one: ActivityFacts, today: date) -> tuple[PackDate, ...]:
    """The back-plan."""
    about = (
        agreements.agreement_of_arrangement(session, one.arrangement_id, today)
        if one.arrangement_id is not None
        else agreements.contract_alone(session, one.contract_id, today)
        if one.contract_id is not None
        else None
    )
    chain = chains.chain_of_activity(session, one, about, reader, today=today)
    return tuple(PackDate(step.on, step.label, step.working) for step in chain.steps) if chain else ()


def _decided(session: Session, activity_ids: Collection[int]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = {}
    if not activity_ids:
        return found
    query = select(Decision).where(Decision.activity_id.in_(activity_ids), Decision.state == DecisionState.TAKEN)
    for one in session.scalars(query.order_by(Decision.decided_on, Decision.id)):
        said = f"{one.kind} taken on {day(one.decided_on)}" + (f" ({one.reference})" if one.reference else "")
        found.setdefault(one.activity_id, []).append(said[:1].upper() + said[1:])
    return found


def _options(session: Session, contract_ids: Collection[int]) -> Mapping[int, str]:
    """What is left to extend by, in words; what it costs may be exempt, and is not said."""
    left: dict[int, list[str]] = {}
    if not contract_ids:
        return {}
    query = select(ExtensionOption).where(
        ExtensionOption.contract_id.in_(contract_ids),
        ExtensionOption.taken.is_(False),
        ExtensionOption.lapsed.is_(False),
    )
    for one in session.scalars(query.order_by(ExtensionOption.contract_id, ExtensionOption.position)):
        words = length_of(one.months) if one.months else f"to {day(one.ends_on)}"
        left.setdefault(one.contract_id, []).append(words)
    return {number: ", ".join(words) for number, words in left.items()}
