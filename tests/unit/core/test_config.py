"""What the environment decides, and what it is refused."""

import pytest

from config import Settings, SettingsError, SingleSignOn

SERVICE = {
    "SECRET_KEY": "a key",
    "OIDC_ISSUER": "https://login.example/tenant/v2.0/",
    "OIDC_CLIENT_ID": "register",
    "OIDC_CLIENT_SECRET": "kept",
}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME", "OIDC_SCOPES", "OIDC_EMAIL_CLAIM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in SERVICE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_a_sign_in_service_is_read_and_its_secret_is_never_printed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OIDC_SCOPES", "email offline_access")
    read = Settings.from_environment().single_sign_on
    assert read == SingleSignOn(
        "https://login.example/tenant/v2.0", "register", "kept", scopes="openid email offline_access"
    )
    assert "kept" not in repr(read)


def test_without_an_issuer_people_sign_in_with_passwords(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OIDC_ISSUER", "")
    assert Settings.from_environment().single_sign_on is None


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("OIDC_ISSUER", "http://login.example", "OIDC_ISSUER must begin with https://"),
        ("OIDC_CLIENT_ID", "", "OIDC_CLIENT_ID must be set too"),
        ("OIDC_CLIENT_SECRET", "", "OIDC_CLIENT_SECRET must be set too"),
    ],
)
def test_half_a_sign_in_service_is_refused(environment: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    environment.setenv(name, value)
    with pytest.raises(SettingsError, match=told):
        Settings.from_environment()


def test_a_service_on_this_very_machine_needs_no_https(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("OIDC_ISSUER", "http://127.0.0.1:9400")
    read = Settings.from_environment().single_sign_on
    assert read is not None
    assert read.issuer == "http://127.0.0.1:9400"
