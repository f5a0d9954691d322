"""Making a council, and what it decides from a day on."""

from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.core.audit import Change
from app.core.errors import Refusal
from app.council import commands, queries, settings
from app.council.calendar import Span, Unit
from app.council.commands import CommitteeWanted, MeetingWanted, UnitWanted
from app.council.models import BankHoliday, CommitteeKind, Council, Setting
from app.council.rules import Threshold

TODAY = date(2026, 11, 22)


@pytest.fixture
def council(session: Session) -> Council:
    return commands.create_council(session, "Test Council", today=TODAY)


def test_the_command_line_makes_a_council_and_refuses_a_second(app: Flask, session: Session) -> None:
    runner = app.test_cli_runner()
    made = runner.invoke(args=["council", "create", "Wold Council"])
    assert made.exit_code == 0, made.output
    assert queries.the_council(session).name == "Wold Council"
    again = runner.invoke(args=["council", "create", "Another"])
    assert again.exit_code == 2
    assert "Wold Council already" in again.output


def test_before_there_are_tables_the_command_line_says_how_to_make_them(app: Flask, session: Session) -> None:
    session.execute(text("ALTER TABLE alembic_version RENAME TO put_by"))
    session.commit()
    try:
        made = app.test_cli_runner().invoke(args=["council", "create", "Wold Council"])
    finally:
        session.execute(text("ALTER TABLE put_by RENAME TO alembic_version"))
        session.commit()
    assert (made.exit_code, "run “flask db upgrade” first" in made.output) == (2, True)


def test_without_a_council_the_register_says_how_to_make_one(session: Session) -> None:
    with pytest.raises(Refusal, match="flask council create"):
        queries.the_council(session)


def test_a_new_council_has_every_setting_with_its_source(session: Session, council: Council) -> None:
    rows = session.scalars(select(Setting)).all()
    assert {row.name for row in rows} == set(settings.BY_NAME)
    assert all(row.source for row in rows)
    assert sorted(row.name for row in rows if row.from_on is None) == sorted(settings.BY_NAME)
    assert not council.demo


def test_a_new_council_knows_englands_bank_holidays(session: Session, council: Council) -> None:
    days = queries.bank_holidays(session)
    assert {date(2015, 4, 6), date(2022, 9, 19), date(2026, 12, 28), date(2032, 12, 27)} <= days
    assert date(2025, 3, 17) not in days  # St Patrick's Day is Northern Ireland's
    assert council.name


def test_a_setting_changes_from_its_day_and_the_past_stays(session: Session, council: Council) -> None:
    commands.add_setting_value(
        session,
        settings.BY_NAME["annex_threshold"],
        value="at least 500k",
        from_on=date(2027, 4, 1),
        source="Full Council, 12 February 2027",
        today=TODAY,
    )
    assert queries.annex_threshold(session, date(2027, 3, 31)) == Threshold(Decimal(1_000_000))
    assert str(queries.annex_threshold(session, date(2027, 4, 1))) == "at least £500,000"
    assert queries.annex_threshold(session, date(1990, 1, 1)).amount == 1_000_000
    assert council.name


def test_a_value_before_the_one_in_force_is_refused(session: Session, council: Council) -> None:
    horizon = settings.BY_NAME["horizon_years"]
    commands.add_setting_value(session, horizon, value="4", from_on=date(2026, 4, 1), source=None, today=TODAY)
    with pytest.raises(Refusal, match="1 April 2026"):
        commands.add_setting_value(session, horizon, value="5", from_on=date(2025, 4, 1), source=None, today=TODAY)
    with pytest.raises(Refusal, match="recorded already"):
        commands.add_setting_value(session, horizon, value="5", from_on=date(2026, 4, 1), source=None, today=TODAY)
    assert queries.horizon_years(session, TODAY) == 4
    assert council.name


def test_only_a_value_that_has_not_begun_can_be_taken_back(session: Session, council: Council) -> None:
    horizon = settings.BY_NAME["horizon_years"]
    ahead = commands.add_setting_value(session, horizon, value="4", from_on=date(2027, 4, 1), source=None, today=TODAY)
    commands.withdraw_setting_value(session, ahead, today=TODAY)
    session.flush()
    with pytest.raises(Refusal, match="later day instead"):
        commands.withdraw_setting_value(session, queries.rows_of(session, settings.HORIZON_YEARS)[0], today=TODAY)
    assert council.name


def test_capital_has_the_same_threshold_until_it_is_given_its_own(session: Session, council: Council) -> None:
    assert queries.key_threshold(session, TODAY, capital=True) == queries.key_threshold(session, TODAY)
    commands.add_setting_value(
        session,
        settings.BY_NAME["key_threshold_capital"],
        value="more than £2m",
        from_on=date(2027, 1, 1),
        source=None,
        today=TODAY,
    )
    assert [str(dated.value) for dated in queries.key_thresholds_for_capital(session)] == [
        "more than £1,000,000",
        "more than £2,000,000",
    ]
    assert council.name


def test_a_setting_nobody_recorded_says_what_is_shipped(session: Session) -> None:
    assert queries.lead_times(session, TODAY).months_for is not None
    assert queries.lead_times(session, TODAY).replacement == 18
    assert [stage.span for stage in queries.stages_before_decision(session, TODAY)] == [
        Span(2, Unit.MONTHS),
        Span(29, Unit.DAYS),
    ]


