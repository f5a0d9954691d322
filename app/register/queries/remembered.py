"""Answers kept until the next commit: counts and sums over the whole register, the order of a long list."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session

from app.core.audit import Change
from app.register.models import Contract

T = TypeVar("T")


def stamp_of(session: Session) -> Hashable:
    """What differs after every commit.

    PostgreSQL hands out numbers before it commits, so a smaller one may come later: its snapshot says what has ended.
    """
    bind = session.get_bind()
    latest = select(Change.id, Change.act).order_by(Change.id.desc()).limit(1)
    newest = session.scalar(select(func.max(Contract.id)))
    seen = session.execute(latest).first()
    ended = select(cast(func.pg_current_snapshot(), Text)) if bind.dialect.name == "postgresql" else None
    return id(bind.engine), newest, tuple(seen or ()), session.scalar(ended) if ended is not None else None


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
