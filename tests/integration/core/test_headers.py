"""What a page allows the browser."""

from flask.testing import FlaskClient


def test_a_page_allows_only_its_own_scripts_and_styles(client: FlaskClient) -> None:
    policy = client.get("/sign-in").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_each_page_has_a_nonce_of_its_own(client: FlaskClient) -> None:
    first, second = (client.get("/sign-in").headers["Content-Security-Policy"] for _ in range(2))
    assert first != second


def test_a_page_is_kept_by_nobody(client: FlaskClient) -> None:
    headers = client.get("/sign-in").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_https_is_asked_for_only_where_it_is_spoken(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/sign-in").headers
    assert "max-age" in client.get("/sign-in", base_url="https://localhost").headers["Strict-Transport-Security"]
