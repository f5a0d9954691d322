"""The change history: written with every change, in the same transaction, and never altered."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.core import audit, clock
from app.core.audit import Action, Actor, Change
from app.council.models import Directorate, Division

ADA = Actor(7, "Ada Auditor")


@pytest.fixture
def directorate(session: Session) -> Directorate:
    audit.act_as(session, ADA)
    directorate = Directorate(name="Growth")
    session.add(directorate)
    session.flush()
    return directorate


def lines(session: Session, directorate: Directorate) -> list[Change]:
    return list(session.scalars(audit.history_of("directorate", directorate.id)))


def test_a_change_says_who_when_what_old_new_and_why(session: Session, directorate: Directorate) -> None:
    before = clock.now()
    audit.act_as(session, ADA, reason="The restructure of February")
    directorate.name = "Growth and Transport"
    session.flush()
    line = lines(session, directorate)[0]
    assert (line.actor_id, line.actor_name, line.reason) == (7, "Ada Auditor", "The restructure of February")
    assert line.action is Action.CHANGED
    assert line.fields["name"] == ["Growth", "Growth and Transport"]
    assert before <= line.at <= clock.now()


def test_the_old_value_is_known_even_after_a_commit_let_go_of_it(session: Session, directorate: Directorate) -> None:
    session.commit()
    directorate.name = "Place"
    session.flush()
    assert lines(session, directorate)[0].fields["name"] == ["Growth", "Place"]


def test_a_first_value_is_a_change_from_nothing(session: Session, directorate: Directorate) -> None:
    directorate.director_post = "Corporate Director"
    session.flush()
    assert lines(session, directorate)[0].fields == {"director_post": [None, "Corporate Director"]}


def test_setting_the_same_value_again_is_no_change(session: Session, directorate: Directorate) -> None:
    session.commit()
    directorate.name = "Growth"
    session.flush()
    assert len(lines(session, directorate)) == 1


def test_a_part_is_told_on_the_page_of_the_whole(session: Session, directorate: Directorate) -> None:
    session.add(Division(name="Highways", directorate=directorate))
    session.flush()
    line = lines(session, directorate)[0]
    assert (line.part, line.action, line.record_id) == ("division", Action.ADDED, directorate.id)


def test_what_is_rolled_back_leaves_no_history(session: Session, directorate: Directorate) -> None:
    session.commit()
    directorate.name = "Never kept"
    session.flush()
    session.rollback()
    assert len(lines(session, directorate)) == 1


@pytest.mark.parametrize(
    "alteration",
    [
        pytest.param(update(Change).values(actor_name="Somebody else"), id="rewriting who"),
        pytest.param(delete(Change), id="removing lines"),
    ],
)
def test_history_cannot_be_altered(session: Session, directorate: Directorate, alteration: object) -> None:
    assert lines(session, directorate)
    with pytest.raises(DBAPIError, match="never altered"), session.begin_nested():
        session.execute(alteration)  # type: ignore[call-overload]  # an update and a delete
    assert session.scalars(select(Change.actor_name).distinct()).all() == ["Ada Auditor"]
