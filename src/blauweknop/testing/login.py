# SPDX-License-Identifier: EUPL-1.2
"""A login service for tests and the demo: an OpenID provider on loopback where anybody may say who they are.

It implements the real interface and is strict, so that a relying party that works with it works elsewhere: exact
``redirect_uri``, PKCE S256 demanded, codes once and for 60 seconds, client authentication by HTTP Basic, ``iss`` in the
answer. What it never does is ask for a proof of who somebody is: it starts on loopback addresses only.

``tamper`` may change header and claims of each ID token before it is signed: to see what a relying party believes.

Spec: OpenID Connect Core §3.1, RFC 6749 §4.1, RFC 7636, RFC 9207.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from blauweknop.adapters.http.client import is_loopback
from blauweknop.adapters.http.refusals import RefusedRequestError
from blauweknop.adapters.http.serving import Edge, Limits, Routed, content_security_policy, security_headers
from blauweknop.core.dataset.bsn import is_bsn
from blauweknop.core.dataset.definition import Text
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.strict_json import encode
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.endpoints.pages.files import file_routes
from blauweknop.endpoints.pages.forms import read_form
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from starlette.requests import Request

CODE_SECONDS: Final = 60
REQUEST_SECONDS: Final = 900
MOST_REQUESTS: Final = 1_000
LEVELS: Final = {
    "http://eidas.europa.eu/LoA/low": "laag",
    "http://eidas.europa.eu/LoA/substantial": "substantieel",
    "http://eidas.europa.eu/LoA/high": "hoog",
}
_USUAL_LEVEL: Final = "http://eidas.europa.eu/LoA/substantial"


class TestPerson(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to log in as; ``nl`` and ``en`` say what is to be seen of them."""

    __test__ = False  # not a test of pytest

    bsn: str
    name: str
    nl: str
    en: str


class LoginClient(msgspec.Struct, frozen=True, kw_only=True):
    """A relying party that may log people in here."""

    client_id: str
    client_secret: str
    redirect_uri: str


class _Asked(msgspec.Struct, frozen=True, kw_only=True):
    client: LoginClient
    state: str
    nonce: str
    challenge: str
    at: float
    subject: str = ""
    acr: str = ""


class LoginRequestInvalidError(RefusedRequestError):
    """The service that sent this person here did not ask for a login in the right way."""

    code = "inlogverzoek-ongeldig"


