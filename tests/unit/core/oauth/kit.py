# SPDX-License-Identifier: EUPL-1.2
"""Clients, keys and signed things for the tests of OAuth: everything valid, with room for one change."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Awaitable, Sequence
from typing import Any, TypeVar

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.core.consent.line import parse_lines
from blauweknop.core.oauth.client import Client
from blauweknop.core.oauth.nonce import Nonces
from blauweknop.core.oauth.rar import Registration
from blauweknop.core.oauth.rows import Row
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import algorithm_of, jwk_thumbprint, make_jwk
from blauweknop.core.wire.keys import P256Signer
from blauweknop.core.wire.strict_json import encode

PrivateKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey
S = TypeVar("S")
NOW = 1_793_000_000
TODAY = "2026-11-01"
ISSUER = "https://toestemming.example"
REQUESTER_ID = "https://hypotheek.example"
APP_ID = "https://app.example"
TAX = "https://belastingdienst.example"
CIVIL = "https://rvig.example"
CALLBACK = f"{REQUESTER_ID}/terug"
APP_CALLBACK = f"{APP_ID}/terug"
VERIFIER = "v" * 43
CHALLENGE = b64url_encode(hashlib.sha256(VERIFIER.encode()).digest())


def p256(number: int) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(number, ec.SECP256R1())


CLIENT_KEY, DPOP_KEY, OTHER_KEY, TOKEN_KEY, SOURCE_KEY, APP_KEY = (p256(number) for number in range(2001, 2007))
ED_KEY = ed25519.Ed25519PrivateKey.from_private_bytes(b"e" * 32)
TOKEN_SIGNER = P256Signer(TOKEN_KEY, kid="token-1")
NONCES = Nonces(b"n" * 32)


def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def thumbprint(key: PrivateKey) -> str:
    return jwk_thumbprint(key.public_key())


REQUESTER = Client(
    client_id=REQUESTER_ID,
    oin="00000001000000000001",
    name="Voorbeeld Hypotheken",
    profile="vrager",
    redirect_uris=frozenset([CALLBACK]),
    keys={"client-1": CLIENT_KEY.public_key()},
    dpop=frozenset([thumbprint(DPOP_KEY)]),
    services=frozenset(["hypotheek/1"]),
)
APP = Client(
    client_id=APP_ID,
    oin="00000001000000000002",
    name="Voorbeeld App",
    profile="app",
    redirect_uris=frozenset([APP_CALLBACK, "http://127.0.0.1/terug"]),
    app_origins=frozenset([APP_ID]),
    command_line=True,
)
REGISTRATION = Registration(
    catalogue=load_catalogue(),
    sources={TAX: frozenset(["inkomen/1"]), CIVIL: frozenset(["persoonsgegevens/1", "huishouden/1"])},
)
INCOME: dict[str, Any] = {
    "type": "gegevensset",
    "locations": [TAX],
    "datatypes": ["inkomen/1"],
    "actions": ["ophalen"],
    "elementen": ["verzamelinkomen", "belastingjaar"],
    "periode": {"laatste": "P3Y"},
    "dienst": "hypotheek/1",
    "geldig_tot": "2027-01-31",
    "frequentie": "maandelijks",
    "bewaartermijn": "P90D",
}
HOUSEHOLD: dict[str, Any] = {
    **INCOME,
    "locations": [CIVIL],
    "datatypes": ["huishouden/1"],
    "elementen": ["burgerlijke_staat"],
}
del HOUSEHOLD["periode"]
OWN_ACCESS: dict[str, Any] = {
    "type": "eigen_inzage",
    "locations": [TAX],
    "datatypes": ["inkomen/1"],
    "actions": ["ophalen"],
    "elementen": ["verzamelinkomen", "belastingjaar", "inkomen_box2"],
    "periode": {"van": "2020-01-01", "tot": "2025-12-31"},
}
LINES = parse_lines([INCOME, HOUSEHOLD])
OWN_LINES = parse_lines([OWN_ACCESS])


def chance(seed: int = 1) -> random.Random:
    return random.Random(seed)


def changed(content: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """``content`` with ``changes``; ``...`` takes a member away."""
    return {name: value for name, value in {**content, **changes}.items() if value is not ...}


def signature(key: PrivateKey, data: bytes) -> bytes:
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return P256Signer(key, kid="").sign(data)
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return key.sign(data)
    sha = hashes.SHA256()
    return key.sign(data, padding.PSS(mgf=padding.MGF1(sha), salt_length=32), sha)


def sign(header: dict[str, Any], claims: object, key: PrivateKey) -> str:
    """A JWS; ``claims``: bytes go in as they are."""
    payload = claims if isinstance(claims, bytes) else encode(claims)
    signing_input = f"{b64url_encode(encode(header))}.{b64url_encode(payload)}"
    return f"{signing_input}.{b64url_encode(signature(key, signing_input.encode()))}"


def assertion(
    *, key: PrivateKey = CLIENT_KEY, header: dict[str, Any] | None = None, at: int = NOW, **changes: Any
) -> str:
    claims = {"iss": REQUESTER_ID, "sub": REQUESTER_ID, "aud": ISSUER, "jti": "a-1", "iat": at, "exp": at + 60}
    full = {"alg": algorithm_of(key.public_key()), "kid": "client-1"}
    return sign(changed(full, header or {}), changed(claims, changes), key)


def proof(
    *,
    key: PrivateKey = DPOP_KEY,
    signer: PrivateKey | None = None,
    header: dict[str, Any] | None = None,
    at: int = NOW,
    url: str = f"{ISSUER}/token",
    **changes: Any,
) -> str:
    """``key``: the one it shows; ``signer``: the one it is signed with, where that is another."""
    public = key.public_key()
    full = {"typ": "dpop+jwt", "alg": algorithm_of(public), "jwk": make_jwk(public)}
    claims = {"htm": "POST", "htu": url, "iat": at, "jti": "p-1"}
    return sign(changed(full, header or {}), changed(claims, changes), signer or key)


async def refusals(rows: Sequence[Row[S]], situation: S) -> list[tuple[str, Exception]]:
    """Each row that refuses ``situation``, alone: its name and what it raises."""
    found: list[tuple[str, Exception]] = []
    for row in rows:
        try:
            waiting = row.run(situation)
            if isinstance(waiting, Awaitable):
                await waiting
        except Exception as error:  # noqa: BLE001 - whatever it is, the test looks at it
            found.append((row.name, error))
    return found


class Seen:
    """Names used once, in memory."""

    def __init__(self) -> None:
        self.names: set[tuple[str, str, str]] = set()

    async def __call__(self, kind: str, owner: str, name: str, *, until: int) -> bool:
        first = (kind, owner, name) not in self.names
        self.names.add((kind, owner, name))
        return first and until > NOW
