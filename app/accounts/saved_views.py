"""Views of lists that people keep: saved under a name, shared or not, one of them the page to start at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode, urlsplit

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from app.accounts.models import ChosenColumns, Person, SavedView, StartPage
from app.core.errors import Refusal
from app.core.text import fold

#: The lists that can be kept a view of, and what they are called.
LISTS: Mapping[str, str] = {
    "/contracts": "Contracts",
    "/services": "Services",
    "/providers": "Providers",
    "/arrangements": "Arrangements",
    "/trading-companies": "Trading companies",
    "/social-value": "Social value",
    "/forthcoming": "Forthcoming",
    "/decisions": "Decisions",
    "/approvals": "Decisions taken",
    "/to-do": "What needs doing",
    "/timeline": "Timeline",
}
LONGEST_QUERY = 2_000
#: Removed views that are offered to be put back.
PUT_BACK = 5


@dataclass(frozen=True)
class ViewShown:
    """A saved view as a list or the front page offers it."""

    id: int
    name: str
    address: str
    list_name: str
    shared: bool
    #: Whose it is, where it is somebody else's.
    owner: str | None
    starts: bool


def list_of(path: str) -> str | None:
    """The list an address belongs to: "/to-do/confirm" to "/to-do"."""
    return next((one for one in LISTS if path == one or path.startswith(f"{one}/")), None)


def understood_address(address: str) -> tuple[str, str]:
    """Path and query of a list of ours; the page one stood on is no part of a view. Refuse anything else."""
    parts = urlsplit(address.strip())
    here = not parts.scheme and not parts.netloc and parts.path.startswith("/") and parts.path.isprintable()
    if not here or parts.path.startswith("//") or "\\" in parts.path or list_of(parts.path) is None:
        raise Refusal("Open a list, such as Contracts, and save the view from there")
    asked = [(name, value) for name, value in parse_qsl(parts.query) if name != "page"]
    query = urlencode(asked)
    if len(query) > LONGEST_QUERY:
        raise Refusal("These filters are too long to keep: take some away")
    return parts.path, query


# Reading


def views_seen(session: Session, person_id: int | None, list_path: str | None = None) -> list[ViewShown]:
    """One's own views, then those others share, by name."""
    mine = SavedView.person_id == person_id
    query = (
        select(SavedView, Person.name, StartPage.id)
        .join(Person, Person.id == SavedView.person_id)
        .outerjoin(StartPage, (StartPage.view_id == SavedView.id) & (StartPage.person_id == person_id))
        .where(SavedView.removed_at.is_(None), or_(mine, SavedView.shared.is_(True)))
        .where(*([_of_list(list_path)] if list_path else []))
        .order_by(mine.desc(), SavedView.name_key, SavedView.id)
    )
    return [
        ViewShown(
            view.id,
            view.name,
            view.address,
            LISTS[list_of(view.list_path) or "/contracts"],
            view.shared,
            None if view.person_id == person_id else owner,
            start is not None,
        )
        for view, owner, start in session.execute(query)
    ]


def _of_list(list_path: str) -> ColumnElement[bool]:
    return SavedView.list_path == list_path


def own_view(session: Session, view_id: int, person_id: int | None, *, removed: bool = False) -> SavedView:
    """One of one's own; not found where it is somebody else's."""
    query = select(SavedView).where(SavedView.id == view_id, SavedView.person_id == person_id)
    return session.scalars(
        query.where(SavedView.removed_at.is_not(None) if removed else SavedView.removed_at.is_(None))
    ).one()


def seen_view(session: Session, view_id: int, person_id: int | None) -> SavedView:
    """One's own or a shared one."""
    mine = SavedView.person_id == person_id
    query = select(SavedView).where(SavedView.id == view_id, SavedView.removed_at.is_(None))
    return session.scalars(query.where(or_(mine, SavedView.shared.is_(True)))).one()


def removed_views(session: Session, person_id: int) -> list[SavedView]:
    """One's own, the last removed first, as far as anybody would put them back."""
    query = select(SavedView).where(SavedView.person_id == person_id, SavedView.removed_at.is_not(None))
    return list(session.scalars(query.order_by(SavedView.removed_at.desc(), SavedView.id.desc()).limit(PUT_BACK)))


def start_of(session: Session, person_id: int | None) -> str | None:
    """The address a person starts at, while the view is there and still open to them."""
    view = session.scalars(
        select(SavedView)
        .join(StartPage, StartPage.view_id == SavedView.id)
        .where(StartPage.person_id == person_id, SavedView.removed_at.is_(None))
        .where(or_(SavedView.person_id == person_id, SavedView.shared.is_(True)))
    ).one_or_none()
    return view.address if view else None


# Changing


def save_view(session: Session, person_id: int, *, name: str, address: str, shared: bool) -> SavedView:
    path, query = understood_address(address)
    _check_name(session, person_id, path, name)
    view = SavedView(person_id=person_id, name=name, list_path=path, query=query, shared=shared)
    session.add(view)
    session.flush()
    return view


def change_view(session: Session, view: SavedView, *, name: str, shared: bool) -> None:
    _check_name(session, view.person_id, view.list_path, name, but=view.id)
    view.name, view.shared = name, shared


def _check_name(session: Session, person_id: int, path: str, name: str, *, but: int | None = None) -> None:
    same = select(SavedView.id).where(
        SavedView.person_id == person_id, SavedView.list_path == path, SavedView.name_key == fold(name)
    )
    if any(found != but for found in session.scalars(same.where(SavedView.removed_at.is_(None)))):
        raise Refusal(f"You have a view called “{name}” of this list: give this one another name", field="name")


def remove_view(view: SavedView, *, now: datetime) -> None:
    view.removed_at = now


def restore_view(session: Session, view: SavedView) -> None:
    _check_name(session, view.person_id, view.list_path, view.name, but=view.id)
    view.removed_at = None


def start_at(session: Session, person_id: int, view: SavedView | None) -> None:
    """Start at this view from now on, or at the front page."""
    there = session.scalars(select(StartPage).where(StartPage.person_id == person_id)).one_or_none()
    if view is None:
        if there is not None:
            session.delete(there)
    elif there is None:
        session.add(StartPage(person_id=person_id, view_id=view.id))
    else:
        there.view_id = view.id


# Columns


def columns_chosen(session: Session, person_id: int | None, list_path: str) -> tuple[str, ...]:
    """The columns last chosen for a list; none where the usual ones stand."""
    query = select(ChosenColumns.columns).where(
        ChosenColumns.person_id == person_id, ChosenColumns.list_path == list_path
    )
    return tuple(name for name in (session.scalar(query) or "").split(",") if name)


def choose_columns(session: Session, person_id: int, list_path: str, columns: Sequence[str]) -> None:
    """Remember them; none means the usual ones."""
    query = select(ChosenColumns).where(ChosenColumns.person_id == person_id, ChosenColumns.list_path == list_path)
    there = session.scalars(query).one_or_none()
    if there is None:
        session.add(ChosenColumns(person_id=person_id, list_path=list_path, columns=",".join(columns)))
    else:
        there.columns = ",".join(columns)
