"""The life of one contract as its page tells it: the ladder, the changes so far, the regime, lots and overrides.

It reads what ``contract_record`` has loaded with the contract: no statement of its own but for dated settings.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from app.core.dates import day, months_and_days
from app.core.money import pounds
from app.council import queries as council
from app.council import settings as catalogue
from app.council.rules import ProcurementKind
from app.register import ladder, modifications, reckoning, regime, settling, terms
from app.register.approvals import Allowed
from app.register.ladder import Climb, Happened, Ladder, LadderPicture, OptionKept, RungState
from app.register.models import Contract, ContractEvent, ContractForm, EventKind, ExtensionOption
from app.register.modifications import Changed
from app.register.queries.lines import ContractLine
from app.register.reckoning import Settings
from app.register.regime import Asked, Facts, Sums
from app.register.terms import Term
from app.register.vat import VatRates, gross


@dataclass(frozen=True)
class EventShown:
    """One event as the page's table says it."""

    id: int
    what: str
    effective_on: date
    ends_on: date | None
    value_change: Decimal | None
    annual_change: Decimal | None
    #: Lines beside the reason: scope, providers, ground, notice, decision.
    told: tuple[str, ...]
    #: Lines about amounts: left out where they are withheld.
    told_amounts: tuple[str, ...]
    reason: str
    by: str
    #: A correction has struck it out.
    struck: bool
    may_be_struck: bool


@dataclass(frozen=True)
class LotLine:
    """One lot of a framework, put together from its lines."""

    lot: str
    providers: str
    call_offs: int
    value: str


@dataclass(frozen=True)
class Life:
    """What the page says of a contract's life."""

    ladder: Ladder
    picture: LadderPicture | None
    events: tuple[EventShown, ...]
    changes: str
    asks: tuple[Asked, ...]
    doubts: tuple[str, ...]
    #: With VAT, at the maximum; blank where it cannot be said.
    gross: str
    lots: tuple[LotLine, ...] = ()


@dataclass(frozen=True)
class Told:
    """On which day, and how much of the amounts, the reader is told."""

    today: date
    withheld: bool = False
    #: Whether the sum of its approval may be told.
    sum_open: bool = True
    #: The approvals of which the reader may not know.
    kept_back: frozenset[int] = frozenset()


def life_of(
    session: Session, found: Contract, settings: Settings, call_offs: Sequence[ContractLine], told: Told
) -> Life:
    today = told.today
    climbed = ladder.ladder(_as_told(climb_of(found, settings), told))
    if climbed.allowed and not told.sum_open:
        climbed = replace(climbed, allowed="The sum approved is exempt")
    facts = facts_of(found, vat_rates(session, today))
    if told.withheld:
        facts = replace(facts, gross=None, net=None)
    return Life(
        ladder=climbed,
        picture=ladder.picture(climbed, today=today),
        events=tuple(_events(found, told.kept_back)),
        changes="" if told.withheld else modifications.said(changed_so_far(found)),
        asks=regime.what_it_switches_on(found.regime, facts, sums(session, today)),
        doubts=regime.doubts(found.regime, facts, found.reserved_to),
        gross=pounds(facts.gross) if facts.gross is not None else "",
        lots=lots_of(found, call_offs),
    )


# The ladder


def _as_told(climb: Climb, told: Told) -> Climb:
    """Without the amounts that the reader may not see, nor what would tell them."""
    allowed = climb.allowed
    if allowed is not None and not told.sum_open:
        allowed = replace(allowed, sum_allowed=None)
    if not told.withheld:
        return replace(climb, allowed=allowed)
    return replace(
        climb,
        awarded=None,
        happened=tuple(replace(one, value=None) for one in climb.happened),
        open=tuple(replace(one, option=replace(one.option, value=None)) for one in climb.open),
        lapsed=tuple(replace(one, option=replace(one.option, value=None)) for one in climb.lapsed),
        allowed=allowed,
    )


_LABELS = {EventKind.EXTENSION: "Extension", EventKind.VARIATION: "Variation"}


