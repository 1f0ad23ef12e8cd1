# SPDX-License-Identifier: EUPL-1.2
"""The authorization server over HTTP: the whole way for a requester and an app, and what is refused on it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import structlog

from blauweknop.core.oauth.resource import TokenExpected, VerifiedAccessToken, open_subject, parse_access_token
from blauweknop.errors import ConfigurationError
from tests.unit.core.oauth.kit import (
    APP,
    APP_KEY,
    CIVIL,
    DPOP_KEY,
    HOUSEHOLD,
    INCOME,
    ISSUER,
    NONCES,
    NOW,
    OTHER_KEY,
    OWN_ACCESS,
    REQUESTER,
    SOURCE_KEY,
    TAX,
    TOKEN_KEY,
    assertion,
    proof,
    thumbprint,
)
from tests.unit.endpoints.authorization.service import BSN, HTML, Service, always, offered, service

pytestmark = pytest.mark.anyio
BOTH = [INCOME, HOUSEHOLD]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Service]:
    async with service(tmp_path) as made:
        yield made


def believed(answer: httpx2.Response, source: str, *, at: int = NOW) -> VerifiedAccessToken:
    keys = {"token-1": TOKEN_KEY.public_key()}
    expected = TokenExpected(issuer=ISSUER, keys=keys, audience=source, environment="test")
    return parse_access_token(answer.json()["access_token"].encode()).verify(expected, at=at)


def refused(answer: httpx2.Response, error: str, status: int = 400) -> dict[str, Any]:
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["dpop-nonce"]
    body: dict[str, Any] = answer.json()
    return body


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_bk007_a_requester_gets_tokens_for_one_source_after_another_on_one_yes(server: Service) -> None:
    code = await server.code(BOTH)
    first = await server.redeem(code, fields={"resource": TAX})
    assert first.status_code == 200
    body = first.json()
    assert (body["token_type"], body["expires_in"], body["grant_id"]) == ("DPoP", 300, "g-1")
    assert [line["regel"] for line in body["authorization_details"]] == ["r-0", "r-1"]
    token = believed(first, TAX)
    assert [line.source for line in token.claims.authorization_details] == [TAX]
    assert token.claims.cnf.jkt == thumbprint(DPOP_KEY)
    assert open_subject(token, SOURCE_KEY).bsn == BSN
    second = await server.refresh(body["refresh_token"], fields={"resource": CIVIL})
    assert [line["locations"] for line in second.json()["authorization_details"]] == [[CIVIL]]
    assert "refresh_token" not in second.json()
    assert believed(second, CIVIL).claims.jti != token.claims.jti
    assert server.citizen.minted == [("g-1", TAX), ("g-1", CIVIL)]


async def test_without_a_resource_the_token_is_for_the_server_itself(server: Service) -> None:
    answer = await server.redeem(await server.code(BOTH))
    claims = parse_access_token(answer.json()["access_token"].encode()).dangerous_claims
    assert claims["aud"] == ISSUER
    assert "subject" not in claims
    assert server.citizen.minted == []
    again = await server.refresh(answer.json()["refresh_token"])
    assert len(again.json()["authorization_details"]) == 2


async def test_an_app_asks_own_access_with_its_own_key_and_no_secret(server: Service) -> None:
    code = await server.code([OWN_ACCESS], app=True, key=APP_KEY)
    answer = await server.redeem(code, app=True, key=APP_KEY, fields={"resource": TAX})
    assert believed(answer, TAX).claims.client_id == APP.client_id
    token = answer.json()["refresh_token"]
    assert (await server.refresh(token, app=True, key=APP_KEY)).status_code == 200
    refused(await server.refresh(token, app=True, key=OTHER_KEY), "invalid_grant")


async def test_own_access_ends_after_fifteen_idle_minutes_and_after_an_hour(server: Service) -> None:
    code = await server.code([OWN_ACCESS], app=True, key=APP_KEY)
    token = (await server.redeem(code, app=True, key=APP_KEY)).json()["refresh_token"]
    for minutes in (14, 28, 42, 56):
        server.clock.now = NOW + minutes * 60
        assert (await server.refresh(token, app=True, key=APP_KEY)).status_code == 200
    server.clock.now = NOW + 60 * 60
    refused(await server.refresh(token, app=True, key=APP_KEY), "invalid_grant")
    code = await server.code([OWN_ACCESS], app=True, key=APP_KEY)
    token = (await server.redeem(code, app=True, key=APP_KEY)).json()["refresh_token"]
    server.clock.now += 15 * 60
    refused(await server.refresh(token, app=True, key=APP_KEY), "invalid_grant")


async def test_bk029_own_access_is_for_admitted_apps_and_consent_for_requesters(server: Service) -> None:
    assert (await server.push([OWN_ACCESS], app=True, key=APP_KEY)).status_code == 201
    assert refused(await server.push([OWN_ACCESS]), "invalid_authorization_details")["dimensie"] == "type"
    body = refused(await server.push([INCOME], app=True, key=APP_KEY), "invalid_authorization_details")
    assert body["dimensie"] == "type"


async def test_the_citizen_who_says_no_is_not_explained(server: Service) -> None:
    server.citizen.says_no = True
    pushed = await server.push()
    back = await server.arrive(pushed.json()["request_uri"])
    params = httpx2.URL(back.headers["location"]).params
    assert dict(params) == {"error": "access_denied", "state": "s-1", "iss": ISSUER}


async def test_bk021_over_asking_is_refused_at_par_with_the_element_named(server: Service) -> None:
    body = refused(
        await server.push([{**INCOME, "elementen": ["verzamelinkomen", "inkomen_box2"]}]),
        "invalid_authorization_details",
    )
    assert (body["dimensie"], body["element"]) == ("element", "inkomen_box2")


async def test_twenty_redemptions_at_once_give_one_token_and_then_nothing(server: Service) -> None:
    code = await server.code()
    answers = await asyncio.gather(*(server.redeem(code) for _ in range(20)))
    won = [answer for answer in answers if answer.status_code == 200]
    assert len(won) == 1
    for answer in answers:
        if answer.status_code != 200:
            refused(answer, "invalid_grant")
    # RFC 6749 §4.1.2: a code that is used twice takes what came of it along.
    refused(await server.refresh(won[0].json()["refresh_token"]), "invalid_grant")


async def test_a_code_twice_one_after_the_other(server: Service) -> None:
    code = await server.code()
    token = (await server.redeem(code)).json()["refresh_token"]
    assert (await server.refresh(token)).status_code == 200
    refused(await server.redeem(code), "invalid_grant")
    refused(await server.refresh(token), "invalid_grant")


async def test_a_code_that_comes_again_after_its_minute_still_ends_what_came_of_it(server: Service) -> None:
    code = await server.code()
    token = (await server.redeem(code)).json()["refresh_token"]
    server.clock.now = NOW + 200
    assert (await server.refresh(token)).status_code == 200
    refused(await server.redeem(code), "invalid_grant")
    refused(await server.refresh(token), "invalid_grant")


async def test_a_wrong_redemption_burns_no_code(server: Service) -> None:
    code = await server.code()
    refused(await server.redeem(code, fields={"code_verifier": "w" * 43}), "invalid_grant")
    refused(await server.redeem(code, proof=proof(nonce="AAAA")), "use_dpop_nonce")
    refused(await server.redeem(code, fields={"resource": "https://kwaad.example"}), "invalid_target")
    assert (await server.redeem(code)).status_code == 200


async def test_a_code_lives_sixty_seconds(server: Service) -> None:
    code, other = await server.code(), await server.code()
    server.clock.now = NOW + 59
    assert (await server.redeem(code)).status_code == 200
    server.clock.now = NOW + 60
    refused(await server.redeem(other), "invalid_grant")


async def test_a_request_is_opened_once_within_ninety_seconds_by_its_own_client(server: Service) -> None:
    uri = (await server.push()).json()["request_uri"]
    other = await server.arrive(uri, APP.client_id)
    assert other.status_code == 400
    assert "oauth-aanvraag-onbekend" in other.text
    assert "location" not in other.headers
    assert (await server.arrive(uri)).status_code == 303
    assert (await server.arrive(uri)).status_code == 400
    late = (await server.push()).json()["request_uri"]
    server.clock.now = NOW + 90
    assert (await server.arrive(late)).status_code == 400
    assert len(server.citizen.begun) == 1


async def test_twenty_browsers_with_one_request_reach_the_citizen_once(server: Service) -> None:
    uri = (await server.push()).json()["request_uri"]
    answers = await asyncio.gather(*(server.arrive(uri) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [303] + [400] * 19
    assert len(server.citizen.begun) == 1


@pytest.mark.parametrize(
    "query",
    [
        "",
        "client_id=https%3A%2F%2Fhypotheek.example",
        "request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Ax",
        "client_id=https%3A%2F%2Fhypotheek.example&request_uri=https%3A%2F%2Fkwaad.example",
        "client_id=https%3A%2F%2Fhypotheek.example&request_uri=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3Ax",
        "client_id=a&client_id=b",
        "response_type=code&redirect_uri=https%3A%2F%2Fhypotheek.example%2Fterug&client_id=https%3A%2F%2Fhypotheek.example",
    ],
)
async def test_what_is_wrong_in_a_browser_is_shown_and_sent_nowhere(server: Service, query: str) -> None:
    answer = await server.http.get(f"/autoriseren?{query}", headers=HTML)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/html")
    assert "location" not in answer.headers
    assert "Er is niets met anderen gedeeld" in answer.text


async def test_a_client_that_was_suspended_meanwhile_is_shown_as_such(server: Service) -> None:
    uri = (await server.push()).json()["request_uri"]
    server.citizen.clients[REQUESTER.client_id] = dataclasses.replace(REQUESTER, refusal="deelnemer-geschorst")
    answer = await server.arrive(uri)
    assert answer.status_code == 401
    assert "geschorst" in answer.text
    refused(await server.push(), "invalid_client", 401)
    del server.citizen.clients[REQUESTER.client_id]
    assert (await server.arrive(uri)).status_code == 401
    refused(await server.push(), "invalid_client", 401)


async def test_looking_whether_the_address_is_there_uses_nothing_up(server: Service) -> None:
    uri = (await server.push()).json()["request_uri"]
    query = httpx2.QueryParams({"client_id": REQUESTER.client_id, "request_uri": uri})
    assert (await server.http.head(f"/autoriseren?{query}")).status_code == 405
    assert (await server.arrive(uri)).status_code == 303


async def test_an_assertion_and_a_proof_are_used_once(server: Service) -> None:
    once = assertion(jti="once")
    assert (await server.push(assertion=once)).status_code == 201
    refused(await server.push(assertion=once), "invalid_client", 401)
    made = proof(jti="once", url=f"{ISSUER}/par")
    assert (await server.push(proof=made)).status_code == 201
    refused(await server.push(proof=made), "invalid_dpop_proof")


async def test_a_refused_nonce_burns_neither_assertion_nor_proof(server: Service) -> None:
    once, code = assertion(jti="once"), await server.code()
    old = proof(jti="old", iat=NOW - 600)
    answer = await server.redeem(code, assertion=once, proof=old)
    refused(answer, "use_dpop_nonce")
    fresh = proof(jti="old", iat=NOW - 600, nonce=answer.headers["dpop-nonce"])
    assert (await server.redeem(code, assertion=once, proof=fresh)).status_code == 200


@pytest.mark.parametrize("path", ["/par", "/token"])
async def test_a_key_that_is_not_in_the_register_is_refused_before_anything(server: Service, path: str) -> None:
    code = await server.code()
    answer = await (server.push(key=OTHER_KEY) if path == "/par" else server.redeem(code, key=OTHER_KEY))
    refused(answer, "invalid_dpop_proof")
    assert (await server.redeem(code)).status_code == 200


async def test_a_requester_may_show_its_key_at_the_token_endpoint_first_an_app_may_not(server: Service) -> None:
    code = await server.code(key=None)
    assert (await server.redeem(code)).status_code == 200
    refused(await server.push([OWN_ACCESS], app=True, key=None), "invalid_dpop_proof")
    refused(await server.redeem(await server.code(), key=None), "invalid_dpop_proof")


async def test_what_ended_is_final_and_says_why_and_what_waits_says_when(server: Service) -> None:
    token = (await server.redeem(await server.code(BOTH))).json()["refresh_token"]
    server.citizen.change("g-1", waiting="gepauzeerd", interval=3600)
    body = refused(await server.refresh(token, fields={"resource": TAX}), "authorization_pending")
    assert (body["reden"], body["interval"]) == ("gepauzeerd", 3600)
    server.citizen.change("g-1", waiting="")
    assert (await server.refresh(token, fields={"resource": TAX})).status_code == 200
    server.citizen.change("g-1", ended="ingetrokken")
    assert refused(await server.refresh(token, fields={"resource": TAX}), "invalid_grant")["reden"] == "ingetrokken"
    del server.citizen.grants["g-1"]
    refused(await server.refresh(token), "invalid_grant")


async def test_a_code_is_answered_while_a_grant_waits_but_opens_no_source(server: Service) -> None:
    code = await server.code()
    server.citizen.change("g-1", waiting="niet_compleet")
    answer = await server.redeem(code, fields={"resource": TAX})
    assert answer.status_code == 200
    assert parse_access_token(answer.json()["access_token"].encode()).dangerous_claims["aud"] == ISSUER
    refused(await server.refresh(answer.json()["refresh_token"], fields={"resource": TAX}), "authorization_pending")


async def test_a_refresh_token_of_a_requester_lives_to_the_end_of_the_consent(server: Service) -> None:
    token = (await server.redeem(await server.code())).json()["refresh_token"]
    server.clock.now = NOW + 8_999
    answer = await server.refresh(token, fields={"resource": TAX})
    assert answer.json()["expires_in"] == 1
    server.clock.now = NOW + 9_000
    refused(await server.refresh(token, fields={"resource": TAX}), "invalid_grant")


async def test_a_client_gives_its_grant_up_and_nobody_elses(server: Service) -> None:
    token = (await server.redeem(await server.code())).json()["refresh_token"]
    refused(await server.post("/intrekken", {"token": token}, app=True, key=None), "unauthorized_client")
    assert (await server.refresh(token)).status_code == 200
    assert (await server.post("/intrekken", {"token": token}, key=None)).status_code == 200
    assert server.citizen.given_up_grants == ["g-1"]
    refused(await server.refresh(token), "invalid_grant")
    for unknown in (token, "x"):
        assert (await server.post("/intrekken", {"token": unknown}, key=None)).status_code == 200
    refused(await server.post("/intrekken", {}, key=None), "invalid_request")
    assert server.citizen.given_up_grants == ["g-1"]


@pytest.mark.parametrize(
    ("fields", "error", "status"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type", 400),
        ({"grant_type": ...}, "invalid_request", 400),
        ({"code": ...}, "invalid_request", 400),
        ({"code": "x"}, "invalid_grant", 400),
        ({"grant_type": "refresh_token"}, "invalid_request", 400),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, "invalid_grant", 400),
        ({"client_secret": "x"}, "invalid_client", 401),
        ({"client_id": APP.client_id}, "invalid_client", 401),
        ({"client_assertion": ...}, "invalid_client", 401),
        ({"client_assertion_type": "urn:x"}, "invalid_client", 401),
        ({"client_assertion": "a.b.c"}, "invalid_client", 401),
    ],
)
async def test_one_field_of_a_redemption_changed_is_refused(
    server: Service, fields: dict[str, Any], error: str, status: int
) -> None:
    code = await server.code()
    refused(await server.redeem(code, fields=fields), error, status)
    assert (await server.redeem(code)).status_code == 200


async def test_an_authorization_header_is_no_way_to_be_a_client_here(server: Service) -> None:
    answer = await server.push(headers={"authorization": "Basic YTpi"})
    refused(answer, "invalid_client", 401)


async def test_lines_that_cannot_be_read_are_refused(server: Service) -> None:
    for text in ("[" * 20_000, "{}", '[{"type":"a","type":"b"}]'):
        answer = await server.push(fields={"authorization_details": text})
        refused(answer, "invalid_authorization_details")
    refused(await server.push(fields={"authorization_details": ...}), "invalid_request")


@pytest.mark.parametrize("path", ["/par", "/token", "/intrekken"])
async def test_bodies_of_two_megabytes_and_of_another_kind_are_refused(server: Service, path: str) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    assert (await server.http.post(path, content=b"a=" + b"x" * 2_000_000, headers=form)).status_code == 413
    for content, headers in [
        (b"{}", {"content-type": "application/json"}),
        (b"a=1", {}),
        (b"a=1&a=2", form),
        (b"\xff", form),
    ]:
        refused(await server.http.post(path, content=content, headers=headers), "invalid_request")
    refused(await server.http.post(f"{path}?a=1", content=b"a=1", headers=form), "invalid_request")
    refused(await server.http.post(path, content=b"", headers=form), "invalid_client", 401)
    assert (await server.http.get(path)).status_code == 405


async def test_the_largest_request_that_may_be_made_fits(server: Service) -> None:
    # A hundred objects, spelt as long as an escape makes them; refused for what they ask, not for their size.
    lines = [{**INCOME, "locations": [TAX + "/" + "x" * 40], "elementen": ["verzamelinkomen", "belastingjaar"]}] * 100
    answer = await server.push(lines)
    assert refused(answer, "invalid_authorization_details")["dimensie"] == "locations"
    refused(await server.push([*lines, INCOME]), "invalid_authorization_details")


async def test_two_proofs_in_one_request_are_refused(server: Service) -> None:
    url = f"{ISSUER}/token"
    headers = [
        ("dpop", proof(url=url)),
        ("dpop", proof(url=url, jti="p-9")),
        ("content-type", "application/x-www-form-urlencoded"),
    ]
    answer = await server.http.post("/token", content=f"client_id={APP.client_id}", headers=headers)
    refused(answer, "invalid_dpop_proof")


async def test_every_answer_brings_a_nonce_that_counts(server: Service) -> None:
    pushed = await server.push()
    failed = await server.redeem("x")
    for answer in (pushed, failed):
        assert NONCES.counts(answer.headers["dpop-nonce"], NOW)


async def test_browsers_may_call_from_the_origins_of_admitted_apps_and_no_other(server: Service) -> None:
    for path in ("/par", "/token", "/intrekken"):
        ours = await server.http.options(path, headers={"origin": APP.client_id})
        assert ours.status_code == 204
        assert ours.headers["access-control-allow-origin"] == APP.client_id
        assert ours.headers["access-control-allow-headers"] == "authorization, dpop, content-type, idempotency-key"
        assert ours.headers["access-control-allow-methods"] == "POST"
        assert ours.headers["vary"] == "Origin"
        for origin in ("https://kwaad.example", "null", APP.client_id + ":8443", REQUESTER.client_id):
            other = await server.http.options(path, headers={"origin": origin})
            assert "access-control-allow-origin" not in other.headers
    failed = await server.redeem("x", app=True, key=APP_KEY, headers={"origin": APP.client_id})
    assert failed.headers["access-control-allow-origin"] == APP.client_id
    assert failed.headers["access-control-expose-headers"].startswith("DPoP-Nonce, WWW-Authenticate, Retry-After")
    arriving = await server.http.get("/autoriseren", headers={"origin": APP.client_id, **HTML})
    assert "access-control-allow-origin" not in arriving.headers


@pytest.mark.parametrize("path", ["/.well-known/oauth-authorization-server", "/jwks"])
async def test_public_documents_can_be_read_from_anywhere(server: Service, path: str) -> None:
    answer = await server.http.get(path, headers={"origin": "https://iemand.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=300"
    assert answer.json()
    assert "dpop-nonce" not in answer.headers


async def test_a_server_inside_a_source_gives_its_own_tokens_to_apps_alone(tmp_path: Path) -> None:
    registration = offered(TAX, "inkomen/1")
    async with service(tmp_path, issuer=TAX, own_access_only=True, registration=always(registration)) as inside:
        code = await inside.code([OWN_ACCESS], app=True, key=APP_KEY)
        answer = await inside.redeem(code, app=True, key=APP_KEY)
        claims = parse_access_token(answer.json()["access_token"].encode()).dangerous_claims
        assert (claims["iss"], claims["aud"]) == (TAX, TAX)
        assert claims["subject"]
        refused(await inside.push(), "invalid_client", 401)
        refused(
            await inside.push([{**OWN_ACCESS, "locations": [CIVIL]}], app=True, key=APP_KEY),
            "invalid_authorization_details",
        )


async def test_when_the_store_is_away_nothing_is_given_and_it_is_said_so(tmp_path: Path) -> None:
    async with service(tmp_path) as server:
        code = await server.code()
        await server.parts.grants._engine.close()  # type: ignore[attr-defined]
        for answer in (await server.redeem(code), await server.push()):
            assert answer.status_code == 503
            assert answer.json() == {"error": "temporarily_unavailable"}
            assert answer.headers["retry-after"] == "1"


async def test_a_mistake_of_our_own_is_no_word_to_the_client(server: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(grant_id: str, source: str) -> None:
        raise ConfigurationError("geheim detail")

    code = await server.code()
    monkeypatch.setattr(server.citizen, "mint", broken)
    answer = await server.redeem(code, fields={"resource": TAX})
    assert (answer.status_code, answer.json()) == (500, {"error": "server_error"})


async def test_bk082_no_bsn_stands_in_the_store_an_answer_or_a_log_line(server: Service, tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as said:
        pushed = await server.push(BOTH)
        back = await server.arrive(pushed.json()["request_uri"])
        code = httpx2.URL(back.headers["location"]).params["code"]
        answer = await server.redeem(code, fields={"resource": TAX})
        again = await server.redeem(code, fields={"resource": TAX})
    assert said
    token = believed(answer, TAX)
    assert open_subject(token, SOURCE_KEY).bsn == BSN  # it is there, for the source alone
    stored = everything_in(tmp_path)
    assert b"hypotheek.example" in stored
    shown = "".join([str(said), *(each.text + str(each.headers) for each in (pushed, back, answer, again))])
    assert BSN not in shown
    assert BSN.encode() not in stored


async def test_no_description_leaves_the_alphabet_of_the_standard(server: Service) -> None:
    answers = [
        await server.redeem("x"),
        await server.push(fields={"authorization_details": "[]"}),
        await server.push(key=OTHER_KEY),
    ]
    for answer in answers:
        description = answer.json()["error_description"]
        assert all(" " <= character <= "~" and character not in '"\\' for character in description)
