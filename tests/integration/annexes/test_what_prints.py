"""What the five annexes print of the register, and what they leave to be mended."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.annexes import commands
from app.annexes.commands import Chosen
from app.annexes.queries.scope import Scope
from app.annexes.queries.sets import material
from app.council.calendar import FinancialYear
from app.decisions.models import ActivityMove
from app.decisions.rules.timing import TimingKind
from app.register.models import ContractStage, SocialValueCommitment
from app.register.settling import settle
from reports.annex_commissioned import Annex2Row
from reports.annex_set import AnnexSet
from reports.values import Edition, Money
from tests.integration.annexes.wealdshire import AS_AT, HOMES, TODAY, YEAR, Wealdshire, a_wealdshire, extended
from tests.register_makers import a_contract, a_directorate


@pytest.fixture
def council(session: Session) -> Wealdshire:
    return a_wealdshire(session)


def annexes(
    session: Session, *, as_at: date = AS_AT, year: FinancialYear = YEAR, edition: Edition = Edition.OPEN
) -> AnnexSet:
    session.expire_all()
    return material(Scope(session, year, as_at, TODAY, edition)).of(None)


def titles(found: AnnexSet) -> set[str]:
    return {row.title for row in found.commissioned}


def row_of(found: AnnexSet, title: str) -> Annex2Row:
    (row,) = (row for row in found.commissioned if row.title == title)
    return row


def test_an_arrangement_of_many_homes_prints_once_and_is_tested_as_a_whole(
    session: Session, council: Wealdshire
) -> None:
    row = row_of(annexes(session), council.homes.title)
    assert len(row.providers) == HOMES
    assert row.total is not None
    assert row.total.low == Decimal(100_000 * HOMES)
    assert not any("(" in title for title in titles(annexes(session)))


def test_only_what_is_over_the_threshold_prints(session: Session, council: Wealdshire) -> None:
    assert titles(annexes(session)) == {
        council.homes.title,
        "Street lights",
        "Traffic data",
        "Bridge toll plan",
        "Waste sites",
    }


def test_what_cannot_be_tested_is_a_gap_and_does_not_print(session: Session, council: Wealdshire) -> None:
    found = annexes(session)
    (gap,) = (gap for gap in found.gaps if council.untold.title in gap.title)
    assert gap.keeps_out
    assert "No value recorded" in gap.problem
    assert gap.record == f"/contracts/{council.untold.id}"


def test_every_service_is_listed_in_house_too(session: Session, council: Wealdshire) -> None:
    delivered = {row.service: row.delivered.value for row in annexes(session).services}
    assert delivered == {
        council.care.name: "External",
        "Street lighting": "External",
        council.waste.name: "Council-owned company",
        council.library.name: "In-house",
    }


def test_the_external_contracts_of_annex_1_are_the_rows_of_annex_2(session: Session, council: Wealdshire) -> None:
    found = annexes(session, edition=Edition.EXEMPT)
    in_services = [contract.ref for row in found.services for contract in row.contracts]
    assert sorted(in_services) == sorted(row.ref for row in found.commissioned)
    values = [c.value.low for row in found.services for c in row.contracts if c.value and c.value.low]
    assert sum(values) == sum(row.total.low for row in found.commissioned if row.total and row.total.low)
    assert council.small.reference not in in_services


def test_a_service_counts_its_smaller_contracts(session: Session, council: Wealdshire) -> None:
    (lighting,) = (row for row in annexes(session).services if row.service == "Street lighting")
    assert lighting.smaller_contracts == 1  # the lamp posts; the signs cannot be told
    assert lighting.changes == (f"F{council.activity.id}",)


def test_an_agreement_over_the_threshold_stands_in_two_annexes_and_points_from_one_to_the_other(
    session: Session, council: Wealdshire
) -> None:
    found = annexes(session)
    (agreement,) = found.agreements
    assert agreement.contract_ref == row_of(found, council.sla.title).ref == "SLA1"
    assert row_of(found, council.sla.title).agreement_ref == "SLA1"
    assert agreement.annual_charge.low == 400_000


def test_a_planner_leaves_a_contract_out_and_the_totals_move(session: Session, council: Wealdshire) -> None:
    before = sum(row.total.low for row in annexes(session).commissioned if row.total and row.total.low)
    chosen = Chosen(contract_id=council.street.id)
    commands.choose(session, chosen, included=False, reason="A lease", by="Ash", now=datetime(2015, 3, 1, tzinfo=UTC))
    session.commit()
    found = annexes(session)
    assert "Street lights" not in titles(found)
    after = sum(row.total.low for row in found.commissioned if row.total and row.total.low)
    assert before - after == 5_000_000
    assert "1 contract over the threshold is left out" in found.notes[0]
    commands.undo_choice(session, chosen)
    session.commit()
    assert "Street lights" in titles(annexes(session))


def test_a_planner_prints_what_is_below_the_threshold_and_it_says_so(session: Session, council: Wealdshire) -> None:
    chosen = Chosen(contract_id=council.small.id)
    commands.choose(session, chosen, included=True, reason="Sensitive", by="Ash", now=datetime(2015, 3, 1, tzinfo=UTC))
    session.commit()
    assert "Included below the threshold: Sensitive" in row_of(annexes(session), council.small.title).note


def test_leaving_one_home_out_takes_its_money_out_of_the_arrangement(session: Session, council: Wealdshire) -> None:
    home = Chosen(contract_id=council.homes.contracts[0].id)
    commands.choose(session, home, included=False, reason="Closed", by="Ash", now=datetime(2015, 3, 1, tzinfo=UTC))
    session.commit()
    total = row_of(annexes(session), council.homes.title).total
    assert total is not None
    assert total.low == Decimal(100_000 * (HOMES - 1))


def test_what_happened_after_the_as_at_day_is_not_counted(session: Session, council: Wealdshire) -> None:
    extended(session, council.street, on=date(2017, 1, 1), until=date(2020, 3, 31), by=2_000_000)
    then = row_of(annexes(session), "Street lights")
    later = row_of(annexes(session, as_at=date(2017, 1, 1), year=FinancialYear(2016)), "Street lights")
    assert (then.current_end_on, then.total) == (date(2018, 3, 31), Money(Decimal(5_000_000)))
    assert (later.current_end_on, later.total) == (date(2020, 3, 31), Money(Decimal(7_000_000)))


def test_a_contract_extended_later_is_over_by_its_first_end(session: Session, council: Wealdshire) -> None:
    extended(session, council.street, on=date(2018, 3, 1), until=date(2022, 3, 31), by=0)
    assert "Street lights" not in titles(annexes(session, as_at=date(2018, 2, 1), year=FinancialYear(2018)))
    assert "Street lights" in titles(annexes(session, as_at=date(2018, 3, 1), year=FinancialYear(2018)))


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "prints"),
    [
        pytest.param(date(2012, 4, 1), date(2015, 3, 31), False, id="ends the day before the plan year"),
        pytest.param(date(2012, 4, 1), date(2015, 4, 1), True, id="ends on its first day"),
        pytest.param(date(2016, 3, 31), date(2020, 3, 31), True, id="starts on its last day"),
        pytest.param(date(2016, 4, 1), date(2020, 3, 31), False, id="starts the day after it"),
        pytest.param(None, None, True, id="neither date known"),
    ],
)
def test_a_contract_prints_while_some_day_of_it_lies_in_the_plan_year(
    session: Session, council: Wealdshire, starts_on: date | None, ends_on: date | None, *, prints: bool
) -> None:
    a_contract(session, council.roads, title="Ferry", starts_on=starts_on, ends_on=ends_on)
    session.commit()
    assert ("Ferry" in titles(annexes(session))) is prints


def test_a_contract_awarded_after_the_as_at_day_was_not_known(session: Session, council: Wealdshire) -> None:
    a_contract(session, council.roads, title="Ferry", starts_on=AS_AT, awarded_on=date(2015, 3, 29))
    a_contract(session, council.roads, title="Tram", starts_on=AS_AT, stage=ContractStage.PLANNED)
    session.commit()
    assert not {"Ferry", "Tram"} & titles(annexes(session))


def test_an_early_end_that_nobody_knew_of_yet_does_not_count(session: Session, council: Wealdshire) -> None:
    council.street.stage, council.street.ended_early_on = ContractStage.ENDED_EARLY, date(2016, 1, 31)
    settle(council.street)
    session.commit()
    assert row_of(annexes(session), "Street lights").current_end_on == date(2018, 3, 31)
    assert "Street lights" not in titles(annexes(session, as_at=date(2016, 2, 1)))


def test_a_call_off_is_counted_in_its_framework(session: Session, council: Wealdshire) -> None:
    framework = a_contract(session, council.roads, title="Works framework", value=8_000_000, starts_on=AS_AT)
    a_contract(session, council.roads, title="Works call-off", value=2_000_000, starts_on=AS_AT, parent_id=framework.id)
    session.commit()
    found = annexes(session)
    assert "Works call-off" not in titles(found)
    assert "1 call-off under it counted here" in row_of(found, "Works framework").note


def test_two_contracts_of_one_reference_are_told_apart(session: Session, council: Wealdshire) -> None:
    twin = a_contract(session, council.roads, title="Ferry", reference="R1", starts_on=AS_AT)
    session.commit()
    found = annexes(session)
    assert row_of(found, "Ferry").ref == f"R1 (C{twin.id})"
    assert row_of(found, "Street lights").ref == f"R1 (C{council.street.id})"


def test_a_contract_without_a_service_prints_and_says_so(session: Session, council: Wealdshire) -> None:
    ferry = a_contract(session, council.roads, title="Ferry", starts_on=AS_AT)
    session.commit()
    found = annexes(session)
    assert row_of(found, "Ferry").service == ""
    assert any("Service not assigned" in gap.problem for gap in found.gaps if gap.record == f"/contracts/{ferry.id}")


def test_a_decision_prints_with_its_contract_and_quarter(session: Session, council: Wealdshire) -> None:
    found = annexes(session)
    (row,) = found.forthcoming
    assert (row.ref, row.timing.year, row.timing.quarter) == (f"F{council.activity.id}", 2016, 2)
    assert row.estimate == Money(Decimal(5_000_000), Decimal(6_000_000))
    assert row_of(found, "Street lights").next_decision == row.ref


def test_a_decision_taken_after_the_as_at_day_says_when(session: Session, council: Wealdshire) -> None:
    council.activity.decided_on = date(2015, 4, 2)
    session.commit()
    (row,) = annexes(session).forthcoming
    assert row.timing.taken_on == date(2015, 4, 2)
    assert not annexes(session, as_at=date(2015, 4, 2)).forthcoming


def test_a_move_made_after_the_as_at_day_is_not_known_yet(session: Session, council: Wealdshire) -> None:
    council.activity.moves.append(
        ActivityMove(
            moved_at=datetime(2015, 4, 2, 9, tzinfo=UTC),
            moved_by="Somebody",
            was_timing=council.activity.timing,
            was_on=council.activity.expected_on,
            now_timing=TimingKind.QUARTER,
            now_on=date(2017, 1, 1),
            reason="The consultation takes longer",
        )
    )
    council.activity.timing, council.activity.expected_on = TimingKind.QUARTER, date(2017, 1, 1)
    session.commit()
    (row,) = annexes(session, as_at=date(2015, 4, 1)).forthcoming
    assert (row.timing.year, row.timing.quarter) == (2016, 2)
    (row,) = annexes(session, as_at=date(2015, 4, 2)).forthcoming
    assert (row.timing.year, row.timing.quarter) == (2016, 4)


def test_a_small_decision_or_one_beyond_the_horizon_does_not_print(session: Session, council: Wealdshire) -> None:
    council.activity.expected_on = date(2018, 4, 1)
    session.commit()
    assert not annexes(session).forthcoming
    council.activity.expected_on, council.activity.lines[0].low = date(2018, 1, 1), Decimal(1)
    council.activity.lines[0].high = Decimal(1_000_000)
    session.commit()
    assert not annexes(session).forthcoming


def test_only_verified_deliveries_up_to_the_day_are_delivered(session: Session, council: Wealdshire) -> None:
    (row,) = annexes(session).commitments
    assert (row.delivered, row.delivered_as_at) == (Decimal(4), date(2014, 4, 1))
    (later,) = annexes(session, as_at=date(2016, 4, 1), year=FinancialYear(2016)).commitments
    assert later.delivered == Decimal(7)
    assert row_of(annexes(session), council.street.title).has_social_value


def test_percentages_are_not_added_up(session: Session, council: Wealdshire) -> None:
    commitment = session.scalars(select(SocialValueCommitment)).one()
    commitment.unit = "per cent"
    session.commit()
    (row,) = annexes(session, as_at=date(2016, 4, 1), year=FinancialYear(2016)).commitments
    assert row.delivered == Decimal(3), council.homes.title


def test_a_directorate_without_a_statement_has_a_gap(session: Session, council: Wealdshire) -> None:
    found = annexes(session)
    assert [statement.directorate for statement in found.statements] == [council.roads.name]
    assert [gap.title for gap in found.gaps if "No social value statement" in gap.problem] == [council.adults.name]


def test_the_queries_do_not_grow_with_the_contracts(
    session: Session, council: Wealdshire, statements: list[str]
) -> None:
    statements.clear()
    annexes(session)
    few = len(statements)
    for number in range(40):
        a_contract(session, council.roads, title=f"Ferry {number}", starts_on=AS_AT)
    an_empty_one = a_directorate(session, name="Public Health", position=3)
    session.commit()
    statements.clear()
    assert len(annexes(session).commissioned) == 45
    assert len(statements) <= few + 2
    assert an_empty_one.name
