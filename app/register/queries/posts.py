"""Which records name a post, and who holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.models import Person
from app.core.audit import Change
from app.core.posts import PostPlace, places
from app.core.rights import Reader
from app.core.text import fold


@dataclass(frozen=True)
class PostInUse:
    """One post as records name it, however it is spelt, and who holds it."""

    post: str
    #: How many records name it, by the place's code.
    counts: Mapping[str, int]
    holders: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def words(self) -> tuple[tuple[int, str], ...]:
        """How many of each kind: (3, "contracts")."""
        found = ((self.counts.get(place.code, 0), place) for place in places())
        return tuple((number, place.one if number == 1 else place.many) for number, place in found if number)


@dataclass(frozen=True)
class Named:
    """One record that names the post."""

    place: PostPlace
    id: int
    title: str
    url: str
    post: str
    #: Whether this reader may change it.
    mine: bool

    @property
    def key(self) -> str:
        return f"{self.place.code}-{self.id}"


def posts_in_use(session: Session, reader: Reader, today: date) -> list[PostInUse]:
    """Every post that an open record names, by name."""
    spelt: dict[str, str] = {}
    counts: dict[str, dict[str, int]] = {}
    for place in places():
        rows = place.rows(reader, today).subquery()
        post = list(rows.c)[-1]
        for name, number in session.execute(select(post, func.count()).group_by(post).order_by(post)):
            key = fold(name)
            spelt.setdefault(key, name)
            of_kind = counts.setdefault(key, {})
            of_kind[place.code] = of_kind.get(place.code, 0) + number
    held = holders(session)
    return [PostInUse(spelt[key], counts[key], held.get(key, ())) for key in sorted(spelt)]


def post_in_use(session: Session, post: str, reader: Reader, today: date) -> PostInUse:
    """One of them; with no counts where nothing names it."""
    found = (one for one in posts_in_use(session, reader, today) if fold(one.post) == fold(post))
    return next(found, PostInUse(post, {}, holders(session).get(fold(post), ())))


def holders(session: Session) -> dict[str, tuple[str, ...]]:
    """Who holds each post, folded; a leaver holds none."""
    people = session.execute(
        select(Person.name, Person.post)
        .where(Person.left_at.is_(None), Person.post.is_not(None))
        .order_by(Person.name, Person.id)
    )
    found: dict[str, tuple[str, ...]] = {}
    for name, post in people:
        found[fold(post or "")] = (*found.get(fold(post or ""), ()), name)
    return found


def naming(session: Session, post: str, reader: Reader, today: date) -> list[Named]:
    """The records that name the post, however it is spelt, kind by kind, by title."""
    found: list[Named] = []
    for place in places():
        rows = place.rows(reader, today).subquery()
        number, title, *_, named = rows.c
        spellings = [one for one in session.scalars(select(named).distinct()) if fold(one) == fold(post)]
        units = reader.units_for(place.needs)
        query = select(rows).where(named.in_(spellings)).order_by(func.lower(title), number)
        found.extend(
            Named(place, row[0], row[1], row[2], row[5], mine=units.include(row[3], row[4]))
            for row in session.execute(query)
        )
    return found


def known_posts(session: Session, reader: Reader, today: date) -> list[str]:
    """Posts people hold or records name: what may take over."""
    people = session.scalars(select(Person.post).where(Person.left_at.is_(None), Person.post.is_not(None)))
    names = {fold(one): one for one in people if one}
    names |= {fold(one.post): one.post for one in posts_in_use(session, reader, today)}
    return sorted(names.values(), key=fold)


def earlier_posts(session: Session, person_id: int) -> list[str]:
    """Posts the person held under another name or before, the latest first."""
    lines = session.scalars(
        select(Change).where(Change.part == "person", Change.part_id == person_id).order_by(Change.id.desc())
    )
    old = (line.fields["post"][0] for line in lines if "post" in line.fields)
    return list(dict.fromkeys(one for one in old if isinstance(one, str) and one))
