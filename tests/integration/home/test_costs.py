"""What pages cost is counted in statements, never timed: as many for a long register as for a short one."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.accounts.roles import Role
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate, a_provider, a_service

#: A page, and how many statements it may cost a procurement lead at most, warm.
PAGES = (
    ("/", 32),
    ("/to-do", 12),
    ("/coverage", 8),
    ("/search?q=road", 20),
    ("/contracts", 14),
    ("/contracts?columns=reference,provider,category,current_high", 16),
    ("/services/{service}", 26),
    ("/providers/{provider}", 30),
)


@pytest.mark.parametrize(("page", "most"), PAGES)
def test_a_page_costs_the_same_statements_however_long_the_register(
    page: str, most: int, client: FlaskClient, session: Session, statements: list[str]
) -> None:
    a_council(session)
    directorate = a_directorate(session)
    service, provider = a_service(session, directorate), a_provider(session)
    browser = signed_in(client, session, Role.PROCUREMENT)
    address = page.format(service=service.id, provider=provider.id)
    counts = []
    for _ in range(2):
        for number in range(4):
            title = f"Road repairs {number}"
            contract = a_contract(session, directorate, title=title, value=5_000_000, providers=(provider,))
            contract.lead_service = service
        session.commit()
        browser.get(address)
        statements.clear()
        assert browser.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= most
