# SPDX-License-Identifier: EUPL-1.2
"""What is given: cases over CODE, REFRESH, REVOCATION and ACCESS."""

import dataclasses
from collections.abc import Callable
from typing import Any

import msgspec

from blauweknop.core.oauth.model import CodeContent, RefreshContent, Standing
from blauweknop.core.oauth.resource import AccessSituation, TokenExpected, parse_access_token
from blauweknop.core.oauth.revocation import RevocationSituation
from blauweknop.core.oauth.token import CodeSituation, RefreshSituation
from tests.unit.core.oauth.kit import (
    APP,
    APP_KEY,
    CALLBACK,
    CHALLENGE,
    CIVIL,
    CLIENT_KEY,
    DPOP_KEY,
    INCOME,
    ISSUER,
    LINES,
    NOW,
    OTHER_KEY,
    REQUESTER,
    TAX,
    TOKEN_KEY,
    VERIFIER,
    changed,
    sign,
    thumbprint,
)
from tests.unit.core.oauth.request_cases import again, once
from tests.unit.core.oauth.table_cases import Case, a_client

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
