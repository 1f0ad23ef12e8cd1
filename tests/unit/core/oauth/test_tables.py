# SPDX-License-Identifier: EUPL-1.2
"""Every row of every table: a valid situation passes whole; one named change is refused by one row and by no other.

So with that row replaced by one that does nothing, the changed situation gets through: each row holds something that
nothing else holds. A case that more rows refuse (``ALSO``) counts as a negative test, not as a proof of its row.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from blauweknop.core.consent.line import DataPeriod, Line, parse_lines
from blauweknop.core.oauth import caller, client_assertion, dpop, rar, resource
from blauweknop.core.oauth.authorize import AuthorizeSituation
from blauweknop.core.oauth.client_assertion import AssertionSituation, parse_assertion
from blauweknop.core.oauth.dpop import ProofSituation, parse_proof
from blauweknop.core.oauth.errors import OAuthError
from blauweknop.core.oauth.model import CodeContent, PushedRequest, RefreshContent, Standing
from blauweknop.core.oauth.par import ParSituation
from blauweknop.core.oauth.pipelines import AUTHORIZE, CALLER, CODE, PAR, REFRESH, REVOCATION, SKIPPED
from blauweknop.core.oauth.resource import AccessSituation, TokenExpected, parse_access_token
from blauweknop.core.oauth.revocation import RevocationSituation
from blauweknop.core.oauth.rows import Row, run_rows
from blauweknop.core.oauth.token import CodeSituation, RefreshSituation
from tests.unit.core.oauth.kit import (
    APP,
    APP_CALLBACK,
    APP_ID,
    APP_KEY,
    CALLBACK,
    CHALLENGE,
    CIVIL,
    CLIENT_KEY,
    DPOP_KEY,
    ED_KEY,
    INCOME,
    ISSUER,
    LINES,
    NONCES,
    NOW,
    OTHER_KEY,
    OWN_LINES,
    REGISTRATION,
    REQUESTER,
    TAX,
    TODAY,
    TOKEN_KEY,
    VERIFIER,
    Seen,
    assertion,
    changed,
    proof,
    refusals,
    sign,
    thumbprint,
)

pytestmark = pytest.mark.anyio
TOKEN_URL = f"{ISSUER}/token"
STALE = NONCES.make(NOW - 61)
FRESH = NONCES.make(NOW - 1)


@dataclass(frozen=True)
class Case:
    """``also``: other rows that refuse the same thing."""

    row: str
    make: Callable[[], Any]
    error: str
    also: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Table:
    rows: Sequence[Row[Any]]
    good: Callable[[], list[Any]]
    cases: dict[str, Case]


# ---- who calls


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


def a_client(**changes: Any) -> Any:
    return dataclasses.replace(REQUESTER, **changes)


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


# ---- the pushed request

PUSH = {
    "response_type": "code",
    "redirect_uri": CALLBACK,
    "state": "s-1",
    "code_challenge": CHALLENGE,
    "code_challenge_method": "S256",
}


def a_push(changes: dict[str, Any] | None = None, **others: Any) -> ParSituation:
    good = ParSituation(
        parameters=changed(PUSH, changes or {}),
        lines=LINES,
        client=REQUESTER,
        jkt=thumbprint(DPOP_KEY),
        environment="test",
        registration=REGISTRATION,
        today=TODAY,
    )
    return dataclasses.replace(good, **others)


def pushed_by_app(redirect_uri: str = APP_CALLBACK, **others: Any) -> ParSituation:
    return a_push({"redirect_uri": redirect_uri}, **{"client": APP, "lines": OWN_LINES, **others})


def pushing(**changes: Any) -> Callable[[], ParSituation]:
    return lambda: a_push(changes)


PAR_CASES = {
    "request-uri": Case("request-object", pushing(request_uri="urn:x"), "invalid_request"),
    "request": Case("request-object", pushing(request="e30.e30."), "invalid_request"),
    "response-type-token": Case("response-type", pushing(response_type="token"), "unsupported_response_type"),
    "response-type-two": Case("response-type", pushing(response_type="code id_token"), "unsupported_response_type"),
    "response-type-absent": Case("response-type", pushing(response_type=...), "unsupported_response_type"),
    "fragment": Case("response-mode", pushing(response_mode="fragment"), "invalid_request"),
    "scope": Case("scope", pushing(scope="openid"), "invalid_scope"),
    "redirect-other": Case("redirect-uri", pushing(redirect_uri="https://kwaad.example/"), "invalid_request"),
    "redirect-longer": Case("redirect-uri", pushing(redirect_uri=CALLBACK + "/x"), "invalid_request"),
    "redirect-query": Case("redirect-uri", pushing(redirect_uri=CALLBACK + "?x=1"), "invalid_request"),
    "redirect-absent": Case("redirect-uri", pushing(redirect_uri=...), "invalid_request"),
    "redirect-huge": Case("redirect-uri", pushing(redirect_uri=CALLBACK + "a" * 1000), "invalid_request"),
    "loopback-requester": Case("redirect-uri", pushing(redirect_uri="http://127.0.0.1:5/terug"), "invalid_request"),
    "loopback-production": Case(
        "redirect-uri",
        lambda: pushed_by_app("http://127.0.0.1:5/terug", environment="productie"),
        "invalid_request",
    ),
    "loopback-user": Case(
        "redirect-uri", lambda: pushed_by_app("http://127.0.0.1@k.example:5/terug"), "invalid_request"
    ),
    "loopback-name": Case("redirect-uri", lambda: pushed_by_app("http://localhost:5/terug"), "invalid_request"),
    "loopback-port": Case("redirect-uri", lambda: pushed_by_app("http://127.0.0.1:x/terug"), "invalid_request"),
    "loopback-path": Case("redirect-uri", lambda: pushed_by_app("http://127.0.0.1:5/anders"), "invalid_request"),
    "app-without-command-line": Case(
        "redirect-uri",
        lambda: pushed_by_app("http://127.0.0.1:5/terug", client=dataclasses.replace(APP, command_line=False)),
        "invalid_request",
    ),
    "state-long": Case("state", pushing(state="s" * 513), "invalid_request"),
    "state-newline": Case("state", pushing(state="a\nb"), "invalid_request"),
    "plain": Case("pkce", pushing(code_challenge_method="plain"), "invalid_request"),
    "method-absent": Case("pkce", pushing(code_challenge_method=...), "invalid_request"),
    "challenge-absent": Case("pkce", pushing(code_challenge=...), "invalid_request"),
    "challenge-short": Case("pkce", pushing(code_challenge="A" * 42), "invalid_request"),
    "jkt-another": Case("dpop-jkt", pushing(dpop_jkt="A" * 43), "invalid_dpop_proof"),
    "jkt-alone-unregistered": Case("dpop-jkt", lambda: a_push({"dpop_jkt": "A" * 43}, jkt=""), "invalid_dpop_proof"),
    "over-asking": Case(
        "lines",
        lambda: a_push(lines=parse_lines([{**INCOME, "elementen": ["inkomen_box2"]}])),
        "invalid_authorization_details",
    ),
}


def good_pushes() -> list[ParSituation]:
    return [
        a_push(),
        a_push({"state": ..., "response_mode": "query", "dpop_jkt": thumbprint(DPOP_KEY)}),
        a_push({"dpop_jkt": thumbprint(DPOP_KEY)}, jkt=""),
        pushed_by_app(),
        pushed_by_app("http://127.0.0.1:49152/terug"),
        pushed_by_app("http://127.0.0.1/terug"),
    ]


# ---- the lines


def a_line(line: Line = LINES[0], **changes: Any) -> rar.LineSituation:
    own = line.type == "eigen_inzage"
    client = changes.pop("client", APP if own else REQUESTER)
    registration = changes.pop("registration", REGISTRATION)
    return rar.LineSituation(
        line=msgspec.structs.replace(line, **changes), client=client, registration=registration, today=TODAY
    )


def asking(**changes: Any) -> Callable[[], rar.LineSituation]:
    return lambda: a_line(**changes)


def own(**changes: Any) -> Callable[[], rar.LineSituation]:
    return lambda: a_line(OWN_LINES[0], **changes)


LINE_CASES = {
    name: Case(row, make, "invalid_authorization_details", frozenset(also))
    for name, row, make, also in [
        ("own-access-by-requester", "type", lambda: a_line(LINES[0], type="eigen_inzage"), ["terms"]),
        ("capacity-by-requester", "type", lambda: a_line(LINES[0], type="bekwaamheid"), ["terms"]),
        ("capacity-by-app", "type", lambda: a_line(OWN_LINES[0], type="bekwaamheid", client=APP), []),
        ("consent-by-app", "type", lambda: a_line(OWN_LINES[0], type="gegevensset", client=APP), []),
        ("own-rule", "rule", asking(regel="r-1"), []),
        ("service-unknown-to-app", "service", own(dienst="niets/1"), []),
        ("service-unknown", "service", asking(dienst="niets/1"), ["admission"]),
        ("not-admitted", "admission", lambda: a_line(client=a_client(services=frozenset())), []),
        ("source-unknown", "source", asking(locations=("https://kwaad.example",)), []),
        ("source-slash", "source", asking(locations=(TAX + "/",)), []),
        ("not-offered", "data-set", asking(locations=(CIVIL,)), []),
        ("set-unknown", "data-set", own(datatypes=("niets/1",)), []),
        ("element-unknown", "elements", own(elementen=("niets",)), []),
        ("element-index", "elements", own(elementen=("verzamelinkomen[0]",)), []),
        ("element-form", "elements", own(elementen=("ü",)), []),
        ("own-frequency", "terms", own(frequentie="maandelijks"), []),
        ("own-retention", "terms", own(bewaartermijn="P90D"), []),
        ("own-end-past", "terms", own(geldig_tot="2026-10-31"), []),
        ("own-end-form", "terms", own(geldig_tot="2027-13-01"), []),
        ("own-end-spelling", "terms", own(geldig_tot="20270101"), []),
        ("own-period-form", "period", own(periode=DataPeriod(laatste="3Y")), []),
        ("own-period-backwards", "period", own(periode=DataPeriod(van="2025-01-01", tot="2024-01-01")), []),
        (
            "own-period-none",
            "period",
            own(datatypes=("huishouden/1",), locations=(CIVIL,), elementen=("burgerlijke_staat",)),
            [],
        ),
        ("cap-element", "cap", asking(elementen=("inkomen_box2",)), []),
        ("cap-frequency", "cap", asking(frequentie="dagelijks"), []),
        ("cap-end", "cap", asking(geldig_tot="2027-05-02"), []),
        ("cap-retention", "cap", asking(bewaartermijn="P4M"), []),
        ("cap-period", "cap", asking(periode=DataPeriod(laatste="P4Y")), []),
        (
            "cap-set",
            "cap",
            lambda: a_line(
                dienst="voedselbank/1",
                client=a_client(services=frozenset(["voedselbank/1"])),
                periode=DataPeriod(laatste="P9Y"),
            ),
            [],
        ),
    ]
}
JOINED = "AAAAAAAAAAAAAAAAAAAAAA"


def lines(*changes: dict[str, Any]) -> tuple[Line, ...]:
    return tuple(msgspec.structs.replace(LINES[0], **change) for change in changes)


LINES_CASES = {
    name: Case(row, make, "invalid_authorization_details")
    for name, row, make in [
        ("two-services", "one-service", lambda: lines({}, {"dienst": "voedselbank/1"})),
        ("joined-two", "joined", lambda: lines({"samen": JOINED}, {"samen": "B" + JOINED[1:]})),
        ("joined-half", "joined", lambda: lines({"samen": JOINED}, {})),
        ("joined-short", "joined", lambda: lines({"samen": "AAAA"})),
        ("joined-form", "joined", lambda: lines({"samen": "=" * 22})),
        ("too-much-for-one-source", "token-size", lambda: lines(*[{}] * 12)),
    ]
}

# ---- the browser


def a_pushed(**changes: Any) -> PushedRequest:
    good = PushedRequest(
        client_id=REQUESTER.client_id, redirect_uri=CALLBACK, code_challenge=CHALLENGE, lines=LINES, pushed_at=NOW
    )
    return msgspec.structs.replace(good, **changes)


async def once() -> bool:
    return True


async def again() -> bool:
    return False


def an_arrival(**changes: Any) -> AuthorizeSituation:
    good = AuthorizeSituation(
        client_id=REQUESTER.client_id,
        pushed=a_pushed(),
        client=REQUESTER,
        environment="test",
        at=NOW + 89,
        take=once,
    )
    return dataclasses.replace(good, **changes)


AUTHORIZE_CASES = {
    "another-client": Case("same-client", lambda: an_arrival(client_id=APP_ID), "invalid_request_uri"),
    "too-late": Case("age", lambda: an_arrival(at=NOW + 90), "invalid_request_uri"),
    "suspended": Case("takes-part", lambda: an_arrival(client=a_client(refusal="x")), "invalid_client"),
    "redirect-gone": Case(
        "redirect-uri", lambda: an_arrival(client=a_client(redirect_uris=frozenset())), "invalid_request"
    ),
    "used": Case("request-once", lambda: an_arrival(take=again), "invalid_request_uri"),
}

# ---- the token

STANDING = Standing(lines=LINES, until=NOW + 9_000, sub="p-1", acr="substantieel")
BY_CODE = {"redirect_uri": CALLBACK, "code_verifier": VERIFIER, "resource": TAX}
CODE_CONTENT = CodeContent(
    client_id=REQUESTER.client_id,
    redirect_uri=CALLBACK,
    code_challenge=CHALLENGE,
    grant_id="g-1",
    kind="gegevensset",
    jkt=thumbprint(DPOP_KEY),
)


AS_APP = a_client(profile="app")


def unbound(**changes: Any) -> CodeContent:
    return msgspec.structs.replace(CODE_CONTENT, jkt="", **changes)


def a_code(changes: dict[str, Any] | None = None, **others: Any) -> CodeSituation:
    good = CodeSituation(
        parameters=changed(BY_CODE, changes or {}),
        client=REQUESTER,
        jkt=thumbprint(DPOP_KEY),
        code=CODE_CONTENT,
        expires_at=NOW + 60,
        standing=STANDING,
        issuer=ISSUER,
        at=NOW,
        redeem=once,
    )
    return dataclasses.replace(good, **others)


def standing(**changes: Any) -> Standing:
    return dataclasses.replace(STANDING, **changes)


CODE_CASES = {
    "another-client": Case("client", lambda: a_code(client=a_client(client_id="https://b.example")), "invalid_grant"),
    "expired": Case("age", lambda: a_code(at=NOW + 60), "invalid_grant"),
    "redirect-another": Case("redirect-uri", lambda: a_code({"redirect_uri": CALLBACK + "/"}), "invalid_grant"),
    "redirect-absent": Case("redirect-uri", lambda: a_code({"redirect_uri": ...}), "invalid_grant"),
    "verifier-another": Case("pkce", lambda: a_code({"code_verifier": "w" * 43}), "invalid_grant"),
    "verifier-absent": Case("pkce", lambda: a_code({"code_verifier": ...}), "invalid_grant"),
    "verifier-long": Case("pkce", lambda: a_code({"code_verifier": "v" * 129}), "invalid_grant"),
    "another-key": Case("key", lambda: a_code(jkt=thumbprint(OTHER_KEY)), "invalid_grant"),
    "app-without-key": Case("key", lambda: a_code(client=AS_APP, code=unbound(kind="eigen_inzage")), "invalid_grant"),
    "became-an-app": Case("kind", lambda: a_code(client=AS_APP), "invalid_grant"),
    "ended": Case("standing", lambda: a_code(standing=standing(ended="ingetrokken")), "invalid_grant"),
    "over": Case("standing", lambda: a_code(standing=standing(until=NOW)), "invalid_grant"),
    "target-another": Case("target", lambda: a_code({"resource": "https://kwaad.example"}), "invalid_target"),
    "target-slash": Case("target", lambda: a_code({"resource": TAX + "/"}), "invalid_target"),
    "twice-later": Case("code-once", lambda: a_code(redeem=again, used=True, at=NOW + 200), "invalid_grant"),
    "twice": Case("code-once", lambda: a_code(redeem=again), "invalid_grant"),
}
REFRESH_CONTENT = RefreshContent(client_id=REQUESTER.client_id, grant_id="g-1", kind="gegevensset")


def a_refresh(changes: dict[str, Any] | None = None, **others: Any) -> RefreshSituation:
    good = RefreshSituation(
        parameters=changed({"resource": CIVIL}, changes or {}),
        client=REQUESTER,
        jkt=thumbprint(DPOP_KEY),
        refresh=REFRESH_CONTENT,
        expires_at=NOW + 9_000,
        standing=STANDING,
        issuer=ISSUER,
        at=NOW,
    )
    return dataclasses.replace(good, **others)


BOUND = msgspec.structs.replace(REFRESH_CONTENT, jkt=thumbprint(APP_KEY))
REFRESH_CASES = {
    "another-client": Case(
        "client", lambda: a_refresh(client=a_client(client_id="https://b.example")), "invalid_grant"
    ),
    "expired": Case("age", lambda: a_refresh(expires_at=NOW), "invalid_grant"),
    "another-key": Case("key", lambda: a_refresh(refresh=BOUND), "invalid_grant"),
    "app-without-key": Case(
        "key",
        lambda: a_refresh(client=AS_APP, refresh=msgspec.structs.replace(REFRESH_CONTENT, kind="eigen_inzage")),
        "invalid_grant",
    ),
    "became-an-app": Case(
        "kind", lambda: a_refresh(client=AS_APP, refresh=BOUND, jkt=thumbprint(APP_KEY)), "invalid_grant"
    ),
    "withdrawn": Case("standing", lambda: a_refresh(standing=standing(ended="ingetrokken")), "invalid_grant"),
    "paused": Case("waiting", lambda: a_refresh(standing=standing(waiting="gepauzeerd")), "authorization_pending"),
    "target": Case("target", lambda: a_refresh({"resource": "https://kwaad.example"}), "invalid_target"),
}
REVOCATION_CASES = {
    "another-client": Case(
        "own-token", lambda: RevocationSituation(client=APP, refresh=REFRESH_CONTENT), "unauthorized_client"
    ),
}

# ---- the access token at a source

CLAIMS: dict[str, Any] = {
    "iss": ISSUER,
    "aud": TAX,
    "client_id": REQUESTER.client_id,
    "sub": "p-1",
    "iat": NOW,
    "exp": NOW + 300,
    "jti": "t-1",
    "cnf": {"jkt": thumbprint(DPOP_KEY)},
    "grant_id": "g-1",
    "acr": "substantieel",
    "omgeving": "test",
    "authorization_details": [INCOME],
    "subject": "e30.....",
}
EXPECTED = TokenExpected(issuer=ISSUER, keys={"token-1": TOKEN_KEY.public_key()}, audience=TAX, environment="test")


def a_token(
    changes: dict[str, Any] | None = None, *, header: dict[str, Any] | None = None, key: Any = TOKEN_KEY, at: int = NOW
) -> AccessSituation:
    full = changed({"typ": "at+jwt", "alg": "ES256", "kid": "token-1"}, header or {})
    token = parse_access_token(sign(full, changed(CLAIMS, changes or {}), key).encode())
    return AccessSituation(jws=token.jws, claims=token.dangerous_claims, expected=EXPECTED, at=at)


def token(**changes: Any) -> Callable[[], AccessSituation]:
    return lambda: a_token(changes)


ACCESS_CASES = {
    name: Case(row, make, "invalid_token")
    for name, row, make in [
        ("typ-jwt", "typ", lambda: a_token(header={"typ": "JWT"})),
        ("typ-proof", "typ", lambda: a_token(header={"typ": "dpop+jwt"})),
        ("iss-another", "iss", token(iss="https://kwaad.example")),
        ("key-of-another", "signature", lambda: a_token(key=OTHER_KEY)),
        ("key-of-the-client", "signature", lambda: a_token(key=CLIENT_KEY)),
        ("alg-none", "signature", lambda: a_token(header={"alg": "none"})),
        ("alg-eddsa", "signature", lambda: a_token(header={"alg": "EdDSA"})),
        ("kid-unknown", "signature", lambda: a_token(header={"kid": "seal-1"})),
        ("aud-list", "aud", token(aud=[TAX])),
        ("aud-as", "aud", token(aud=ISSUER)),
        ("environment", "omgeving", token(omgeving="productie")),
        ("environment-absent", "omgeving", token(omgeving=...)),
        ("expired", "exp", lambda: a_token(at=NOW + 310)),
        ("exp-text", "exp", token(exp="morgen")),
        ("future", "iat", lambda: a_token(at=NOW - 11)),
        ("too-long", "iat", token(exp=NOW + 301)),
        ("iat-absent", "iat", token(iat=...)),
        ("no-subject", "subject", token(subject=...)),
        ("subject-object", "subject", token(subject={})),
        ("lines-absent", "lines", token(authorization_details=...)),
        ("lines-empty", "lines", token(authorization_details=[])),
        ("lines-text", "lines", token(authorization_details="x")),
        ("lines-of-two", "lines", token(authorization_details=[INCOME, {**INCOME, "locations": [CIVIL]}])),
    ]
}

TABLES: dict[str, Table] = {
    "CALLER": Table(CALLER, lambda: [a_caller()], CALLER_CASES),
    "ASSERTION": Table(client_assertion.ASSERTION, good_assertions, ASSERTION_CASES),
    "PROOF": Table(dpop.PROOF, good_proofs, PROOF_CASES),
    "PAR": Table(PAR, good_pushes, PAR_CASES),
    "LINE": Table(
        rar.LINE,
        lambda: [
            a_line(),
            a_line(LINES[1]),
            a_line(OWN_LINES[0]),
            a_line(OWN_LINES[0], dienst="hypotheek/1", geldig_tot="2026-11-01"),
            a_line(OWN_LINES[0], periode=None),
        ],
        LINE_CASES,
    ),
    "LINES": Table(
        rar.LINES, lambda: [LINES, lines({"samen": JOINED}, {"samen": JOINED}), lines(*[{}] * 8)], LINES_CASES
    ),
    "AUTHORIZE": Table(AUTHORIZE, lambda: [an_arrival()], AUTHORIZE_CASES),
    "CODE": Table(
        CODE,
        lambda: [
            a_code(),
            a_code({"resource": ...}),
            a_code({"resource": ISSUER}),
            a_code(code=msgspec.structs.replace(CODE_CONTENT, jkt="")),
            a_code(standing=standing(waiting="niet_compleet")),
            a_code(at=NOW + 59),
        ],
        CODE_CASES,
    ),
    "REFRESH": Table(
        REFRESH,
        lambda: [
            a_refresh(),
            a_refresh({"resource": ...}),
            a_refresh({"resource": ISSUER}),
            a_refresh(refresh=BOUND, jkt=thumbprint(APP_KEY)),
        ],
        REFRESH_CASES,
    ),
    "REVOCATION": Table(
        REVOCATION,
        lambda: [RevocationSituation(client=REQUESTER, refresh=REFRESH_CONTENT)],
        REVOCATION_CASES,
    ),
    "ACCESS": Table(
        resource.ACCESS,
        lambda: [a_token(), a_token(at=NOW + 309), a_token(header={"typ": "application/at+jwt"})],
        ACCESS_CASES,
    ),
}
EVERY = [(table, name) for table, found in TABLES.items() for name in found.cases]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("name", TABLES)
async def test_what_is_valid_passes_every_row(name: str) -> None:
    for situation in TABLES[name].good():
        assert await refusals(TABLES[name].rows, situation) == []


@pytest.mark.parametrize(("name", "case_name"), EVERY, ids=["-".join(each) for each in EVERY])
async def test_one_change_is_refused_by_its_row(name: str, case_name: str) -> None:
    table = TABLES[name]
    case = table.cases[case_name]
    found = dict(await refusals(table.rows, case.make()))
    assert set(found) == {case.row} | case.also
    error = found[case.row]
    assert isinstance(error, OAuthError)
    assert error.error == case.error
    with pytest.raises(OAuthError) as caught:
        await run_rows(table.rows, case.make(), skipped={})
    assert caught.value.error == case.error


@pytest.mark.parametrize("name", TABLES)
async def test_with_any_row_doing_nothing_something_gets_through(name: str) -> None:
    table = TABLES[name]

    async def gets_through_without(row: str) -> bool:
        rest = [Row(each.name, each.clause, (lambda _: None) if each.name == row else each.run) for each in table.rows]
        cases = [case for case in table.cases.values() if case.row == row and not case.also]
        return any([not await refusals(rest, case.make()) for case in cases])

    needless = [row.name for row in table.rows if not await gets_through_without(row.name)]
    assert needless == []


@pytest.mark.parametrize("name", TABLES)
def test_rows_have_names_of_their_own_and_cite_a_clause(name: str) -> None:
    names = [row.name for row in TABLES[name].rows]
    assert len(set(names)) == len(names)
    assert all(row.clause for row in TABLES[name].rows)


async def test_what_writes_stands_after_what_reads() -> None:
    # Two of the same: only the rows that write refuse the second one, and they are the last.
    writing: dict[str, list[str]] = {}
    for name, situation in (
        ("CALLER", a_caller()),
        ("AUTHORIZE", an_arrival(take=again)),
        ("CODE", a_code(redeem=again)),
    ):
        rows = TABLES[name].rows
        await refusals(rows, situation)
        writing[name] = [row for row, _ in await refusals(rows, situation)]
        assert writing[name] == [row.name for row in rows][-len(writing[name]) :]
    assert writing == {
        "CALLER": ["assertion-once", "dpop-once"],
        "AUTHORIZE": ["request-once"],
        "CODE": ["code-once"],
    }


@pytest.mark.parametrize("refused", [name for name, case in CALLER_CASES.items() if not case.row.endswith("once")])
async def test_what_is_refused_has_burnt_nothing(refused: str) -> None:
    seen = Seen()
    situation = dataclasses.replace(CALLER_CASES[refused].make(), first_use=seen)
    with pytest.raises(OAuthError):
        await run_rows(CALLER, situation, skipped={})
    assert seen.names == set()


def test_what_is_skipped_is_a_row_and_has_a_reason() -> None:
    names = {row.name for row in CALLER}
    assert set(SKIPPED) == {(end, who) for end in ("par", "token", "intrekken") for who in ("vrager", "app")}
    for skipped in SKIPPED.values():
        assert set(skipped) <= names
        assert all(len(why) > 20 for why in skipped.values())
    # Whoever takes part, and by which method, is never skipped.
    assert not any({"takes-part", "method"} & set(skipped) for skipped in SKIPPED.values())
    assert "dpop-present" not in SKIPPED["par", "app"]


async def test_bk021_over_asking_names_its_dimension_and_element() -> None:
    (found,) = await refusals(rar.LINE, a_line(elementen=("belastingjaar", "inkomen_box2")))
    assert isinstance(found[1], OAuthError)
    assert found[1].members() == {"dimensie": "element", "element": "inkomen_box2"}
    dimensions: list[tuple[dict[str, Any], str]] = [
        ({"frequentie": "dagelijks"}, "frequentie"),
        ({"geldig_tot": "2027-05-02"}, "geldig_tot"),
        ({"bewaartermijn": "P4M"}, "bewaartermijn"),
        ({"periode": DataPeriod(laatste="P4Y")}, "periode"),
    ]
    for changes, dimension in dimensions:
        (found,) = await refusals(rar.LINE, a_line(**changes))
        assert isinstance(found[1], OAuthError)
        assert found[1].members() == {"dimensie": dimension}
