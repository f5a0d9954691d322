"""What a planner chooses from: contracts and arrangements over the threshold, near it, chosen, or not to be told."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from app.annexes import wording
from app.annexes.items import Item
from app.annexes.models import AnnexChoice
from app.annexes.queries.contracts import commissioned
from app.annexes.queries.scope import Scope
from app.core.rights import Permission, Reader
from app.register.sentence import providers_in_words
from app.register.thresholds import Answer

#: This much of the threshold is near it.
NEAR = Decimal("0.75")


@dataclass(frozen=True)
class Candidate:
    """One contract or arrangement, as far as this reader may see it."""

    title: str
    ref: str
    record: str
    #: Where it is chosen: "contract/12", "arrangement/3".
    key: str
    providers: str
    #: In words: "£1.2m whole life", "Exempt".
    value: str
    #: Why the threshold says what it says; blank for an exempt amount.
    working: str
    prints: bool
    answer: Answer
    choice: AnnexChoice | None
    may_choose: bool
    #: The contract's number where it stands in no arrangement, and so can be grouped.
    groups: int | None
    #: How many contracts an arrangement counts as one; 0 for a contract.
    grouped: int

    @property
    def colour(self) -> str:
        return {Answer.OVER: "blue", Answer.NOT_OVER: "grey", Answer.CANNOT_TELL: "yellow"}[self.answer]


@dataclass(frozen=True)
class Candidates:
    """Under the headings of the page."""

    printed: tuple[Candidate, ...]
    left_out: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    not_told: tuple[Candidate, ...]


def candidates(scope: Scope, reader: Reader) -> Candidates:
    found = commissioned(replace(scope, look_from=NEAR))
    items = [item for item in found.items if scope.holds(item.directorate_id) and _may_see(item, scope, reader)]
    every = [(item, _candidate(item, reader)) for item in sorted(items, key=lambda item: (item.title, item.record))]
    near = NEAR * scope.threshold.amount
    return Candidates(
        printed=tuple(one for item, one in every if item.prints),
        left_out=tuple(one for item, one in every if item.choice and not item.prints),
        near=tuple(one for item, one in every if _is_near(item, near)),
        not_told=tuple(
            one for item, one in every if not item.choice and not item.prints and item.answer is Answer.CANNOT_TELL
        ),
    )


def _may_see(item: Item, scope: Scope, reader: Reader) -> bool:
    return not scope.waits(item.embargoed_until) or _keeps(item, reader)


def _keeps(item: Item, reader: Reader) -> bool:
    return reader.exempt_units.include(item.directorate_id, item.division_id)


def _is_near(item: Item, near: Decimal) -> bool:
    figure = item.figure.high
    is_under = not item.choice and not item.prints and item.answer is Answer.NOT_OVER
    return is_under and figure is not None and figure >= near


def _candidate(item: Item, reader: Reader) -> Candidate:
    hidden = item.exempt_ground is not None and not _keeps(item, reader)
    kind, number = ("arrangement", item.arrangement.id) if item.arrangement else ("contract", item.first.id)
    return Candidate(
        title=item.title,
        ref=item.reference or item.own_ref,
        record=item.record,
        key=f"{kind}/{number}",
        providers=providers_in_words([provider.name for provider in item.providers]),
        value="Exempt" if hidden else "; ".join(_amounts(item)) or "Not known",
        working="" if hidden else item.passing.working,
        prints=item.prints,
        answer=item.answer,
        choice=item.choice,
        may_choose=reader.may_in(Permission.MAKE_ANNEXES, item.directorate_id, item.division_id),
        groups=None if item.arrangement else item.first.id,
        grouped=len(item.parts) if item.arrangement else 0,
    )


def _amounts(item: Item) -> Iterator[str]:
    if item.current:
        yield f"{wording.between(item.current)} whole life"
    if item.annual:
        yield f"{wording.between(item.annual)} a year"
