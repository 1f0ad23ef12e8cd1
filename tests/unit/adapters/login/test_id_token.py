# SPDX-License-Identifier: EUPL-1.2
"""ID tokens that no honest library would make: algorithms, keys, spellings."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, KeySet, RSAKey

from blauweknop.adapters.login.errors import LoginAnswerInvalidError
from blauweknop.adapters.login.id_token import verify_id_token
from blauweknop.adapters.login.model import Attempt, LoggedIn, LoginSettings

NOW = 1_793_000_000
KEY = ECKey.generate_key("P-256", {"kid": "een", "use": "sig", "alg": "ES256"})
OTHER = ECKey.generate_key("P-256", {"kid": "een", "use": "sig", "alg": "ES256"})
RSA = RSAKey.generate_key(2048, {"kid": "rsa", "use": "sig"})
SETTINGS = LoginSettings(
    issuer="https://inloggen.example",
    client_id="bron",
    client_secret="geheim",
    redirect_uri="https://bron.example/inloggen/terug",
    levels={"hoog": "hoog"},
    asked_levels=("hoog",),
)
HS256 = b'{"alg":"HS256","kid":"een"}'
CRITICAL = b'{"alg":"ES256","kid":"een","crit":["b64"],"b64":true}'
ATTEMPT = Attempt(state="s", nonce="n", verifier="v", started_at=NOW)
CLAIMS = {
    "iss": SETTINGS.issuer,
    "aud": "bron",
    "exp": NOW + 300,
    "iat": NOW,
    "nonce": "n",
    "acr": "hoog",
    "bsn": "999996149",
}


def key_set(*keys: dict[str, Any]) -> bytes:
    return json.dumps({"keys": list(keys or [KEY.as_dict(private=False)])}).encode()


def token(header: dict[str, Any] | None = None, key: Any = KEY, payload: bytes | None = None) -> str:
    full = {"alg": "ES256", "kid": "een", **(header or {})}
    content = payload if payload is not None else json.dumps(CLAIMS).encode()
    return jws.serialize_compact(full, content, key, algorithms=[full["alg"]])


def verify(text: str, keys: bytes = b"") -> LoggedIn:
    return verify_id_token(text, keys=keys or key_set(), settings=SETTINGS, attempt=ATTEMPT, at=NOW)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unsigned(header: dict[str, Any]) -> str:
    return f"{b64(json.dumps(header).encode())}.{b64(json.dumps(CLAIMS).encode())}."


def hmac_token(secret: bytes) -> str:
    start = f"{b64(HS256)}.{b64(json.dumps(CLAIMS).encode())}"
    return f"{start}.{b64(hmac.digest(secret, start.encode(), hashlib.sha256))}"


def test_a_good_token_says_who_logged_in_and_how_surely() -> None:
    assert verify(token()) == LoggedIn(subject="999996149", assurance="hoog", authenticated_at=NOW)
    assert "999996149" in repr(verify(token()).subject)


def test_the_algorithms_of_the_list_are_taken_with_keys_of_their_kind() -> None:
    keys = key_set(RSA.as_dict(private=False))
    for algorithm in ("PS256", "RS256"):
        assert verify(token({"alg": algorithm, "kid": "rsa"}, RSA), keys).assurance == "hoog"


def test_a_single_key_needs_no_name() -> None:
    bare = jws.serialize_compact({"alg": "ES256"}, json.dumps(CLAIMS).encode(), KEY, algorithms=["ES256"])
    assert verify(bare).assurance == "hoog"


BAD: dict[str, Callable[[], LoggedIn]] = {
    "no-signature": lambda: verify(unsigned({"alg": "none"})),
    "no-signature-named-key": lambda: verify(unsigned({"alg": "none", "kid": "een"})),
    "public-key-as-secret": lambda: verify(hmac_token(KEY.as_pem(private=False))),
    "algorithm-not-of-the-key": lambda: verify(token({"alg": "ES384", "kid": "groot"}, ECKey.generate_key("P-384"))),
    "algorithm-off-the-list": lambda: verify(
        token({"alg": "RS512", "kid": "rsa"}, RSA), key_set(RSA.as_dict(private=False))
    ),
    "signed-by-another-of-that-name": lambda: verify(token(key=OTHER)),
    "signature-changed": lambda: verify(token()[:-4] + "AAAA"),
    "claims-changed": lambda: verify(token().replace(".", ".e", 1)),
    "critical-extension": lambda: verify(f"{b64(CRITICAL)}.e30.AAAA"),
    "member-twice": lambda: verify(token(payload=json.dumps(CLAIMS)[:-1].encode() + b',"bsn":"999992351"}')),
    "claims-no-object": lambda: verify(token(payload=b"[]")),
    "two-keys-and-no-name": lambda: verify(
        jws.serialize_compact({"alg": "ES256"}, b"{}", KEY, algorithms=["ES256"]),
        key_set(KEY.as_dict(private=False), OTHER.as_dict(private=False)),
    ),
    "two-keys-of-one-name": lambda: verify(token(), key_set(KEY.as_dict(private=False), OTHER.as_dict(private=False))),
    "key-for-encrypting": lambda: verify(token(), key_set({**KEY.as_dict(private=False), "use": "enc"})),
    "key-of-another-algorithm": lambda: verify(token(), key_set({**KEY.as_dict(private=False), "alg": "ES512"})),
    "keys-no-set": lambda: verify(token(), b'{"keys": 1}'),
    "keys-no-json": lambda: verify(token(), b"<html>"),
    "key-malformed": lambda: verify(token(), key_set({"kty": "EC", "kid": "een", "crv": "P-256", "x": "AA"})),
    "four-parts": lambda: verify(token() + ".x"),
    "not-ascii": lambda: verify(token() + "é"),
    "empty": lambda: verify(""),
    "far-too-long": lambda: verify("x" * 20_000),
    "padding": lambda: verify(token() + "="),
}


@pytest.mark.parametrize("name", BAD)
def test_a_token_with_one_thing_wrong_is_not_believed(name: str) -> None:
    with pytest.raises(LoginAnswerInvalidError) as caught:
        BAD[name]()
    assert "999996149" not in str(caught.value)


def test_key_sets_are_what_joserfc_reads() -> None:
    assert len(KeySet.import_key_set(json.loads(key_set())).keys) == 1
