"""Sign-in services for the tests: a real provider in a process of its own, and one that lies."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.request import Request, urlopen

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from typing_extensions import override

from config import SingleSignOn

PATIENCE = 20.0
CLIENT = "the-register"


@dataclass(frozen=True)
class Provider:
    """The address of a running provider, and what the register is told of it."""

    issuer: str

    @property
    def settings(self) -> SingleSignOn:
        return SingleSignOn(self.issuer, CLIENT, "a secret of the two", name="Sign in with your Wold account")

    def knows(self, subject: str, **claims: object) -> None:
        """Somebody who can sign in there, with what the provider says of them."""
        body = json.dumps(claims).encode()
        request = Request(  # noqa: S310 - our own address
            f"{self.issuer}/users/{subject}", body, {"Content-Type": "application/json"}, method="PUT"
        )
        with urlopen(request) as answer:  # noqa: S310 - our own address
            assert answer.status < 300


@contextmanager
def a_real_provider() -> Iterator[Provider]:
    """A provider that is none of ours, in a process of its own on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--require-nonce"]
    environment = {**os.environ, "NO_COLOR": "1"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port)
            yield Provider(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


@dataclass
class Liar:
    """A provider whose tokens say what a test wants them to say."""

    issuer: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    #: What the next token says otherwise than it should; None leaves a claim out.
    lies: Mapping[str, object] = field(default_factory=dict)
    #: The key the next token is signed with, where it is not the provider's own.
    signed_by: RSAKey | None = None
    #: What the provider says of itself otherwise than it should.
    described: Mapping[str, object] = field(default_factory=dict)
    nonce: str = ""

    @property
    def settings(self) -> SingleSignOn:
        return SingleSignOn(self.issuer, CLIENT, "a secret of the two")

    def answer(self, path: str) -> dict[str, Any]:
        if path.endswith("/openid-configuration"):
            return {
                "issuer": self.issuer,
                **{name: f"{self.issuer}/{name}" for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")},
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                **self.described,
            }
        if path.endswith("/jwks_uri"):
            return {**KeySet([self.key]).as_dict(private=False)}
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "id_token": self.token()}

    def token(self) -> str:
        now = int(time.time())
        true = {
            "iss": self.issuer, "aud": CLIENT, "sub": "u1", "iat": now, "exp": now + 300, "nonce": self.nonce,
            "email": "robin@wold.example", "email_verified": True,
        }  # fmt: skip
        said = {name: value for name, value in {**true, **self.lies}.items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "one"}, said, self.signed_by or self.key)


@contextmanager
def a_liar() -> Iterator[Liar]:
    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps(liar.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the library's name

        @override
        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    liar = Liar(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