def climb_of(found: Contract, settings: Settings) -> Climb:
    lead, _ = reckoning.lead_of(found, settings.lead_times)
    numbers = {option.id: number for number, option in enumerate(found.options, 1)}
    approval = settling.approval_of(found)
    kept = [(one, OptionKept(one.id, numbers[one.id], settling.option_of(one))) for one in found.options]
    still_open = {one.id for one in settling.open_options(found)}
    return Climb(
        starts_on=found.starts_on,
        awarded_end_on=found.awarded_end_on,
        awarded=found.awarded_high,
        happened=tuple(_happened(event, numbers) for event in settling.moves_of(found) if _shows(event)),
        open=tuple(rung for one, rung in kept if one.id in still_open),
        lapsed=tuple(rung for one, rung in kept if one.lapsed and not one.taken),
        procurement_months=lead,
        decision_months=settings.lead_times.months_for(ProcurementKind.EXTENSION, None),
        allowed=_allowed(found) if approval else None,
        delegate=approval.delegate_post if approval else None,
        tolerance=settings.tolerance,
    )


def _shows(event: ContractEvent) -> bool:
    return event.ends_on is not None or event.value_change is not None


def _happened(event: ContractEvent, numbers: dict[int, int]) -> Happened:
    if event.option_id in numbers:
        label, state = f"Option {numbers[event.option_id]}", RungState.TAKEN
    else:
        label = _LABELS[event.kind]
        state = RungState.UNPLANNED if event.kind is EventKind.EXTENSION else RungState.VARIED
    return Happened(label, state, event.effective_on, event.ends_on, event.value_change)


def _allowed(found: Contract) -> Allowed | None:
    approval = settling.approval_of(found)
    if approval is None:
        return None
    return Allowed(
        approval.reference, approval.sum_allowed, approval.latest_end_on, allows_options=approval.allows_options
    )


# The changes since award


def changed_so_far(found: Contract, but: ContractEvent | None = None) -> Changed:
    """Variations and unplanned extensions on record, but for the one in hand."""
    events = [one for one in settling.moves_of(found) if one.option_id is None and one is not but]
    this = but.value_change if but is not None and but.option_id is None else None
    return Changed(found.awarded_high, tuple(one.value_change for one in events if one.value_change is not None), this)


def term_changed(found: Contract, was: date | None) -> str:
    """By how much the end moves, against the longest term provided for on award."""
    now = settling.term_of(found).current_end_on
    longest = _longest_awarded(found)
    if was is None or now is None or was == now or longest is None:
        return ""
    months = months_and_days(min(was, now), max(was, now))[0]
    return modifications.term_said(months if now > was else -months, longest)


def _longest_awarded(found: Contract) -> int | None:
    options = tuple(settling.option_of(one) for one in found.options)
    length = terms.latest_length(Term(found.starts_on, found.awarded_end_on, options=options))
    return length[0] if length else None


def _events(found: Contract, kept_back: frozenset[int]) -> list[EventShown]:
    struck = settling.struck_out(found)
    numbers = {option.id: number for number, option in enumerate(found.options, 1)}
    return [
        EventShown(
            id=one.id,
            what=_what(one, numbers),
            effective_on=one.effective_on,
            ends_on=one.ends_on,
            value_change=one.value_change,
            annual_change=one.annual_change,
            told=tuple(_told(one, kept_back)),
            told_amounts=tuple(_corrected(one, amounts=True)),
            reason=one.reason,
            by=one.recorded_by,
            struck=one.id in struck,
            may_be_struck=one.kind.moves and one.id not in struck,
        )
        for one in found.events
    ]


def _what(event: ContractEvent, numbers: dict[int, int]) -> str:
    words = event.kind.value.capitalize()
    if event.corrects_id is not None:
        return "Correction: an event struck out"
    number = numbers.get(event.option_id or 0)
    if number is None:
        return f"{words}, outside the options" if event.kind is EventKind.EXTENSION else words
    return f"{words}: option {number}"


def _told(event: ContractEvent, kept_back: frozenset[int]) -> list[str]:
    told = [*_corrected(event, amounts=False)]
    if event.scope_change:
        told.append(f"What is supplied: {event.scope_change}")
    if event.provider_joined:
        does = f"takes over from {event.provider_left}" if event.provider_left else "joins"
        told.append(f"{event.provider_joined} {does}")
    if event.ground:
        told.append(f"Ground: {event.ground}")
    if event.uk10_needed is not None:
        answer = "needed" if event.uk10_needed else "not needed"
        told.append(f"Contract change notice (UK10) {answer}: {event.uk10_reason}")
    if event.notice_given_on:
        told.append(f"Provider given notice on {day(event.notice_given_on)}")
    if event.approval is not None and event.approval.id not in kept_back:
        told.append(f"Through decision {event.approval.reference}: {event.approval.title}")
    if event.decision_reference:
        told.append(f"Decision {event.decision_reference}")
    return told


