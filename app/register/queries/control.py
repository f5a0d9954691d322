"""The control tests of the companies the council owns: the latest, what it gives to look at, and all before it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, aliased

from app.council import queries as council
from app.council import settings
from app.register import control
from app.register.control import Flag, Found, Limits
from app.register.models import ControlTest

CORRECTION = aliased(ControlTest)


def limits_on(session: Session, day: date) -> Limits:
    return Limits(
        red=council.value_on(session, settings.CONTROL_RED, day),
        amber=council.value_on(session, settings.CONTROL_AMBER, day),
        months=council.value_on(session, settings.CONTROL_MONTHS, day),
    )


def found_by(test: ControlTest) -> Found:
    return Found(
        tested_on=test.tested_on,
        parent_undertaking=test.parent_undertaking,
        other_influence=test.other_influence,
        activity_share=test.activity_share,
        private_shares=test.private_shares,
        next_due_on=test.next_due_on,
        joint=bool(test.joint_owners),
        owners_on_board=test.owners_on_board,
    )


@dataclass(frozen=True)
class ControlShown:
    """What a company's page says of its control."""

    #: The latest that stands; None where nothing is recorded.
    latest: ControlTest | None
    due_on: date | None
    flags: tuple[Flag, ...]
    #: All of them, latest first, those corrected since included.
    tests: tuple[ControlTest, ...]
    #: Tests in whose place another stands, with that other.
    corrected_by: dict[int, ControlTest]


def control_shown(session: Session, provider_id: int, today: date) -> ControlShown:
    order = (ControlTest.tested_on.desc(), ControlTest.id.desc())
    tests = session.scalars(select(ControlTest).where(ControlTest.provider_id == provider_id).order_by(*order)).all()
    corrected_by = {test.corrects_id: test for test in tests if test.corrects_id is not None}
    latest = next((test for test in tests if test.id not in corrected_by), None)
    limits, found = limits_on(session, today), found_by(latest) if latest else None
    return ControlShown(
        latest=latest,
        due_on=control.due_on(found, limits) if found else None,
        flags=control.flags(found, limits, today=today),
        tests=tuple(tests),
        corrected_by=corrected_by,
    )


def flags_of(session: Session, provider_ids: Collection[int], today: date) -> dict[int, tuple[Flag, ...]]:
    """What the latest test of each of these companies gives to look at."""
    limits = limits_on(session, today)
    latest = {test.provider_id: test for test in session.scalars(_standing(provider_ids))}
    return {
        number: control.flags(found_by(latest[number]) if number in latest else None, limits, today=today)
        for number in provider_ids
    }


def _standing(provider_ids: Collection[int]) -> Select[ControlTest]:
    corrected = exists().where(CORRECTION.corrects_id == ControlTest.id)
    return (
        select(ControlTest)
        .where(ControlTest.provider_id.in_(provider_ids), ~corrected)
        .order_by(ControlTest.tested_on, ControlTest.id)
    )


def control_test(session: Session, test_id: int) -> ControlTest:
    return session.scalars(select(ControlTest).where(ControlTest.id == test_id)).one()
