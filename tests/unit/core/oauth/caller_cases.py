# SPDX-License-Identifier: EUPL-1.2
"""Who calls: cases over CALLER, ASSERTION and PROOF."""

import dataclasses
from collections.abc import Callable
from typing import Any

from blauweknop.core.oauth import caller
from blauweknop.core.oauth.client_assertion import AssertionSituation, parse_assertion
from blauweknop.core.oauth.dpop import ProofSituation, parse_proof
from tests.unit.core.oauth.kit import (
    APP,
    APP_ID,
    DPOP_KEY,
    ED_KEY,
    ISSUER,
    NONCES,
    NOW,
    OTHER_KEY,
    REQUESTER,
    Seen,
    assertion,
    proof,
    thumbprint,
)
from tests.unit.core.oauth.table_cases import Case, a_client

TOKEN_URL = f"{ISSUER}/token"
STALE = NONCES.make(NOW - 61)
FRESH = NONCES.make(NOW - 1)


def a_caller(**changes: Any) -> caller.Caller:
    good = caller.Caller(
        client=REQUESTER,
        endpoint="token",
        url=TOKEN_URL,
        issuer=ISSUER,
        nonces=NONCES,
        at=NOW,
        first_use=Seen(),
        assertion=parse_assertion(assertion()),
        proof=parse_proof([proof()]),
    )
    return dataclasses.replace(good, **changes)


def used(kind: str, owner: str, name: str) -> Seen:
    seen = Seen()
    seen.names.add((kind, owner, name))
    return seen


CALLER_CASES = {
    "suspended": Case("takes-part", lambda: a_caller(client=a_client(refusal="deelnemer-geschorst")), "invalid_client"),
    "requester-without-assertion": Case("method", lambda: a_caller(assertion=None), "invalid_client"),
    "secret": Case("method", lambda: a_caller(other_method=True), "invalid_client"),
    "app-with-assertion": Case(
        "method",
        lambda: a_caller(client=dataclasses.replace(APP, client_id=REQUESTER.client_id, keys=REQUESTER.keys)),
        "invalid_client",
        frozenset(["dpop-key"]),
    ),
    "assertion-by-another": Case(
        "assertion", lambda: a_caller(assertion=parse_assertion(assertion(key=OTHER_KEY))), "invalid_client"
    ),
    "no-proof": Case("dpop-present", lambda: a_caller(proof=None), "invalid_dpop_proof"),
    "proof-of-another-endpoint": Case(
        "dpop", lambda: a_caller(proof=parse_proof([proof(url=f"{ISSUER}/par")])), "invalid_dpop_proof"
    ),
    "proof-with-stale-nonce": Case("dpop", lambda: a_caller(proof=parse_proof([proof(nonce=STALE)])), "use_dpop_nonce"),
    "key-not-in-register": Case(
        "dpop-key", lambda: a_caller(proof=parse_proof([proof(key=OTHER_KEY)])), "invalid_dpop_proof"
    ),
    "assertion-replayed": Case(
        "assertion-once",
        lambda: a_caller(first_use=used("assertion", REQUESTER.client_id, "a-1")),
        "invalid_client",
    ),
    "proof-replayed": Case(
        "dpop-once", lambda: a_caller(first_use=used("proof", thumbprint(DPOP_KEY), "p-1")), "invalid_dpop_proof"
    ),
}


# ---- the assertion


def an_assertion(text: str, **changes: Any) -> AssertionSituation:
    good = AssertionSituation(
        assertion=parse_assertion(text), client_id=REQUESTER.client_id, keys=REQUESTER.keys, issuer=ISSUER, at=NOW
    )
    return dataclasses.replace(good, **changes)


def asserted(**changes: Any) -> Callable[[], AssertionSituation]:
    return lambda: an_assertion(assertion(**changes))


TWO_KEYS = {**REQUESTER.keys, "client-2": OTHER_KEY.public_key()}
ASSERTION_CASES = {
    name: Case(row, make, "invalid_client")
    for name, row, make in [
        ("typ-of-a-proof", "typ", asserted(header={"typ": "dpop+jwt"})),
        ("typ-of-a-token", "typ", asserted(header={"typ": "at+jwt"})),
        ("another-key", "signature", asserted(key=OTHER_KEY)),
        ("alg-none", "signature", asserted(header={"alg": "none"})),
        ("alg-hs256", "signature", asserted(header={"alg": "HS256"})),
        ("alg-ed25519-of-p256", "signature", asserted(header={"alg": "Ed25519"})),
        ("alg-es384", "signature", asserted(header={"alg": "ES384"})),
        ("another-kid", "signature", asserted(header={"kid": "client-9"})),
        ("kid-number", "signature", asserted(header={"kid": 1})),
        ("two-keys-no-kid", "signature", lambda: an_assertion(assertion(header={"kid": ...}), keys=TWO_KEYS)),
        ("no-keys", "signature", lambda: an_assertion(assertion(), keys={})),
        ("iss-another", "iss", asserted(iss=APP_ID)),
        ("iss-absent", "iss", asserted(iss=...)),
        ("sub-another", "sub", asserted(sub=APP_ID)),
        ("sub-list", "sub", asserted(sub=[REQUESTER.client_id])),
        ("aud-token-endpoint", "aud", asserted(aud=TOKEN_URL)),
        ("aud-list", "aud", asserted(aud=[ISSUER])),
        ("aud-slash", "aud", asserted(aud=ISSUER + "/")),
        ("aud-absent", "aud", asserted(aud=...)),
        ("exp-past", "exp", asserted(exp=NOW - 10)),
        ("exp-far", "exp", asserted(exp=NOW + 311)),
        ("exp-absent", "exp", asserted(exp=...)),
        ("exp-float", "exp", asserted(exp=NOW + 60.5)),
        ("exp-true", "exp", asserted(exp=True)),
        ("iat-future", "iat", asserted(iat=NOW + 11)),
        ("iat-old", "iat", asserted(iat=NOW - 311)),
        ("iat-absent", "iat", asserted(iat=...)),
        ("nbf-future", "nbf", asserted(nbf=NOW + 11)),
        ("nbf-text", "nbf", asserted(nbf="nu")),
        ("jti-absent", "jti", asserted(jti=...)),
        ("jti-empty", "jti", asserted(jti="")),
        ("jti-long", "jti", asserted(jti="j" * 201)),
        ("jti-number", "jti", asserted(jti=7)),
    ]
}