_AWARDED_WORDS = {
    "starts_on": "Start",
    "awarded_end_on": "End as awarded",
    "awarded_low": "Value as awarded, low end",
    "awarded_high": "Value as awarded, high end",
    "annual_low": "Annual value, low end",
    "annual_high": "Annual value, high end",
}
_DAYS = frozenset({"starts_on", "awarded_end_on"})


def _corrected(event: ContractEvent, *, amounts: bool) -> list[str]:
    """Old beside new, as the correction kept it."""
    return [f"{words}: was {was}, is {now}" for words, was, now in beside(event, amounts=amounts)]


def _as_written(column: str, value: str | None) -> str:
    if value is None:
        return "blank"
    return day(date.fromisoformat(value)) if column in _DAYS else pounds(Decimal(value))


def beside(event: ContractEvent, *, amounts: bool | None = None) -> list[tuple[str, str, str]]:
    """Old beside new of a correction: the words of what was awarded, what it was, what it is. A single figure once."""
    corrected = event.corrected or {}
    told = []
    for column, (was, now) in corrected.items():
        single = corrected.get(column.replace("_low", "_high")) == [was, now]
        if (single and column.endswith("_low")) or (amounts is not None and (column in _DAYS) is amounts):
            continue
        both = single and corrected.get(column.replace("_high", "_low")) == [was, now]
        words = _AWARDED_WORDS[column].removesuffix(", high end") if both else _AWARDED_WORDS[column]
        told.append((words, _as_written(column, was), _as_written(column, now)))
    return told


def option_of_contract(found: Contract, option_id: int) -> ExtensionOption | None:
    return next((option for option in found.options if option.id == option_id), None)


def event_of_contract(found: Contract, event_id: int) -> ContractEvent | None:
    return next((event for event in found.events if event.id == event_id), None)


# The regime


def facts_of(found: Contract, rates: VatRates) -> Facts:
    return Facts(
        began_on=found.procurement_began_on,
        framework=found.form is ContractForm.FRAMEWORK,
        call_off=found.form is ContractForm.CALL_OFF,
        concession=found.concession,
        gross=gross_of(found, rates),
        net=found.maximum_high if found.maximum_high is not None else found.whole_life_figure,
    )


def gross_of(found: Contract, rates: VatRates) -> Decimal | None:
    """With VAT and every option, where the treatment is recorded: what the Act's sums are held against."""
    net = found.maximum_high if found.maximum_high is not None else found.whole_life_figure
    return gross(net, found.vat_treatment, rates)


def vat_rates(session: Session, today: date) -> VatRates:
    return VatRates(
        standard=council.value_on(session, catalogue.VAT_STANDARD, today),
        reduced=council.value_on(session, catalogue.VAT_REDUCED, today),
    )


def sums(session: Session, today: date) -> Sums:
    return Sums(
        large=council.value_on(session, catalogue.COPY_OVER, today),
        indicators=council.value_on(session, catalogue.INDICATORS_OVER, today),
        payment=council.value_on(session, catalogue.PAYMENT_OVER, today),
        code=council.value_on(session, catalogue.CODE_OVER, today),
    )


# Lots


def lots_of(found: Contract, call_offs: Sequence[ContractLine]) -> tuple[LotLine, ...]:
    """A framework's lots, from its providers and its call-offs; none where nothing names one."""
    providers: dict[str, list[str]] = defaultdict(list)
    for entry in found.providers:
        providers[entry.lot or ""].append(entry.provider.name)
    under: dict[str, list[ContractLine]] = defaultdict(list)
    for line in call_offs:
        under[line.lot].append(line)
    names = sorted({*providers, *under} - {""})
    if not names:
        return ()
    if "" in under:
        names.append("")
    return tuple(
        LotLine(
            lot=name or "No lot recorded",
            providers=", ".join(dict.fromkeys(providers[name] if name else [])) or _of_lines(under[name]),
            call_offs=len(under[name]),
            value=_value(under[name]),
        )
        for name in names
    )


def _of_lines(lines: Sequence[ContractLine]) -> str:
    return ", ".join(dict.fromkeys(line.providers for line in lines)) or "None named"


def _value(lines: Sequence[ContractLine]) -> str:
    """The sum of what is known and open to the reader, with how many are left out."""
    known = [line.amount for line in lines if line.amount is not None]
    left_out = len(lines) - len(known)
    if not known:
        return "Not known" if lines else "None yet"
    return pounds(sum(known, Decimal(0))) + (f", {left_out} left out" if left_out else "")
