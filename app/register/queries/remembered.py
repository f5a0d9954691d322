"""Answers kept until the next commit: counts and sums over the whole register, the order of a long list."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session, aliased

from app.core.audit import Change
from app.register.models import Contract

T = TypeVar("T")
#: So many of the latest changes are counted.
RECENT = 1_000


def stamp_of(session: Session) -> Hashable:
    """What differs after every commit: nothing is stored without a line in the change history.

    PostgreSQL hands out numbers before it commits, so a smaller one may come after a larger: a late one among the
    latest shows by their count. SQLite writes one transaction at a time.
    """
    latest = select(Change.id, Change.act, _recent_ones()).order_by(Change.id.desc()).limit(1)
    seen = session.execute(latest).first()
    return id(session.get_bind().engine), session.scalar(select(func.max(Contract.id))), tuple(seen or ())


def _recent_ones() -> ScalarSelect[int]:
    other = aliased(Change)
    newest = select(func.max(other.id)).scalar_subquery()
    one = aliased(Change)
    return select(func.count()).select_from(one).where(one.id > newest - RECENT).scalar_subquery()


class Remembered(Generic[T]):
    """The latest answers, the least used forgotten first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, stamp: Hashable, key: Hashable, load: Callable[[], T]) -> T:
        whole = (stamp, key)
        with self._lock:
            if whole in self._kept:
                self._kept.move_to_end(whole)
                return self._kept[whole]
        answer = load()
        with self._lock:
            self._kept[whole] = answer
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return answer