def good_assertions() -> list[AssertionSituation]:
    ed = {"client-ed": ED_KEY.public_key()}
    return [
        an_assertion(assertion()),
        an_assertion(assertion(header={"typ": "JWT"}, nbf=NOW)),
        an_assertion(assertion(header={"typ": "client-authentication+jwt", "kid": ...})),
        an_assertion(assertion(exp=NOW - 9, iat=NOW - 69)),
        an_assertion(assertion(iat=NOW + 10, exp=NOW + 310)),
        an_assertion(assertion(key=ED_KEY, header={"kid": "client-ed"}), keys=ed),
        an_assertion(assertion(key=ED_KEY, header={"kid": "client-ed", "alg": "Ed25519"}), keys=ed),
        an_assertion(assertion(), keys=TWO_KEYS),
    ]


# ---- the proof


def a_proof(text: str, **changes: Any) -> ProofSituation:
    good = ProofSituation(
        proof=parse_proof([text]), method="POST", url=TOKEN_URL, profile="vrager", nonces=NONCES, at=NOW
    )
    return dataclasses.replace(good, **changes)


def proven(**changes: Any) -> Callable[[], ProofSituation]:
    return lambda: a_proof(proof(**changes))


ATH = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"  # of RFC 9449 §7.1
RFC_TOKEN = b"Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
PROOF_CASES = {
    name: Case(row, make, error)
    for name, row, make, error in [
        ("typ-jwt", "typ", proven(header={"typ": "JWT"}), "invalid_dpop_proof"),
        ("typ-absent", "typ", proven(header={"typ": ...}), "invalid_dpop_proof"),
        ("signed-by-another", "signature", proven(signer=OTHER_KEY), "invalid_dpop_proof"),
        ("alg-none", "signature", proven(header={"alg": "none"}), "invalid_dpop_proof"),
        ("alg-another", "signature", proven(header={"alg": "PS256"}), "invalid_dpop_proof"),
        ("htm-get", "htm", proven(htm="GET"), "invalid_dpop_proof"),
        ("htm-lower", "htm", proven(htm="post"), "invalid_dpop_proof"),
        ("htu-other-host", "htu", proven(url="https://kwaad.example/token"), "invalid_dpop_proof"),
        ("htu-http", "htu", proven(url="http://toestemming.example/token"), "invalid_dpop_proof"),
        ("htu-par", "htu", proven(url=f"{ISSUER}/par"), "invalid_dpop_proof"),
        ("htu-slash", "htu", proven(url=TOKEN_URL + "/"), "invalid_dpop_proof"),
        ("htu-absent", "htu", proven(htu=...), "invalid_dpop_proof"),
        ("nonce-stale", "nonce", proven(nonce=STALE), "use_dpop_nonce"),
        ("nonce-forged", "nonce", proven(nonce=FRESH[:-1] + "A"), "use_dpop_nonce"),
        ("nonce-number", "nonce", proven(nonce=5), "use_dpop_nonce"),
        ("nonce-no-base64", "nonce", proven(nonce="%"), "use_dpop_nonce"),
        ("iat-old", "iat", proven(iat=NOW - 61), "use_dpop_nonce"),
        ("iat-ahead", "iat", proven(iat=NOW + 11), "use_dpop_nonce"),
        ("iat-absent", "iat", proven(iat=...), "invalid_dpop_proof"),
        ("iat-float", "iat", proven(iat=NOW + 0.5), "invalid_dpop_proof"),
        ("iat-far-ahead-requester", "iat", proven(iat=NOW + 61, nonce=FRESH), "invalid_dpop_proof"),
        ("ath-absent", "ath", lambda: a_proof(proof(), access_token=RFC_TOKEN), "invalid_dpop_proof"),
        ("ath-another", "ath", lambda: a_proof(proof(ath="A" * 43), access_token=RFC_TOKEN), "invalid_dpop_proof"),
        ("jti-absent", "jti", proven(jti=...), "invalid_dpop_proof"),
        ("jti-long", "jti", proven(jti="j" * 201), "invalid_dpop_proof"),
    ]
}


def good_proofs() -> list[ProofSituation]:
    return [
        a_proof(proof()),
        a_proof(proof(iat=NOW - 60)),
        a_proof(proof(iat=NOW + 10)),
        a_proof(proof(iat=NOW - 9_000, nonce=FRESH)),
        a_proof(proof(iat=NOW + 60, nonce=NONCES.make(NOW - 60))),
        a_proof(proof(iat=NOW + 9_000, nonce=NONCES.make(NOW + 10)), profile="app"),
        a_proof(proof(url=TOKEN_URL + "?a=b#c")),
        a_proof(proof(ath=ATH), access_token=RFC_TOKEN),
        a_proof(proof(key=ED_KEY)),
    ]
