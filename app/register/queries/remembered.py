"""Answers kept until the next commit: counts and sums over the whole register, the order of a long list.

And those kept for a page: what several kinds of finding ask alike.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from threading import Lock
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Select, event, func, select
from sqlalchemy.orm import Session, aliased

from app.core.audit import Change
from app.register.models import Contract

T = TypeVar("T")
#: So many of the latest changes are counted.
RECENT = 1_000


def _latest() -> Select[Any]:
    """The latest change, how many of the latest there are, and the latest contract."""
    newest, other, one = aliased(Change), aliased(Change), aliased(Change)
    recent = select(func.max(other.id)).scalar_subquery() - RECENT
    many = select(func.count()).select_from(one).where(one.id > recent).scalar_subquery()
    contract = select(func.max(Contract.id)).scalar_subquery()
    last = select(newest.act).order_by(newest.id.desc()).limit(1).scalar_subquery()
    return select(select(func.max(Change.id)).scalar_subquery(), last, many, contract)


#: Put together once: that takes longer than running it.
_LATEST: Callable[[], Select[Any]] = lru_cache(maxsize=1)(_latest)


def stamp_of(session: Session) -> Hashable:
    """What differs after every commit: nothing is stored without a line in the change history.

    PostgreSQL hands out numbers before it commits, so a smaller one may come after a larger: a late one among the
    latest shows by their count. SQLite writes one transaction at a time.
    """
    return id(session.get_bind().engine), *session.execute(_LATEST()).one()


class Remembered(Generic[T]):
    """The latest answers, the least used forgotten first; those of before the last change at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[Hashable, Hashable], T] = OrderedDict()
        self._lock = Lock()

    def known(self, stamp: Hashable, key: Hashable) -> T | None:
        """What is remembered, if anything is: nothing is read."""
        with self._lock:
            return self._kept.get((stamp, key))

    def get(self, stamp: Hashable, key: Hashable, load: Callable[[], T]) -> T:
        whole = (stamp, key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return self._kept[whole]
        answer = load()
        with self._lock:
            for old in [one for one in self._kept if one[0] != stamp]:
                del self._kept[old]
            self._kept[whole] = answer
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer


ONCE = "asked_once"


def once(session: Session, key: Hashable, load: Callable[[], T]) -> T:
    """Read once in a session, until something is written in it or the transaction ends."""
    known = session.info.setdefault(ONCE, {})
    if key not in known:
        known[key] = load()
    return cast("T", known[key])


def _forget(session: Session, *_rest: object) -> None:
    session.info.pop(ONCE, None)


for _moment in ("after_flush", "after_commit", "after_rollback"):
    event.listen(Session, _moment, _forget)