def test_settings_are_read_once_however_often_they_are_asked(
    session: Session, council: Council, statements: list[str]
) -> None:
    session.commit()
    statements.clear()
    for _ in range(3):
        queries.annex_threshold(session, TODAY)
        queries.lead_times(session, TODAY)
        queries.bank_holidays(session)
        queries.structure(session)
    assert len(statements) <= 4
    assert council.id


def test_the_structure_is_in_the_charts_order_and_as_it_was_on_a_day(session: Session, council: Council) -> None:
    children = commands.add_directorate(session, UnitWanted("Children and Schools"))
    adults = commands.add_directorate(session, UnitWanted("Adults", position=0))
    old = commands.add_directorate(session, UnitWanted("Old Works", until_on=date(2020, 3, 31)))
    commands.add_division(session, children, UnitWanted("Schools"))
    assert queries.structure(session) == [adults, children, old]
    assert queries.directorates(session, on=TODAY) == [adults, children]
    assert [found.name for found in queries.divisions(session, on=TODAY)] == ["Schools"]
    with pytest.raises(Refusal, match="called ADULTS already"):
        commands.add_directorate(session, UnitWanted("ADULTS"))
    with pytest.raises(Refusal, match="on or after its first"):
        commands.change_directorate(
            session, old, UnitWanted("Old Works", from_on=date(2021, 1, 1), until_on=date(2020, 3, 31))
        )
    assert council.name


def test_a_committee_looks_after_a_division_before_its_directorate(session: Session, council: Council) -> None:
    adults = commands.add_directorate(session, UnitWanted("Adults"))
    health = commands.add_division(session, adults, UnitWanted("Public Health"))
    care = commands.add_division(session, adults, UnitWanted("Care"))
    wide = commands.add_committee(
        session, CommitteeWanted("Adults Committee", CommitteeKind.CABINET_COMMITTEE, directorates=(adults.id,))
    )
    narrow = commands.add_committee(
        session, CommitteeWanted("Health Committee", CommitteeKind.CABINET_COMMITTEE, divisions=(health.id,))
    )
    assert queries.committee_for(session, adults.id, health.id) == narrow
    assert queries.committee_for(session, adults.id, care.id) == wide
    assert queries.committee_for(session, adults.id + 99) is None
    wanted = CommitteeWanted("Care Board", CommitteeKind.MEMBER_BOARD, directorates=(adults.id,), divisions=(care.id,))
    board = commands.add_committee(session, wanted)
    assert queries.committee_for(session, adults.id, care.id) == wide, "a cabinet committee before another body"
    narrow.until_on = wide.until_on = date(2026, 12, 31)
    session.flush()
    assert queries.committee_for(session, adults.id, care.id, on=date(2026, 12, 31)) == wide
    assert queries.committee_for(session, adults.id, care.id, on=date(2027, 1, 1)) == board
    narrow.until_on = wide.until_on = None
    commands.add_meeting(wide, MeetingWanted(date(2027, 1, 14), date(2027, 1, 6)))
    session.flush()
    assert [row.committee for row in queries.meetings_between(session, TODAY, date(2027, 12, 31))] == [wide.name]
    with pytest.raises(Refusal, match="already"):
        commands.add_meeting(wide, MeetingWanted(date(2027, 1, 14)))
    assert council.name


GOV_UK = b"""{"england-and-wales": {"division": "england-and-wales", "events": [
  {"title": "Good Friday", "date": "2026-04-03", "notes": "", "bunting": false},
  {"title": "Jubilee", "date": "2026-06-05", "notes": "", "bunting": true},
  {"title": "Christmas Day", "date": "2026-12-25", "notes": "", "bunting": true}]}}"""


def test_gov_uks_file_puts_its_years_right_and_leaves_the_others(session: Session, council: Council) -> None:
    before = session.scalar(select(func.count()).select_from(BankHoliday).where(BankHoliday.on >= date(2027, 1, 1)))
    assert commands.import_bank_holidays(session, GOV_UK) == 1
    days = queries.bank_holidays(session)
    assert {day for day in days if date(2026, 4, 1) <= day <= date(2026, 12, 25)} == {
        date(2026, 4, 3),
        date(2026, 6, 5),
        date(2026, 12, 25),
    }
    assert len([day for day in days if day >= date(2027, 1, 1)]) == before
    assert council.name


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"england-and-wales": {"events": []}}', b"\xff\xfe"])
def test_another_file_is_refused(session: Session, content: bytes) -> None:
    with pytest.raises(Refusal, match=r"bank-holidays\.json"):
        commands.import_bank_holidays(session, content)


def test_what_is_set_up_stands_in_the_history(session: Session, council: Council) -> None:
    adults = commands.add_directorate(session, UnitWanted("Adults"))
    commands.change_directorate(session, adults, UnitWanted("Adult Social Care"))
    session.flush()
    kinds = session.scalars(select(Change.record_kind).distinct()).all()
    assert {"council", "setting", "bank_holiday", "directorate"} <= set(kinds)
    assert council.name
