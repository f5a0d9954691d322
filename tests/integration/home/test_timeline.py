"""The timeline on both databases: a figure's number is its list's, exempt amounts are in no bar, nothing adds twice."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from app.core import clock
from app.core.rights import Grant, Permission, Reader, ScopeKind
from app.council.calendar import Quarter
from app.council.models import Directorate
from app.home.timeline import queries
from app.home.timeline.dates import KINDS, Scope, What
from app.home.timeline.queries import Figure, Narrowed
from app.register.models import ContractForm, ExtensionOption
from app.register.settling import settle
from app.register.values import ArrangementValuation
from tests.makers import a_person, signed_in
from tests.register_makers import a_contract, a_council, a_directorate, an_arrangement

TODAY = date(2026, 11, 22)
ALL = Scope()
READ = frozenset({Permission.READ})
ANYBODY = Reader(1, "Anybody", (Grant(READ),))
ENTITLED = Reader(2, "Entitled", (Grant(READ, exempt=True),))
SECRET = 7_654_321


@pytest.fixture
def adults(session: Session) -> Directorate:
    a_council(session)
    return a_directorate(session, name="Adults")


def figures(session: Session, what: What, reader: Reader = ANYBODY, scope: Scope = ALL) -> dict[str, Figure]:
    session.commit()
    found = queries.figures(session, what, reader, scope, TODAY)
    return {one.label: figure for one, figure in zip(queries.stretches(TODAY), found, strict=True) if figure.number}


def test_each_date_stands_in_its_quarter_and_every_figure_is_its_list(session: Session, adults: Directorate) -> None:
    for title, ends_on, lead in (
        ("Today", TODAY, 6),
        ("Yesterday", TODAY - timedelta(days=1), 6),
        ("Quarter's end", date(2026, 12, 31), 1),
        ("Quarter's beginning", date(2027, 1, 1), 1),
        ("The last day shown", date(2029, 9, 30), 12),
        ("One day more", date(2029, 10, 1), 36),
    ):
        a_contract(session, adults, title=title, value=1_000, starts_on=date(2020, 4, 1), ends_on=ends_on,
                   lead_time_months=lead, manager_post="Care Manager" if lead == 1 else None)  # fmt: skip
    optional = a_contract(session, adults, title="With an option", value=5_000, ends_on=date(2028, 3, 31))
    optional.options = [ExtensionOption(position=0, months=12, notice_months=12)]
    settle(optional)
    ends = figures(session, What.ENDS)
    assert {label: figure.number for label, figure in ends.items()} == {
        "Q3 2026-27": 2,
        "Q4 2026-27": 1,
        "Q4 2027-28": 1,
        "Q2 2029-30": 1,
    }
    assert ends["Q3 2026-27"].value == Decimal(2_000)
    assert {label: figure.number for label, figure in figures(session, What.OPTIONS).items()} == {"Q4 2026-27": 1}
    assert figures(session, What.TO_DECIDE)["Already past"].number >= 1
    for what in KINDS:
        found = queries.figures(session, what, ANYBODY, ALL, TODAY)
        for stretch, figure in zip(queries.stretches(TODAY), found, strict=True):
            narrowed = Narrowed(stretch.first, stretch.last)
            rows = queries.contract_rows(session, what, ANYBODY, ALL, narrowed, TODAY)
            assert queries.how_many(session, what, ANYBODY, ALL, narrowed, TODAY) == figure.number == len(rows)
            assert sum((row.value for row in rows if row.value), Decimal(0)) == figure.value
    own = figures(session, What.ENDS, scope=Scope(post_key="care manager"))
    assert sum(one.number for one in own.values()) == 2
    assert not figures(session, What.ENDS, scope=Scope(directorate_id=adults.id + 1))


def test_exempt_amounts_are_in_no_bar_and_said(session: Session, adults: Directorate) -> None:
    ends = {"starts_on": date(2025, 4, 1), "ends_on": date(2027, 3, 31)}
    a_contract(session, adults, title="Open", value=1_000, starts_on=ends["starts_on"], ends_on=ends["ends_on"])
    a_contract(
        session, adults, title="Shut", value=SECRET, exempt=True, starts_on=ends["starts_on"], ends_on=ends["ends_on"]
    )
    later = TODAY + timedelta(days=900)
    a_contract(session, adults, title="Zirconium", value=9_000, embargoed_until=later, ends_on=ends["ends_on"])
    seen = figures(session, What.ENDS)["Q4 2026-27"]
    assert seen == Figure(number=2, value=Decimal(1_000), valued=1, withheld=1)
    entitled = figures(session, What.ENDS, ENTITLED)["Q4 2026-27"]
    assert entitled == Figure(number=3, value=Decimal(1_000 + SECRET + 9_000), valued=3)


def test_no_amount_is_added_twice(session: Session, adults: Directorate) -> None:
    ends_on = date(2027, 3, 31)
    homes = tuple(a_contract(session, adults, title=f"Home {n}", value=400, ends_on=ends_on) for n in range(3))
    an_arrangement(session, adults, contracts=homes, valuation=ArrangementValuation.REPEATED)
    framework = a_contract(
        session, adults, title="Framework", value=9_000, ends_on=ends_on, form=ContractForm.FRAMEWORK
    )
    call_off = a_contract(session, adults, title="Call-off", value=2_000, ends_on=ends_on, parent_id=framework.id)
    an_arrangement(session, adults, title="Both", contracts=(framework, call_off))
    a_contract(session, adults, title="By the year", value=None, annual=100, ends_on=ends_on)
    found = figures(session, What.ENDS)["Q4 2026-27"]
    assert found == Figure(number=6, value=Decimal(9_400), valued=2, withheld=0, elsewhere=3)
    assert found.not_added == 1


def test_its_pages_open_its_lists(client: FlaskClient, session: Session, adults: Directorate) -> None:
    today = clock.today()
    soon = Quarter.of(today) + 2
    a_contract(session, adults, title="Day care", value=1_200_000, ends_on=soon.last, lead_time_months=60)
    a_contract(session, adults, title="Shut", value=SECRET, exempt=True, ends_on=soon.last)
    session.commit()
    signed_in(client, session, a_person(session, Role.CLERK, scope=ScopeKind.DIRECTORATE, scope_id=adults.id))
    page = client.get("/timeline?whose=all").text
    assert f"/timeline/ends?from={soon.first}&amp;to={soon.last}&amp;whose=all" in page
    assert "£1.2m" in page
    assert "1 exempt" in page
    assert "7.65" not in page
    listed = client.get(f"/timeline/ends?from={soon.first}&to={soon.last}&whose=all&sort=-title").text
    assert listed.index("Shut") < listed.index("Day care")
    assert "2 contracts" in listed
    assert "7.65" not in listed
    assert "Nothing falls between these days" in client.get("/timeline/options?whose=all").text
    assert "Day care" in client.get("/timeline/to-decide?whose=all").text
    assert client.get("/timeline/decisions?whose=all").status_code == 200
    lines = client.get(f"/timeline/ends.csv?to={soon.last}&whose=all").text
    assert "Day care" in lines
    assert "Exempt" in lines
    assert "7654321" not in lines
    assert client.get("/timeline/anything").status_code == 404


def test_a_page_of_rows_is_cut_from_the_same_list(session: Session, adults: Directorate) -> None:
    for number in range(30):
        a_contract(session, adults, title=f"Home {number:02}", value=100, ends_on=date(2027, 3, 31))
    session.commit()
    narrowed = Narrowed(sort=replace(queries.BY_DAY, descending=True))
    every = queries.contract_rows(session, What.ENDS, ANYBODY, ALL, narrowed, TODAY)
    pages = [queries.contract_rows(session, What.ENDS, ANYBODY, ALL, narrowed, TODAY, page=n) for n in (1, 2)]
    assert [*pages[0], *pages[1]] == every
    assert len(every) == 30
