"""Findings on both databases: what SQL finds is what the rules say, a count is its list, exempt amounts stay back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.findings import Asked, FindingKind, kind_of, kinds
from app.core.rights import Grant, Permission, Reader
from app.council.models import Outcome
from app.register import confirming, modifications, notices
from app.register.completeness import Purpose, missing_for
from app.register.findings.changes import small_changes_together, threshold_of
from app.register.findings.confirming import confirmed_of
from app.register.findings.notices import NO_REGIME_ASKED, let_of
from app.register.findings.of_contracts import CONTRACT_FINDINGS
from app.register.grounds import Ground
from app.register.models import (
    Contract,
    ContractEvent,
    ContractForm,
    ContractNotice,
    ContractStage,
    EventKind,
    ExtensionOption,
    Indicator,
    ProcessKind,
    Provider,
    ProviderIdentifier,
    ProviderKind,
)
from app.register.notices import NoticeKind
from app.register.queries import findings
from app.register.queries.completeness import NOT_IN_THE_CODE, facts_of, lacks
from app.register.queries.duties import confirm_rule_on, duties_on
from app.register.queries.findings import Order
from app.register.regime import Regime, Supply
from app.register.settling import settle
from app.register.status import Status, standing_of, status_on
from app.register.vat import VatTreatment
from tests.makers import added
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service

TODAY = date(2027, 1, 5)
KEEPER = Reader(1, "Morgan Ash", (Grant(frozenset(Permission)),))
#: Net pounds, as one contract's modifications add up: to a threshold with VAT to the penny, or a penny short of it.
SMALL_CHANGES = (("100000", "79086.67"), ("100000", "79086.66"), ("600000", "31942.86"), ("-200000",), ("6000000",), ())
OUTSIDER = Reader(2, "Robin Holt", (Grant(frozenset({Permission.READ})),))


@pytest.fixture
def mixed(session: Session) -> list[Contract]:
    """A council of every kind of contract: each regime, age, value and VAT treatment, with gaps all over."""
    a_council(session)
    directorate = a_directorate(session)
    service, outcome = a_service(session, directorate), added(session, Outcome(name="People live well", position=1))
    described = a_provider(session, name="Lumen Ltd", sme=True, vcse=False)
    charity = a_provider(session, name="Wold Trust", sme=True, vcse=True)
    numbered = a_provider(session, name="Vale Trust", sme=True, vcse=True)
    numbered.identifiers = [ProviderIdentifier(scheme="GB-CHC", value="1234567")]
    unknown = a_provider(session, name="Nobody Knows", kind=ProviderKind.NOT_KNOWN)
    suppliers = (described, charity, numbered, unknown, None)
    regimes = (Regime.PUBLIC, Regime.LIGHT_TOUCH, Regime.BELOW_NOTIFIABLE, Regime.USER_CHOICE, Regime.BELOW, None)
    values = (6_000_000, 4_166_667, Decimal("4166666.68"), 2_000_000, 25_000, 24_999, 4_000, None)
    ages = (0, 14, 16, 29, 30, 89, 90, 119, 120, 179, 180, 400)
    treatments = (*VatTreatment, None)
    made = []
    for number in range(96):
        supplier, entered = suppliers[number % 5], TODAY - timedelta(days=ages[number % 12])
        ends = None if number % 17 == 0 else date(2026, 12, 3) + timedelta(days=number * 9)
        contract = a_contract(
            session,
            directorate,
            title=f"Contract {number:03}",
            value=values[number % 8],
            annual=70_000 if number % 16 == 7 else None,
            starts_on=None if number % 13 == 0 else date(2025, 2, 1) + timedelta(days=number),
            ends_on=ends,
            service=service if number % 7 else None,
            providers=(supplier,) if supplier else (),
            form=list(ContractForm)[number % 7],
            stage=ContractStage.PLANNED if number % 19 == 5 else ContractStage.AWARDED,
            exempt=number % 11 == 3,
            regime=regimes[number % 6],
            entered_on=entered if number % 5 else None,
            procurement_began_on=date(2025, 2, 22) + timedelta(days=number // 6) if number % 3 else None,
            vat_treatment=treatments[number % 6],
            concession=number % 23 == 0,
            supply=(*Supply, None)[number // 9 % 4],
            irrecoverable_vat=Decimal(0) if number % 5 == 0 else None,
            process=ProcessKind.TENDER if number % 6 else None,
            reference=f"CN {number}" if number % 8 else None,
            description="What it is" if number % 9 else None,
            manager_post="Head of Waste" if number % 3 else None,
            confirmed_on=TODAY - timedelta(days=number * 5) if number % 10 else None,
            review_on=date(2027, 1, 1) if number % 34 else None,
            outcome_id=outcome.id if number % 5 else None,
            exempt_review_on=TODAY - timedelta(days=number - 40) if number % 22 == 3 else None,
        )
        if number % 20 == 2:
            contract.options = [ExtensionOption(position=0, months=12, value=None)]
            settle(contract)
        contract.events = [
            ContractEvent(
                kind=EventKind.VARIATION, effective_on=date(2026, 6, 1), value_change=Decimal(change), reason="More",
                ground=Ground.BELOW_THRESHOLD, recorded_at=datetime(2026, 6, 1, tzinfo=UTC), recorded_by="Morgan Ash",
            )
            for change in (SMALL_CHANGES[number // 8 % len(SMALL_CHANGES)] if number % 8 < values.index(25_000) else ())
        ]  # fmt: skip
        for kind in ((NoticeKind.UK7,), (NoticeKind.UK6, NoticeKind.COPY), (NoticeKind.UK9,), ())[number // 3 % 4]:
            notice = ContractNotice(contract_id=contract.id, kind=kind, published_on=date(2026, 2, 1))
            notice.standstill_ends_on = entered + timedelta(days=number % 3 - 1) if kind is NoticeKind.UK6 else None
            added(session, notice)
        if number % 3 == 0:
            for name in range(number % 4 + 1):
                added(
                    session,
                    Indicator(
                        contract_id=contract.id, name=f"Measure {name}", measured_from=date(2026, 1, 1),
                        next_period_ends_on=date(2026, 3, 31),
                    ),
                )  # fmt: skip
        made.append(contract)
    session.commit()
    return made


def found(session: Session, code: str, reader: Reader = KEEPER) -> dict[int, date | None]:
    """The contracts of a kind, by SQL, with the day each is due."""
    rows = session.execute(_kind(code).rows(session, Asked(reader, TODAY)))
    return {row[0]: row[-1] for row in rows}


def _kind(code: str) -> FindingKind:
    kind = kind_of(code)
    assert kind is not None
    return kind


def noticed(session: Session, contract: Contract, *wanted: NoticeKind) -> list[ContractNotice]:
    every = session.scalars(select(ContractNotice).where(ContractNotice.contract_id == contract.id))
    return [one for one in every if one.kind in wanted and one.withdrawn_at is None]


def indicators(session: Session, contract: Contract) -> int:
    return len(session.scalars(select(Indicator).where(Indicator.contract_id == contract.id)).all())


def live(contract: Contract) -> bool:
    return status_on(standing_of(contract), TODAY) is Status.LIVE


def legal_dates_are_found_as_the_rules_count_them(session: Session, mixed: list[Contract]) -> None:
    duties = duties_on(session, TODAY)
    near = TODAY + timedelta(days=duties.warning_days)
    expected: dict[str, dict[int, date | None]] = {
        code: {} for code in ("PA1", "PA2", "PA3", "PA4", "PA6", "PA7", "PA8", "PA9", "regime", "no-entry-date")
    }

    def expect(code: str, contract: Contract, due: date | None = None, *, when: bool) -> None:
        if when:
            expected[code][contract.id] = due

    for one in mixed:
        let = let_of(one, TODAY)
        details, copy, end = (
            rule(let, duties) for rule in (notices.details_due, notices.copy_due, notices.termination_due)
        )
        expect(
            "PA1", one, details, when=bool(details and details <= near) and not noticed(session, one, NoticeKind.UK7)
        )
        expect("PA2", one, copy, when=bool(copy and copy <= near) and not noticed(session, one, NoticeKind.COPY))
        over = one.current_end_on is not None and one.current_end_on < TODAY
        too_few = notices.needs_indicators(let, duties) and indicators(session, one) < duties.indicators
        expect("PA3", one, when=too_few and not over and one.stage is not ContractStage.PLANNED)
        latest = max((notice.published_on for notice in noticed(session, one, NoticeKind.UK9)), default=None)
        assessed = notices.assessment_due(let, latest, duties)
        late = bool(assessed and assessed <= near)
        expect("PA4", one, assessed, when=late and live(one) and indicators(session, one) > 0)
        changed = modifications.reach(small_changes_together(one, duties.rates), threshold_of(session, one))
        expect("PA6", one, when=changed and one.regime in notices.GOVERNED)
        expect("PA7", one, end, when=bool(end and end <= near) and not noticed(session, one, NoticeKind.UK11))
        small = notices.is_notifiable(let, duties) and not noticed(session, one, NoticeKind.UK7)
        expect("PA8", one, one.entered_on, when=small and one.entered_on is not None)
        standstills = [notice.standstill_ends_on for notice in noticed(session, one, NoticeKind.UK6)]
        early = any(notices.entered_too_early(one.entered_on, ends) for ends in standstills)
        expect("PA9", one, when=early and not over)
        asked = notices.needs_a_regime(let, duties) and one.form not in NO_REGIME_ASKED
        expect("regime", one, when=asked and live(one))
        governed = one.regime in {Regime.PUBLIC, Regime.LIGHT_TOUCH, Regime.BELOW_NOTIFIABLE}
        expect("no-entry-date", one, when=governed and live(one) and one.entered_on is None)
    for code, wanted in expected.items():
        assert wanted, f"{code} is found of no contract, so this proves nothing"
        assert found(session, code) == wanted, code


def records_to_confirm_are_found_as_the_rule_says(session: Session, mixed: list[Contract]) -> None:
    rule = confirm_rule_on(session, TODAY)
    asked = {one.id: confirmed_of(session, one, TODAY) for one in mixed if live(one)}
    due = {
        number: confirming.confirm_by(one, rule, TODAY)
        for number, one in asked.items()
        if confirming.is_due(one, rule, TODAY)
    }
    assert 0 < len(due) < len(asked)
    assert found(session, "confirm") == due


def what_is_missing_is_the_same_in_sql_and_in_python(session: Session, mixed: list[Contract]) -> None:
    for purpose in Purpose:
        by_sql = set(session.scalars(select(Contract.id).where(lacks(purpose))))
        assert by_sql == {one.id for one in mixed if missing_for(purpose, facts_of(one))}, purpose
        assert 0 < len(by_sql) < len(mixed)
    code = {
        one.id
        for one in mixed
        if one.stage is ContractStage.AWARDED
        and (one.current_end_on is None or one.current_end_on >= TODAY)
        and one.form not in NOT_IN_THE_CODE
        and (one.whole_life_figure or one.annual_figure or Decimal(5_001)) > Decimal(5_000)
        and missing_for(Purpose.CODE, facts_of(one))
    }
    assert set(found(session, "TC1")) == code


def every_count_is_its_lists_length_and_every_row_says_why(session: Session, mixed: list[Contract]) -> None:
    assert len(mixed) == 96
    parts = (
        Asked(KEEPER, TODAY),
        Asked(OUTSIDER, TODAY),
        Asked(KEEPER, TODAY, directorate_id=mixed[0].directorate_id),
        Asked(KEEPER, TODAY, post_key="head of waste"),
        Asked(KEEPER, TODAY, directorate_id=mixed[0].directorate_id + 1),
    )
    for asked in parts:
        counts = findings.counts(session, asked)
        for kind in kinds():
            listed = list(findings.every_found(session, kind, asked, Order()))
            assert len(listed) == counts[kind.code], kind.code
            assert all(one.working for one in listed), kind.code
            known = [one.due_on for one in listed if one.due_on]
            assert known == sorted(known), kind.code
    assert sum(findings.counts(session, parts[-1])[code] for code in CONTRACT_FINDINGS) == 0


def a_contracts_page_tells_what_the_lists_tell_of_it(session: Session, mixed: list[Contract]) -> None:
    lists = {
        reader: {code: found(session, code, reader) for code in CONTRACT_FINDINGS} for reader in (KEEPER, OUTSIDER)
    }
    for reader, by_code in lists.items():
        for one in mixed:
            told = findings.told_of_contract(session, one, Asked(reader, TODAY))
            wanted = {code: rows[one.id] for code, rows in by_code.items() if one.id in rows}
            assert {flag.kind.code: flag.due_on for flag in told.flags} == wanted, one.title
            facts = facts_of(one)
            ended = one.current_end_on is not None and one.current_end_on < TODAY
            assert told.missing.get(Purpose.ANNEX, ()) == (() if ended else missing_for(Purpose.ANNEX, facts))


def what_tells_an_exempt_amount_is_told_to_those_entitled(session: Session, mixed: list[Contract]) -> None:
    telling = [code for code, finding in CONTRACT_FINDINGS.items() if finding.tells_amount]
    hidden = {one.id for one in mixed if one.exempt}
    for code in telling:
        entitled, others = set(found(session, code)), set(found(session, code, OUTSIDER))
        assert others == entitled - hidden, code
    assert any(hidden & set(found(session, code)) for code in telling)


def providers_of_running_contracts_whose_kind_is_not_known(session: Session, mixed: list[Contract]) -> None:
    unknown = {entry.provider_id for one in mixed if live(one) for entry in one.providers}
    kinds_of = {one.id: one.kind for one in session.scalars(select(Provider))}
    assert set(found(session, "provider-kind")) == {
        number for number in unknown if kinds_of[number] is ProviderKind.NOT_KNOWN
    }


def test_what_sql_finds_is_what_the_rules_say(session: Session, mixed: list[Contract]) -> None:
    legal_dates_are_found_as_the_rules_count_them(session, mixed)
    records_to_confirm_are_found_as_the_rule_says(session, mixed)
    what_is_missing_is_the_same_in_sql_and_in_python(session, mixed)
    providers_of_running_contracts_whose_kind_is_not_known(session, mixed)


def test_counts_lists_and_pages_tell_the_same_and_no_exempt_amount(session: Session, mixed: list[Contract]) -> None:
    every_count_is_its_lists_length_and_every_row_says_why(session, mixed)
    a_contracts_page_tells_what_the_lists_tell_of_it(session, mixed)
    what_tells_an_exempt_amount_is_told_to_those_entitled(session, mixed)


def test_the_app_declares_its_kinds_once(app: Flask) -> None:
    assert app.name
    assert {"confirm", "TC1", "PV1", "no-decision", "cannot-tell", "confirm-service"} <= {one.code for one in kinds()}
