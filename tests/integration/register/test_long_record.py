"""A long record's page: its sections as links, in their order, an empty one in a line."""

import re

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.core.sections import sections_of
from tests.makers import signed_in
from tests.register_makers import a_contract, a_council, a_directorate

#: As a reader looks for them: what it is and comes to, what was promised and kept, what the law asks, what changed.
ORDER = (
    *("next", "facts", "values", "extensions", "providers", "related"),
    *("social-value", "performance", "spend", "documents", "notices", "procurement", "law", "history"),
)


def test_every_section_of_a_contract_is_a_link_at_its_top_in_the_order_of_the_page(
    client: FlaskClient, session: Session
) -> None:
    a_council(session)
    contract = a_contract(session, a_directorate(session))
    signed_in(client, session)
    page = client.get(f"/contracts/{contract.id}").text
    listed = re.search(r'<nav class="app-on-this-page".*?</nav>', page, re.DOTALL)
    assert listed is not None
    ids = [found for found, _ in sections_of(page)]
    assert re.findall(r'href="#([a-z0-9-]+)"', listed[0]) == ids
    assert [one for one in ids if one in ORDER] == list(ORDER)
    for empty in ("social-value", "performance", "spend", "documents", "notices"):
        assert f'<section class="app-section app-section--empty" aria-labelledby="{empty}">' in page, empty