class TestLogin:
    """The login service. ``tamper``: see the module."""

    __test__ = False

    def __init__(
        self,
        issuer: str,
        clients: Sequence[LoginClient],
        people: Sequence[TestPerson],
        *,
        now: Callable[[], float],
        random: Callable[[int], bytes],
    ) -> None:
        """``issuer``: http address on loopback. Raises: ``ConfigurationError`` for any other."""
        if not is_loopback(urlsplit(issuer).hostname or ""):
            raise ConfigurationError("the test login runs on a loopback address only")
        self.issuer = issuer
        self.tamper: Callable[[dict[str, Any], dict[str, Any]], None] = lambda _header, _claims: None
        self.announce: dict[str, Any] = {}
        self._clients = {client.client_id: client for client in clients}
        self._people = tuple(people)
        self._now = now
        self._random = random
        self._key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256", "kid": b64url_encode(random(8))})
        self._requests: dict[str, _Asked] = {}
        self._codes: dict[str, _Asked] = {}
        site = Site(name=Text(nl="Testlogin", en="Test login"), environment="test", secure=False, home="/inloggen")
        self._pages = Pages(site, [Path(__file__).parent / "pages"])

    def app(self) -> Edge:
        """The application. Its forms lead back to the relying parties."""
        targets = sorted({_origin(client.redirect_uri) for client in self._clients.values()})
        return Edge(
            Routed(
                [
                    Route("/.well-known/openid-configuration", self._describe, methods=["GET"]),
                    Route("/sleutels", self._keys, methods=["GET"]),
                    Route("/inloggen", self._authorize, methods=["GET"], name="testlogin"),
                    Route("/inloggen", self._decide, methods=["POST"]),
                    Route("/token", self._token, methods=["POST"]),
                    *file_routes(),
                ]
            ),
            hosts=frozenset({urlsplit(self.issuer).netloc}),
            headers=security_headers(content_security_policy(*targets), https=False),
            answer=Failures(self._pages),
            limits=Limits(),
        )

    async def _describe(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/inloggen",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/sleutels",
                "response_types_supported": ["code"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["ES256"],
                "code_challenge_methods_supported": ["S256"],
                "acr_values_supported": list(LEVELS),
                "authorization_response_iss_parameter_supported": True,
                **self.announce,
            }
        )

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        """Authorization endpoint (RFC 6749 §4.1.1); without a request it says what this is."""
        if not set(request.query_params) - {"taal"}:
            return self._pages.page(request, "testlogin.html", request_id="", people=(), levels={}, usual="")
        query = _once(request.query_params.multi_items())
        client = self._clients.get(query.get("client_id", ""))
        if client is None or query.get("redirect_uri") != client.redirect_uri:
            raise LoginRequestInvalidError("client_id or redirect_uri", clause="RFC 6749 §4.1.2.1")
        asked = _Asked(
            client=client,
            state=query.get("state", ""),
            nonce=query.get("nonce", ""),
            challenge=query.get("code_challenge", ""),
            at=self._now(),
        )
        sound = (
            query.get("response_type") == "code"
            and "openid" in query.get("scope", "").split()
            and query.get("code_challenge_method") == "S256"
            and all((asked.state, asked.nonce, asked.challenge))
        )
        if not sound:
            return self._back(client, {"error": "invalid_request", "state": asked.state})
        self._forget_old()
        request_id = b64url_encode(self._random(16))
        self._requests[request_id] = asked
        kept = urlencode([pair for pair in query.items() if pair[0] != "taal"])
        return self._pages.page(
            request,
            "testlogin.html",
            request_id=request_id,
            people=self._people,
            levels=LEVELS,
            usual=_USUAL_LEVEL,
            kept_query=f"{kept}&",
        )

    async def _decide(self, request: Request) -> Response:
        """The person says who they are, or stops."""
        form = await read_form(request, single=frozenset({"verzoek", "persoon", "bsn", "niveau", "keuze"}))
        asked = self._requests.get(form.one("verzoek"))
        if asked is None or self._now() > asked.at + REQUEST_SECONDS:
            raise LoginRequestInvalidError("an unknown or old request")
        if form.one("keuze") == "stop":
            del self._requests[form.one("verzoek")]
            return self._back(asked.client, {"error": "access_denied", "state": asked.state})
        subject = form.one("bsn").strip() or form.one("persoon")
        if not is_bsn(subject) or form.one("niveau") not in LEVELS:
            return self._pages.page(
                request,
                "testlogin.html",
                status=400,
                request_id=form.one("verzoek"),
                people=self._people,
                levels=LEVELS,
                usual=_USUAL_LEVEL,
                wrong=True,
            )
        del self._requests[form.one("verzoek")]
        code = b64url_encode(self._random(32))
        self._codes[code] = msgspec.structs.replace(asked, subject=subject, acr=form.one("niveau"), at=self._now())
        return self._back(asked.client, {"code": code, "state": asked.state})

    async def _token(self, request: Request) -> Response:
        """Token endpoint (RFC 6749 §4.1.3)."""
        form = _once(parse_qsl((await request.body()).decode("ascii", "replace"), keep_blank_values=True))
        asked = self._codes.pop(form.get("code", ""), None)  # once, whatever comes of it
        if asked is None or not self._is_client(request.headers.get("authorization", ""), asked.client):
            return _oauth_error("invalid_grant" if asked is None else "invalid_client")
        challenge = b64url_encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        sound = (
            form.get("grant_type") == "authorization_code"
            and form.get("redirect_uri") == asked.client.redirect_uri
            and hmac.compare_digest(challenge, asked.challenge)
            and self._now() <= asked.at + CODE_SECONDS
        )
        if not sound:
            return _oauth_error("invalid_grant")
        body = {
            "access_token": b64url_encode(self._random(32)),
            "token_type": "Bearer",
            "expires_in": CODE_SECONDS,
            "id_token": self._id_token(asked),
        }
        return JSONResponse(body)

    def _id_token(self, asked: _Asked) -> str:
        now = int(self._now())
        header = {"alg": "ES256", "kid": self._key.kid, "typ": "JWT"}
        claims: dict[str, Any] = {
            "iss": self.issuer,
            "sub": b64url_encode(hashlib.sha256(f"{self.issuer}|{asked.subject}".encode()).digest()),
            "aud": asked.client.client_id,
            "exp": now + 300,
            "iat": now,
            "auth_time": now,
            "nonce": asked.nonce,
            "acr": asked.acr,
            "bsn": asked.subject,
        }
        self.tamper(header, claims)
        return jws.serialize_compact(header, encode(claims), self._key, algorithms=["ES256"])

    def _back(self, client: LoginClient, answer: Mapping[str, str]) -> Response:
        return RedirectResponse(f"{client.redirect_uri}?{urlencode({**answer, 'iss': self.issuer})}", status_code=303)

    def _is_client(self, authorization: str, client: LoginClient) -> bool:
        scheme, _, value = authorization.partition(" ")
        try:
            name, _, secret = base64.b64decode(value, validate=True).decode("ascii").partition(":")
        except ValueError:
            return False
        expected = client.client_secret.encode()
        return (
            scheme == "Basic"
            and unquote(name) == client.client_id
            and hmac.compare_digest(unquote(secret).encode(), expected)
        )

    def _forget_old(self) -> None:
        now = self._now()
        self._requests = {key: asked for key, asked in self._requests.items() if now <= asked.at + REQUEST_SECONDS}
        self._codes = {key: asked for key, asked in self._codes.items() if now <= asked.at + CODE_SECONDS}
        while len(self._requests) >= MOST_REQUESTS:
            del self._requests[next(iter(self._requests))]


def _once(pairs: Sequence[tuple[str, str]]) -> dict[str, str]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise LoginRequestInvalidError("a parameter stands twice", clause="RFC 6749 §3.1")
    return found


def _oauth_error(error: str) -> Response:
    return JSONResponse({"error": error}, status_code=401 if error == "invalid_client" else 400)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
