"""Who may open which page stands on the page itself, so these tests read it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from app.accounts.roles import Role
from app.accounts.rules import PERMISSIONS
from tests.makers import signed_in

OPEN_TO_EVERYONE = {
    "accounts.ask_single_sign_on",
    "accounts.set_password",
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.sign_out_of_service",
    "accounts.single_sign_on_answer",
    "decisions.decision_notices",
    "decisions.public_notice",
    "home.accessibility",
    "home.calendar_feed",
    "home.health",
    "home.help_page",
    "publication.published",
    "publication.published_edition",
    "publication.published_file",
    "publication.published_period",
    "static",
}


def guarded(app: Flask) -> dict[str, object]:
    """Each page and the permission it asks for; None is open on purpose."""
    return {name: view.needs for name, view in app.view_functions.items() if hasattr(view, "needs")}


def plain_pages(app: Flask) -> list[Rule]:
    """Pages that need nothing named in their address."""
    return [rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]


def test_every_page_says_who_may_open_it(app: Flask) -> None:
    assert set(app.view_functions) - set(guarded(app)) == {"static"}
    assert {name for name, permission in guarded(app).items() if permission is None} == OPEN_TO_EVERYONE - {"static"}


def test_pages_that_save_are_never_reached_by_a_link(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if hasattr(app.view_functions[rule.endpoint], "saves"):
            assert "POST" in (rule.methods or ()), rule.endpoint


def test_whoever_is_not_signed_in_is_asked_to(app: Flask, client: FlaskClient) -> None:
    for rule in plain_pages(app):
        if rule.endpoint not in OPEN_TO_EVERYONE:
            answer = client.get(rule.rule)
            assert answer.status_code == 302, rule.rule
            assert answer.location.startswith("/sign-in"), rule.rule


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_it_may_and_nothing_else(
    app: Flask, client: FlaskClient, session: Session, role: Role
) -> None:
    signed_in(client, session, role)
    for rule in plain_pages(app):
        permission = guarded(app).get(rule.endpoint)
        if permission is not None:
            forbidden = permission not in PERMISSIONS[role]
            answer = client.get(rule.rule)
            assert (answer.status_code == 403) == forbidden, f"{role} at {rule.rule}: {answer.status_code}"
            assert answer.status_code < 500, f"{role} at {rule.rule}"


def test_every_role_may_write_only_by_posting(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert not {"PUT", "PATCH", "DELETE"} & (rule.methods or set()), rule.rule
