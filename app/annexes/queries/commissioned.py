"""Annex 2: commissioned services over the threshold, each contract or arrangement once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from app.annexes import wording
from app.annexes.items import Item
from app.annexes.queries.contracts import Commissioned
from app.annexes.queries.scope import Scope
from app.council import queries as council
from app.register.models import SocialValueCommitment
from app.register.thresholds import Answer
from reports.annex_commissioned import Annex2Row
from reports.annex_set import Gap
from reports.values import Money


@dataclass(frozen=True)
class Known:
    """What the rows of several annexes say of each other, looked up by key."""

    #: By item: its reference in Annex 2.
    refs: Mapping[Item, str]
    #: By service: name and place.
    services: Mapping[int, tuple[str, int]]
    #: Providers that the register keeps as trading companies.
    companies: frozenset[int]
    #: By contract, and by arrangement: the Annex 3 reference of what comes next.
    next_for_contract: Mapping[int, str] = field(default_factory=dict)
    next_for_arrangement: Mapping[int, str] = field(default_factory=dict)
    #: By contract: its reference in Annex 4.
    agreements: Mapping[int, str] = field(default_factory=dict)

    def next_decision(self, item: Item) -> str:
        if item.arrangement and (ref := self.next_for_arrangement.get(item.arrangement.id)):
            return ref
        return next((self.next_for_contract[number] for number in _ids(item) if number in self.next_for_contract), "")

    def agreement_ref(self, item: Item) -> str:
        return next((self.agreements[number] for number in _ids(item) if number in self.agreements), "")


def _ids(item: Item) -> list[int]:
    return [part.contract.id for part in item.live]


def rows(scope: Scope, found: Commissioned, known: Known) -> tuple[Annex2Row, ...]:
    """The printed rows of these directorates."""
    outcomes = {outcome.id: outcome.name for outcome in council.outcomes(scope.session)}
    promising = _with_commitments(scope)
    return tuple(
        _row(item, scope, known, outcomes, has_social_value=not promising.isdisjoint(_ids(item)))
        for item in found.printed
        if scope.holds(item.directorate_id)
    )


def _with_commitments(scope: Scope) -> frozenset[int]:
    query = select(SocialValueCommitment.contract_id).where(SocialValueCommitment.withdrawn_reason.is_(None))
    return frozenset(number for number in scope.session.scalars(query) if number is not None)


def _row(item: Item, scope: Scope, known: Known, outcomes: Mapping[int, str], *, has_social_value: bool) -> Annex2Row:
    service, place = known.services.get(item.lead_service_id or 0, ("", 0))
    exempt = item.exempt_ground
    outcome_ids = {part.contract.outcome_id for part in item.live if part.contract.outcome_id}
    included = item.choice.reason if item.choice and not item.passing.is_over else ""
    return Annex2Row(
        unit=scope.unit(item.directorate_id, item.division_id),
        ref=known.refs[item],
        service=service,
        service_order=place,
        title=item.title,
        providers=wording.parties(item.providers, known.companies),
        starts_on=item.starts_on,
        current_end_on=item.ends_on,
        latest_end_on=item.latest_end_on,
        length=wording.length(item),
        annual=wording.money(item.annual, exempt=exempt) if item.annual else None,
        total=_total(item),
        maximum=_maximum(item),
        basis=wording.basis(item),
        outcome="; ".join(sorted(outcomes[number] for number in outcome_ids if number in outcomes)),
        next_decision=known.next_decision(item),
        note=wording.note(item, included=included),
        footnotes=wording.footnotes(item),
        agreement_ref=known.agreement_ref(item),
        has_social_value=has_social_value,
        record=item.record,
        embargoed_until=item.embargoed_until,
    )


def _total(item: Item) -> Money | None:
    """Nothing where only an annual value is said; a blank with its reason where neither is."""
    if item.current is None and item.annual is not None:
        return None
    return wording.money(item.current, exempt=item.exempt_ground, why_blank=wording.why_blank(item))


def _maximum(item: Item) -> Money | None:
    if item.maximum is None:
        return None
    return wording.money(item.maximum, exempt=item.exempt_ground, at_least=item.maximum_at_least)


# Gaps


def gaps(scope: Scope, found: Commissioned, known: Known) -> Iterator[tuple[int, Gap]]:
    """What to mend, with the directorate to mend it; no amount is named, for exempt ones could be."""
    for item in found.items:
        if scope.holds(item.directorate_id) and not scope.waits(item.embargoed_until):
            for problem, keeps_out in _problems(item):
                yield item.directorate_id, Gap(_named(item, known), problem, keeps_out, item.record)


def _named(item: Item, known: Known) -> str:
    return f"{known.refs.get(item) or item.reference or item.own_ref}, {item.title}"


def _problems(item: Item) -> Iterator[tuple[str, bool]]:
    if item.answer is Answer.CANNOT_TELL and item.choice is None:
        yield _why_not_told(item), True
    if not item.prints:
        return
    if not item.service_ids:
        yield "Service not assigned: name the service it delivers, so that Annex 1 shows it.", False
    if not item.providers:
        yield "No provider recorded.", False
    if item.lacks_end:
        yield "No end date recorded: enter one, or say that it is rolling.", False
    if item.unvalued:
        yield f"{item.unvalued} of its contracts have no whole-life value, so the total leaves them out.", False


def _why_not_told(item: Item) -> str:
    if item.figure.at_least:
        return "Not over the threshold as far as is known: an option or a contract in it has no value. Enter it."
    if item.annual is not None:
        return "An annual value without a term cannot be tested: enter the end, or a whole-life value."
    return "No value recorded, so it cannot be tested against the threshold: enter one, or an estimate."
