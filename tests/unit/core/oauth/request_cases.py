# SPDX-License-Identifier: EUPL-1.2
"""What is asked: cases over PAR, LINE, LINES and AUTHORIZE."""

import dataclasses
from collections.abc import Callable
from typing import Any

import msgspec

from blauweknop.core.consent.line import DataPeriod, Line, parse_lines
from blauweknop.core.oauth import rar
from blauweknop.core.oauth.authorize import AuthorizeSituation
from blauweknop.core.oauth.model import PushedRequest
from blauweknop.core.oauth.par import ParSituation
from tests.unit.core.oauth.kit import (
    APP,
    APP_CALLBACK,
    APP_ID,
    CALLBACK,
    CHALLENGE,
    CIVIL,
    DPOP_KEY,
    INCOME,
    LINES,
    NOW,
    OWN_LINES,
    REGISTRATION,
    REQUESTER,
    TAX,
    TODAY,
    changed,
    thumbprint,
)
from tests.unit.core.oauth.table_cases import Case, a_client

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
        (
            "set-not-for-clients",
            "data-set",
            own(
                datatypes=("bekwaamheid/1",),
                elementen=("minderjarig",),
                periode=None,
                registration=dataclasses.replace(REGISTRATION, sources={TAX: frozenset(["bekwaamheid/1"])}),
            ),
            [],
        ),
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
