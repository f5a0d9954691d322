"""Spend of a contract through the browser's door: entered, corrected, withdrawn, judged, kept back."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.findings import Asked
from app.core.rights import Grant, Permission, Reader
from app.council.models import Setting
from app.register import spending
from app.register.findings.of_contracts import CONTRACT_FINDINGS, applies
from app.register.models import Contract, ContractSpend
from app.register.queries import spend as queries
from app.register.spending import SpendLimits
from tests.makers import added, signed_in
from tests.register_makers import a_contract, a_council, a_directorate
from tests.sending import send, squeezed

LAST = clock.today().year - (clock.today().month < 4)  # the financial year that today is in
EVERYTHING = Reader(None, "a test", (Grant(frozenset(Permission), exempt=True),))


def the_contract(session: Session, **changes: object) -> Contract:
    a_council(session)
    kept = {"title": "Home care", "value": 500_000, "starts_on": date(2024, 4, 1), "ends_on": date(2030, 3, 31)}
    return a_contract(session, a_directorate(session), **{**kept, **changes})  # type: ignore[arg-type]  # the maker's own


def spent(
    session: Session, contract: Contract, pounds: str, *, year: int = 2024, to_on: date | None = None
) -> ContractSpend:
    row = ContractSpend(
        contract_id=contract.id,
        year=year,
        amount=Decimal(pounds),
        to_on=to_on or date(year + 1, 3, 31),
        source="Ledger",
    )
    return added(session, row)


def test_a_year_is_entered_corrected_withdrawn_and_put_back(client: FlaskClient, session: Session) -> None:
    contract = the_contract(session)
    signed_in(client, session, Role.FINANCE)
    here = f"/contracts/{contract.id}/spend"
    assert "No spend is recorded" in squeezed(client.get(here))
    answers = {"year": 2024, "amount": "120,000.50", "to_on": "31/3/2025", "source": "Ledger"}
    outside = squeezed(send(client, f"{here}/new", **{**answers, "to_on": "1/4/2025"}))
    assert "Enter a day of 2024-25: from 1 April 2024 to 31 March 2025" in outside
    assert send(client, f"{here}/new", **answers).status_code == 302
    assert "There is a figure for 2024-25 already" in squeezed(send(client, f"{here}/new", **answers))
    row = session.scalars(select(ContractSpend)).one()
    fixed = send(client, f"{here}/{row.id}/correct", amount="130,000", reason="A credit was missed")
    assert fixed.status_code == 302
    page = squeezed(client.get(here))
    assert "£130,000" in page
    assert "£370,000" in page, "what remains of £500,000"
    record = squeezed(client.get(f"/contracts/{contract.id}"))
    assert "£120,000.50" in record, "the history keeps the figure as it was"
    assert "A credit was missed" in record
    assert send(client, f"{here}/{row.id}/withdraw", reason="Of another contract").status_code == 302
    assert "Of another contract" in squeezed(client.get(here))
    session.expire_all()
    assert queries.facts_of(contract, queries.spend_of(session, contract.id)).total == 0
    assert client.post(f"{here}/{row.id}/restore").status_code == 302
    session.expire_all()
    assert session.scalars(select(ContractSpend)).one().withdrawn_at is None


def test_two_people_who_enter_spend_at_once_lose_nothing(client: FlaskClient, session: Session) -> None:
    contract = the_contract(session)
    row = spent(session, contract, "100")
    signed_in(client, session)
    url = f"/contracts/{contract.id}/spend/{row.id}/correct"
    stale = client.get(url).text
    assert send(client, url, amount="200", reason="Mine").status_code == 302
    version = stale.partition('name="version"')[2].partition('value="')[2].partition('"')[0]
    late = {"version": version, "amount": "300", "to_on": "31/3/2025", "source": "Ledger", "reason": "Theirs"}
    answer = client.post(url, data=late)
    assert "Somebody else saved this record" in squeezed(answer)


def test_exempt_spend_is_told_to_nobody_who_is_not_entitled(client: FlaskClient, session: Session) -> None:
    contract = the_contract(session, exempt=True)
    row = spent(session, contract, "123456.78")
    signed_in(client, session, Role.FINANCE)
    here = f"/contracts/{contract.id}"
    for path in ("", "/spend", "/history"):
        assert "123,456" not in client.get(f"{here}{path}").text
    assert "amounts of this contract are exempt" in squeezed(client.get(f"{here}/spend"))
    assert client.get(f"{here}/spend/{row.id}/correct").status_code == 403
    signed_in(client, session, Role.PROCUREMENT)
    assert "£123,456.78" in client.get(f"{here}/spend").text


#: Whole-life value, annual figure, days to the end, and spend by year: each once as a rule, once in SQL.
CASES = [
    pytest.param({}, {2024: "499999.99"}, id="a penny under"),
    pytest.param({}, {2024: "300000", LAST: "200000.01"}, id="a penny over, in two years"),
    pytest.param({}, {LAST: "450000"}, id="90 per cent exactly"),
    pytest.param({}, {LAST: "450000.01"}, id="nearly spent"),
    pytest.param({"annual": 100_000}, {LAST - 1: "125000"}, id="1.25 times exactly"),
    pytest.param({"annual": 100_000}, {LAST - 1: "125000.01"}, id="over 1.25 times"),
    pytest.param({"annual": 100_000}, {LAST - 2: "200000"}, id="long ago"),
    pytest.param({"ends_on": date(2025, 3, 30)}, {2024: "10"}, id="the day after the end"),
    pytest.param({"ends_on": date(2025, 3, 31)}, {2024: "10"}, id="the last day"),
    pytest.param({"ends_on": date(2025, 3, 30)}, {2024: "-10"}, id="a credit after the end"),
    pytest.param({"value": None}, {2024: "10"}, id="no value"),
    pytest.param({"ends_on": None}, {LAST: "460000"}, id="no end"),
    pytest.param({}, {}, id="nothing spent"),
]
CODES = {
    spending.SpendWarning.PASSED: "CM3",
    spending.SpendWarning.NEARLY: "spend-nearly",
    spending.SpendWarning.FAST: "spend-fast",
    spending.SpendWarning.AFTER_END: "spend-after-end",
}


@pytest.mark.parametrize(("changes", "years"), CASES)
def test_the_findings_say_in_sql_what_the_rules_say(
    session: Session, changes: dict[str, object], years: dict[int, str]
) -> None:
    contract = the_contract(session, **changes)
    for year, pounds in years.items():
        spent(session, contract, pounds, year=year, to_on=min(date(year + 1, 3, 31), clock.today()))
    facts = queries.facts_of(contract, queries.spend_of(session, contract.id))
    ends = contract.current_end_on or clock.today()
    for today in (clock.today(), ends - timedelta(days=219), ends - timedelta(days=220)):
        told = {CODES[one.kind] for one in spending.warnings(facts, SpendLimits(), today=today)}
        found = {code for code in CODES.values() if is_found(session, code, today)}
        assert found == told, today


def is_found(session: Session, code: str, today: date) -> bool:
    finding = CONTRACT_FINDINGS[code]
    assert finding.tells_amount
    which = applies(finding, session, Asked(EVERYTHING, today))
    found = session.scalars(select(Contract).where(which)).all()
    return bool(found) and all(finding.working(session, one, today) for one in found)


def test_figures_that_contradict_themselves_are_refused_by_the_database(session: Session) -> None:
    row = spent(session, the_contract(session), "10")
    row.withdrawn_at = clock.now()
    with pytest.raises(IntegrityError, match="withdrawal_has_a_reason"):
        session.flush()


def test_the_limits_are_settings_of_the_council_from_a_day_on(session: Session) -> None:
    the_contract(session)
    assert queries.limits_on(session, date(2026, 1, 1)) == SpendLimits()
    added(session, Setting(name="spend_nearly", from_on=None, value="90"))
    added(session, Setting(name="spend_nearly", from_on=date(2026, 1, 1), value="75"))
    assert queries.limits_on(session, date(2026, 1, 1)) == replace(SpendLimits(), nearly=Decimal(75))
    assert queries.limits_on(session, date(2025, 12, 31)) == SpendLimits()
