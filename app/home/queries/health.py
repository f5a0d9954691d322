"""Whether the register can serve: is the database there, and are its tables those this version needs."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from config import ROOT


@dataclass(frozen=True)
class Health:
    """What a monitoring system asks."""

    database_reachable: bool
    #: The migration the database stands at, and the one this version was written for.
    migration: str | None
    wanted: str

    @property
    def is_well(self) -> bool:
        return self.database_reachable and self.migration == self.wanted


def wanted_migration() -> str:
    return (ROOT / "migrations" / "head.txt").read_text(encoding="utf-8").strip()


def health_of(session: Session) -> Health:
    wanted = wanted_migration()
    try:
        session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        session.rollback()
        return Health(database_reachable=False, migration=None, wanted=wanted)
    return Health(database_reachable=True, migration=stands_at(session), wanted=wanted)


def stands_at(session: Session) -> str | None:
    """The database's migration; None where there are no tables yet."""
    try:
        found = session.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError:
        session.rollback()
        return None
    return str(found) if found else None
