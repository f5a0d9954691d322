"""The council's sign-in service, spoken to by OpenID Connect: authorization code with PKCE, state and nonce."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from flask import Response, current_app

from app.accounts.rules import Identity, identity_told
from app.core.errors import Refusal
from config import LOOPBACK, Settings, SingleSignOn

log = structlog.get_logger()

NO_ANSWER = "The sign-in service does not answer. Try again in a few minutes, or sign in with a password"
NOT_UNDERSTOOD = "The sign-in did not work out. Try again; if it fails again, tell an administrator"
#: Signatures made with the service's own key. A secret both sides know proves nothing about who signed.
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
#: How long, in seconds, the service may take to answer.
PATIENCE = 10
#: How far, in seconds, its clock may be from ours.
LEEWAY = 60
_CLIENT = "single_sign_on_client"


def service() -> SingleSignOn | None:
    """None where people sign in with passwords only."""
    settings: Settings = current_app.extensions["settings"]
    return settings.single_sign_on


def _client(wanted: SingleSignOn) -> Any:  # Any: Authlib is untyped
    """Made once for the app, so that what the service says of itself is fetched once."""
    known = current_app.extensions.get(_CLIENT)
    if known is not None and known[0] == wanted:
        return known[1]
    from authlib.integrations.flask_client import OAuth

    client = OAuth(current_app).register(
        "single_sign_on",
        client_id=wanted.client_id,
        client_secret=wanted.client_secret,
        server_metadata_url=f"{wanted.issuer}/.well-known/openid-configuration",
        client_kwargs={"scope": wanted.scopes, "code_challenge_method": "S256", "default_timeout": PATIENCE},
    )
    current_app.extensions[_CLIENT] = (wanted, client)
    return client


def _described(wanted: SingleSignOn) -> Any:  # Any: Authlib is untyped
    """The client, once what the service says of itself is known and is what it must be."""
    client = _client(wanted)
    told: dict[str, Any] = client.load_server_metadata()
    if told.get("issuer") != wanted.issuer:
        raise Refusal(NOT_UNDERSTOOD)
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        if not _is_safe(str(told.get(name, "")), wanted):
            raise Refusal(NOT_UNDERSTOOD)
    offered = told.get("id_token_signing_alg_values_supported") or ["RS256"]
    told["id_token_signing_alg_values_supported"] = [name for name in offered if name in SIGNATURES]
    return client


def _is_safe(address: str, wanted: SingleSignOn) -> bool:
    where = urlsplit(address)
    return where.scheme == "https" or (where.hostname in LOOPBACK and urlsplit(wanted.issuer).hostname in LOOPBACK)


def ask(wanted: SingleSignOn, answer_at: str) -> Response:
    """Send the browser to the service. The state, the nonce and the PKCE secret stay in its cookie with us."""
    from authlib.common.errors import AuthlibBaseError
    from requests import RequestException

    try:
        sent: Response = _described(wanted).authorize_redirect(answer_at)
    except (RequestException, AuthlibBaseError, ValueError) as error:
        log.warning("the sign-in service does not answer", exc_info=error)
        raise Refusal(NO_ANSWER) from error
    return sent


def understand(wanted: SingleSignOn) -> Identity:
    """Who the service says has come back. Refuse an answer that is not its own, or not to our question."""
    from authlib.common.errors import AuthlibBaseError
    from joserfc.errors import JoseError
    from requests import RequestException

    must = {"iss": {"essential": True, "value": wanted.issuer}, "aud": {"essential": True, "value": wanted.client_id}}
    try:
        token: Mapping[str, Any] = _described(wanted).authorize_access_token(claims_options=must, leeway=LEEWAY)
    except RequestException as error:
        log.warning("the sign-in service does not answer", exc_info=error)
        raise Refusal(NO_ANSWER) from error
    except (AuthlibBaseError, JoseError, ValueError) as error:
        log.warning("an answer of the sign-in service was refused", exc_info=error)
        raise Refusal(NOT_UNDERSTOOD) from error
    if not token.get("userinfo"):
        raise Refusal(NOT_UNDERSTOOD)
    return identity_told(wanted.issuer, token["userinfo"], email_claim=wanted.email_claim)


def sign_out_address(wanted: SingleSignOn, back_to: str) -> str | None:
    """Where the service itself is signed out of; None where it says no such place."""
    from authlib.common.errors import AuthlibBaseError
    from requests import RequestException

    try:
        told = _described(wanted).load_server_metadata()
    except (RequestException, AuthlibBaseError, ValueError, Refusal):
        return None
    place = str(told.get("end_session_endpoint") or "")
    if not _is_safe(place, wanted):
        return None
    return f"{place}?{urlencode({'client_id': wanted.client_id, 'post_logout_redirect_uri': back_to})}"
