"""Typed settings, read once from the environment. Nothing here knows Flask."""

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from environs import Env

ROOT = Path(__file__).resolve().parent
INSTANCE = ROOT / "instance"
#: A machine's own names, where nobody listens in.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsError(RuntimeError):
    """The environment lacks something the product cannot run without."""


@dataclass(frozen=True)
class SingleSignOn:
    """The council's sign-in service, by OpenID Connect."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    #: The button's words.
    name: str = "Sign in with your council account"
    scopes: str = "openid email profile"
    #: Where the service says a person's address. "email" is believed only when it says that it is verified.
    email_claim: str = "email"

    @classmethod
    def from_environment(cls, env: Env) -> Self | None:
        """None where OIDC_ISSUER is unset. Raise SettingsError for one that others could listen in to."""
        issuer = env.str("OIDC_ISSUER", "").rstrip("/")
        if not issuer:
            return None
        where = urlsplit(issuer)
        if where.scheme != "https" and where.hostname not in LOOPBACK:
            raise SettingsError("OIDC_ISSUER must begin with https://")
        return cls(
            issuer=issuer,
            client_id=_wanted(env, "OIDC_CLIENT_ID"),
            client_secret=_wanted(env, "OIDC_CLIENT_SECRET"),
            name=env.str("OIDC_NAME", "") or cls.name,
            scopes=" ".join(dict.fromkeys(["openid", *env.str("OIDC_SCOPES", cls.scopes).split()])),
            email_claim=env.str("OIDC_EMAIL_CLAIM", "") or cls.email_claim,
        )


def _wanted(env: Env, name: str) -> str:
    value = env.str(name, "")
    if not value:
        raise SettingsError(f"OIDC_ISSUER is set, so {name} must be set too")
    return value


@dataclass(frozen=True)
class Settings:
    """What the environment decides. Dated settings of the council live in the database instead."""

    database_url: str
    secret_key: str
    base_url: str = "http://127.0.0.1:8000"
    files_dir: Path = INSTANCE / "files"
    smtp_url: str | None = None
    redis_url: str | None = None
    #: How many reverse proxies stand before the server and may set X-Forwarded-* headers.
    proxies: int = 0
    testing: bool = False
    samples_dir: Path = ROOT.parent / "shared" / "samples"
    #: None: people sign in with passwords of the register's own.
    single_sign_on: SingleSignOn | None = None
    #: Largest file taken in by an upload, in bytes.
    largest_upload: int = field(default=30 * 1024 * 1024)

    @property
    def secure_cookies(self) -> bool:
        return self.base_url.startswith("https://")

    @classmethod
    def from_environment(cls) -> Self:
        """Raise SettingsError when SECRET_KEY is set nowhere: neither the environment nor ``instance/secret_key``."""
        env = Env()
        return cls(
            database_url=env.str("DATABASE_URL", "") or f"sqlite:///{INSTANCE / 'register.sqlite'}",
            secret_key=_secret_key(env.str("SECRET_KEY", "")),
            base_url=env.str("BASE_URL", cls.base_url).rstrip("/"),
            files_dir=Path(env.str("FILES_DIR", str(cls.files_dir))),
            smtp_url=env.str("SMTP_URL", "") or None,
            redis_url=env.str("REDIS_URL", "") or None,
            proxies=env.int("PROXIES", 0),
            single_sign_on=SingleSignOn.from_environment(env),
            samples_dir=Path(env.str("SAMPLES_DIR", str(cls.samples_dir))),
        )


def _secret_key(given: str) -> str:
    kept = INSTANCE / "secret_key"
    if given:
        return given
    if kept.exists():
        return kept.read_text().strip()
    raise SettingsError("Set SECRET_KEY, or start with 'make run', which makes one under instance/")


def make_secret_key() -> None:
    """Keep a new secret key under ``instance/`` unless there is one already."""
    INSTANCE.mkdir(exist_ok=True)
    kept = INSTANCE / "secret_key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(48))
