"""Giving everything that names a post to another post, in one act."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.core.audit import give_reason
from app.core.errors import Refusal
from app.register.commands.bulk.acts import CHANGED_SINCE, NOT_YOURS, Acting, Left, keep_act
from app.register.models import BulkChange, BulkKind
from app.register.queries.posts import Named, naming

#: Places whose code is also the kind of record in the history.
NAMED_BY_THEIR_PLACE = frozenset({"contract", "service"})


@dataclass(frozen=True)
class Giving:
    """One record that would name another post."""

    record: Named
    to: str


@dataclass(frozen=True)
class Reassignment:
    """What a reassignment would do."""

    post: str
    giving: tuple[Giving, ...]
    #: Not chosen, or not this person's to change.
    left: tuple[tuple[Named, str], ...]
    #: Chosen by what the person was shown, and no longer there: changed by somebody else meanwhile.
    gone: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """As "Head of Waste: to Head of Environment (12), to Waste Manager (1)"."""
        counts: dict[str, int] = {}
        for one in self.giving:
            counts[one.to] = counts.get(one.to, 0) + 1
        return f"{self.post}: to " + ", to ".join(f"{post} ({number:,})" for post, number in counts.items())


def plan_reassignment(
    session: Session,
    post: str,
    to: str | None,
    acting: Acting,
    today: date,
    *,
    others: Mapping[str, str],
    chosen: Collection[str] | None,
) -> Reassignment:
    """``others`` names another post for a record by its key; ``chosen`` are the keys ticked, None for all."""
    giving: list[Giving] = []
    left: list[tuple[Named, str]] = []
    there = naming(session, post, acting.reader, today)
    for one in there:
        new = " ".join((others.get(one.key) or to or "").split())
        if not one.mine:
            left.append((one, NOT_YOURS))
        elif chosen is not None and one.key not in chosen:
            left.append((one, "Not chosen"))
        elif not new:
            raise Refusal(f"Say which post takes over {one.title}, or which takes over all", field="to")
        elif new == one.post:
            left.append((one, "It names that post already"))
        else:
            giving.append(Giving(one, new))
    if not giving:
        raise Refusal("Nothing would change: choose records that are yours, and another post", field="to")
    gone = sorted(set(chosen or ()) - {one.key for one in there})
    return Reassignment(post, tuple(giving), tuple(left), tuple(gone))


def reassign(session: Session, plan: Reassignment, acting: Acting) -> BulkChange:
    """Do it in this transaction. A record that names another post by now is left, and told."""
    give_reason(session, acting.reason)
    changed, left = 0, list(_left(plan))
    for one in plan.giving:
        record = session.get(one.record.place.model, one.record.id, with_for_update=True)
        if record is None:
            continue
        one.record.place.give(record, one.to)
        changed += 1
    return keep_act(session, BulkKind.REASSIGNMENT, plan.summary, acting, changed=changed, left=left)


def _left(plan: Reassignment) -> Iterator[Left]:
    """What a page can name by its history's kind: contracts and services."""
    yield from ((one.place.code, one.id, why) for one, why in plan.left if one.place.code in NAMED_BY_THEIR_PLACE)
    for key in plan.gone:
        code, _, number = key.partition("-")
        if code in NAMED_BY_THEIR_PLACE and number.isdigit():
            yield code, int(number), CHANGED_SINCE
