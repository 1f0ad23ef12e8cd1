# SPDX-License-Identifier: EUPL-1.2
"""The door for requesters: a token that counts gets a set; one named change gets a refusal and not one byte of data."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import pytest

from blauweknop.adapters.clock import SystemClock
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.core.consent.line import DataPeriod, Line
from blauweknop.core.dataset.missing import Missing
from blauweknop.core.oauth.access_token import Confirmation, StatusClaim, issue_access_token
from blauweknop.core.oauth.model import StatusRef
from blauweknop.core.scheme.stages import Act
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.seal.verify import VerifiedSet
from blauweknop.core.wire.jwe import parse_compact_jwe
from blauweknop.services.register.administration import Compromise
from blauweknop.services.register.administration import Reason as Why
from tests.journeys.delivery import BSN, CANARY, ISS, trust_in
from tests.journeys.plus_kit import APP, LENDER, LENDER_OIN, NOW_LINE, SOURCE_OIN, World, world

Case = Callable[[World], Awaitable[None]]


def run(home: Path, case: Case) -> None:
    async def whole() -> None:
        async with world(home) as w:
            await case(w)

    asyncio.run(whole())


def opened(w: World, response: httpx2.Response) -> VerifiedSet:
    assert response.status_code == 200, response.text
    return parse_sealed_set(response.json()["set"].encode()).verify(trust_in(w.home), at=int(time.time()))


def refused(response: httpx2.Response, status: int, word: str) -> None:
    assert response.status_code == status, response.text
    said = response.headers.get("www-authenticate", "") + response.text
    assert word in said
    everything = b"".join(name + value for name, value in response.headers.raw) + response.content
    for secret in (str(CANARY), str(CANARY + 1), BSN):
        assert secret.encode() not in everything


def line(**changes: Any) -> Line:
    return msgspec.structs.replace(NOW_LINE, **changes)


def test_bk007_bk034_a_requester_receives_a_fresh_minimised_set_for_it_alone(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        response = await w.ask(w.token())
        verified = opened(w, response)
        assert [list(row) for row in verified.rows] == [["belastingjaar", "verzamelinkomen"]] * 2
        visible = verified.visible
        assert (visible["ontvanger"], visible["dienst"]) == (LENDER_OIN, "hypotheek/1")
        assert visible["bewaren_tot"] > "2026-11-01"
        assert verified.issued_at % 60 == 0
        assert (verified.status, verified.holder_jwk) == (None, None)
        await w.parts.log.flush()
        ((record, entry),) = await w.records()
        assert (entry["grondslag"], entry["client"], entry["deur"]) == ("toestemming", LENDER, "plus")
        assert response.json()["logbewijs"]["id"] == record.id
        assert response.headers["api-version"] == "1.0.0"
        assert w.backend.queries[0].elements == ("belastingjaar", "verzamelinkomen")

    run(tmp_path, case)


@pytest.mark.parametrize("lacking", ["spaargeld", "verzamelinkomen"])
def test_what_this_source_does_not_have_is_named_as_missing_and_never_asked(tmp_path: Path, lacking: str) -> None:
    async def case(w: World) -> None:
        here = w.parts.offered["inkomen/1"]
        offered = {"inkomen/1": msgspec.structs.replace(here, elements=here.elements - {lacking})}
        object.__setattr__(w.parts, "offered", {**w.parts.offered, **offered})
        wanted = ("belastingjaar", "verzamelinkomen", "spaargeld")
        verified = opened(w, await w.ask(w.token(line=line(elementen=wanted))))
        shown = [name for name in wanted if name != lacking]
        assert [list(row) for row in verified.rows] == [shown, shown]
        assert [(one.element, one.reden) for one in verified.missing if one.periode is None] == [
            (lacking, Missing.NOT_DELIVERED)
        ]
        assert lacking not in w.backend.queries[0].elements

    run(tmp_path, case)


def test_fewer_elements_than_granted_may_be_asked(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        response = await w.ask(w.token(), body=b'{"regel":"r1","elementen":["verzamelinkomen"]}')
        assert [list(row) for row in opened(w, response).rows] == [["verzamelinkomen"]] * 2

    run(tmp_path, case)


def test_an_answer_can_be_for_the_client_s_eyes_alone(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        response = await w.ask(w.token(), headers={"accept": "application/jose"})
        assert response.headers["content-type"].startswith("application/jose")
        assert str(CANARY).encode() not in response.content
        jwe = parse_compact_jwe(response.content)
        assert jwe.unverified_header["typ"] == "levering+jwe"
        key = load_bare_key(bare_key_path(keys_folder(w.home, "bank"), "encryption"), "encryption")
        assert set(msgspec.json.decode(jwe.decrypt(key, typ="levering+jwe"))) == {"levering", "set", "logbewijs"}

    run(tmp_path, case)


class LaterClock(SystemClock):
    """The clock of this machine, which can be put on."""

    ahead = 0

    def now_ns(self) -> int:
        return super().now_ns() + self.ahead * 1_000_000_000

    def monotonic_ns(self) -> int:
        return super().monotonic_ns() + self.ahead * 1_000_000_000


OWN = line(type="eigen_inzage", dienst="", frequentie="", bewaartermijn="")


async def ask_own(w: World, *, headers: dict[str, str] | None = None, **changes: Any) -> httpx2.Response:
    """Own access by the app, whose key is bound by the token alone."""
    key = w.signer("bank", "statement")
    token = w.token(**{"client_id": APP, "line": OWN, "cnf": Confirmation(key.kid), **changes})
    return await w.ask(token, proof=w.proof(token, purpose="statement"), headers=headers)


def test_own_access_by_an_admitted_app(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        verified = opened(w, await ask_own(w))
        assert "dienst" not in verified.visible
        await w.parts.log.flush()
        ((_, entry),) = await w.records()
        assert (entry["grondslag"], entry["deur"]) == ("eigen_inzage", "app")
        by_requester = w.token(line=OWN)
        refused(await w.ask(by_requester), 403, "rol-ontbreekt")

    run(tmp_path, case)


def test_an_app_gets_its_share_of_an_hour_and_no_more_whoever_signs_its_tokens(tmp_path: Path) -> None:
    clock = LaterClock()
    clock.ahead = 20 if time.time() % 3600 > 3585 else 0  # not over the turn of an hour

    async def whole() -> None:
        async with world(tmp_path, clock=clock, own_access_per_hour=2) as w:
            again = {"idempotency-key": secrets.token_urlsafe(16)}
            for headers in (None, again, again):  # a repeat takes nothing
                opened(w, await ask_own(w, headers=headers))
            asked = len(w.backend.queries)
            answer = await ask_own(w)
            refused(answer, 429, "uur-vol")
            assert answer.json()["reden"] == "uur-vol"
            assert 0 < int(answer.headers["retry-after"]) <= 3600
            refused(await ask_own(w, grant_id="o" * 22), 429, "uur-vol")
            assert len(w.backend.queries) == asked
            opened(w, await w.ask(w.token()))  # a requester is not in its way

    asyncio.run(whole())


# One change, and nothing leaves the source.


def claim(**changes: Any) -> Callable[[World], dict[str, Any]]:
    return lambda w: {"token": w.token(**changes)}


def proof(**changes: Any) -> Callable[[World], dict[str, Any]]:
    def make(w: World) -> dict[str, Any]:
        token = w.token()
        return {"token": token, "proof": w.proof(token, **changes)}

    return make


def other_subject(w: World) -> dict[str, Any]:
    first, second = w.claims(), w.claims()
    mixed = msgspec.structs.replace(second, subject=first.subject)
    return {"token": issue_access_token(mixed, w.consent.token)}


def signed_by(slug: str, purpose: str) -> Callable[[World], dict[str, Any]]:
    return lambda w: {"token": issue_access_token(w.claims(), w.signer(slug, purpose))}


def of_another_key(w: World) -> dict[str, Any]:
    token = w.token(cnf=Confirmation(w.signer("bank", "client").kid))
    return {"token": token, "proof": w.proof(token, purpose="client")}


def spoilt(w: World) -> dict[str, Any]:
    token = w.token()
    return {"token": token[:-2] + ("A" if token[-2] != "A" else "B") + token[-1]}


NOW = int(time.time())  # when this file was read: minutes before its tests, in a whole run
BAD: dict[str, tuple[Callable[[World], dict[str, Any]], int, str]] = {
    "of another source": (claim(aud="http://localhost:8198"), 401, "invalid_token"),
    "with a slash more": (claim(aud=f"{ISS}/"), 401, "invalid_token"),
    "by another issuer": (claim(iss="http://localhost:1"), 401, "invalid_token"),
    "expired": (claim(iat=NOW - 400, exp=NOW - 100), 401, "invalid_token"),
    "of the future": (claim(iat=NOW + 100_000, exp=NOW + 100_100), 401, "invalid_token"),
    "living too long": (claim(exp=NOW + 4000), 401, "invalid_token"),
    "of production": (claim(environment="productie"), 401, "invalid_token"),
    "without lines": (claim(authorization_details=()), 401, "invalid_token"),
    "without status": (claim(status=None), 503, "status-onbekend"),
    "signed by a requester": (signed_by("bank", "client"), 401, "invalid_token"),
    "signed by another key of the service": (signed_by("toestemming", "receipt"), 401, "invalid_token"),
    "one character changed": (spoilt, 401, "invalid_token"),
    "no token": (lambda w: {"token": "x", "proof": w.proof("x")}, 401, "invalid_token"),
    "as Bearer": (lambda w: {"token": "x", "headers": {"authorization": f"Bearer {w.token()}"}}, 401, "invalid_token"),
    "subject of another token": (other_subject, 401, "invalid_token"),
    "bound to a key that is no dpop key": (of_another_key, 403, "andere-vrager"),
    "of an unknown client": (claim(client_id="https://onbekend.example"), 403, "andere-vrager"),
    "proof by another key": (proof(purpose="client"), 401, "invalid_dpop_proof"),
    "proof for another method": (proof(htm="GET"), 401, "invalid_dpop_proof"),
    "proof for another address": (proof(htu=f"{ISS}/v1/leveringen/x"), 401, "invalid_dpop_proof"),
    "proof for another token": (proof(ath="x" * 43), 401, "invalid_dpop_proof"),
    "proof without a name": (proof(jti=""), 401, "invalid_dpop_proof"),
    "proof of long ago": (proof(iat=NOW - 1000), 401, "use_dpop_nonce"),
    "proof of the future": (proof(iat=NOW + 100_000), 401, "use_dpop_nonce"),
    "proof of another type": (proof(header_typ="jwt"), 401, "invalid_dpop_proof"),
    "proof with alg none": (proof(header_alg="none"), 401, "invalid_dpop_proof"),
    "proof that is none": (lambda w: {"token": w.token(), "proof": "x"}, 401, "invalid_dpop_proof"),
    "another rule": (lambda w: {"token": w.token(), "body": b'{"regel":"r2"}'}, 400, "regel"),
    "a member twice": (lambda w: {"token": w.token(), "body": b'{"regel":"r1","regel":"r1"}'}, 400, "regel"),
    "an unknown member": (lambda w: {"token": w.token(), "body": b'{"regel":"r1","alles":true}'}, 400, "regel"),
    "JSON 20,000 deep": (lambda w: {"token": w.token(), "body": b"[" * 20_000}, 400, "regel"),
    "2 MB": (lambda w: {"token": w.token(), "body": b" " * 2_000_000}, 400, "bytes"),
    "no JSON": (lambda w: {"token": w.token(), "headers": {"content-type": "text/plain"}}, 400, "Content-Type"),
    "no idempotency key": (lambda w: {"token": w.token(), "headers": {"idempotency-key": ""}}, 400, "Idempotency"),
    "more than granted": (
        lambda w: {"token": w.token(), "body": b'{"regel":"r1","elementen":["inkomen_box1"]}'},
        403,
        "meer-dan-toegestaan",
    ),
    "nothing": (lambda w: {"token": w.token(), "body": b'{"regel":"r1","elementen":[]}'}, 403, "niets-gevraagd"),
    "a line above the cap": (
        claim(line=line(elementen=("verzamelinkomen", "inkomen_box1"))),
        403,
        "meer-dan-dienst",
    ),
    "a line that lasts too often": (claim(line=line(frequentie="dagelijks")), 403, "meer-dan-dienst"),
    "kept too long": (claim(line=line(bewaartermijn="P5Y")), 403, "meer-dan-dienst"),
    "more years than the cap": (claim(line=line(periode=DataPeriod("P9Y"))), 403, "meer-dan-dienst"),
    "another service": (claim(line=line(dienst="voedselbank/1")), 403, "niet-toegelaten"),
    "ended yesterday": (claim(line=line(geldig_tot="2026-11-01")), 403, "toestemming-verlopen"),
    "a data set not here": (claim(line=line(datatypes=("pensioen/1",))), 403, "gegevensset-onbekend"),
    "login too low": (claim(acr="laag"), 403, "inlogniveau-te-laag"),
    "a level nobody knows": (claim(acr="0"), 403, "inlogniveau-te-laag"),
    "own access by a requester": (claim(line=line(type="eigen_inzage")), 403, "rol-ontbreekt"),
    "a status that is not there": (
        lambda w: {"token": w.token(status=StatusClaim(StatusRef(uri=w.consent.uri, idx=64)))},
        503,
        "status-onbekend",
    ),
}


def test_bk061_each_single_change_is_refused_and_no_payload_leaks(tmp_path: Path) -> None:
    # One world for all: building a register per case would take most of the time.
    async def case(w: World) -> None:
        opened(w, await w.ask(w.token(grant_id="h" * 22)))
        asked = len(w.backend.queries)
        for name, (make, status, word) in BAD.items():
            parts = make(w)
            try:
                refused(await w.ask(parts.pop("token"), **parts), status, word)
            except AssertionError as error:
                raise AssertionError(name) from error
        assert len(w.backend.queries) == asked
        # After all of it a good request still gets its set.
        opened(w, await w.ask(w.token(grant_id="i" * 22)))

    run(tmp_path, case)


def test_a_proof_counts_once_over_everything(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        token = w.token()
        same = w.proof(token)
        opened(w, await w.ask(token, proof=same))
        refused(await w.ask(token, proof=same), 401, "invalid_dpop_proof")
        token = w.token(grant_id="k" * 22)
        same = w.proof(token)
        answers = await asyncio.gather(*(w.ask(token, proof=same) for _ in range(20)))
        assert sorted(answer.status_code for answer in answers) == [200] + [401] * 19

    run(tmp_path, case)


def test_a_nonce_of_the_source_makes_an_old_clock_count(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        token = w.token()
        first = await w.ask(token, proof=w.proof(token, iat=NOW - 1000))
        refused(first, 401, "use_dpop_nonce")
        nonce = first.headers["dpop-nonce"]
        opened(w, await w.ask(token, proof=w.proof(token, iat=NOW - 1000, nonce=nonce)))
        refused(await w.ask(token, proof=w.proof(token, nonce="x" * 32)), 401, "use_dpop_nonce")

    run(tmp_path, case)


def test_bk061_withdrawn_paused_and_unknown_are_told_apart(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        for value, status, word in ((1, 403, "toestemming-geeindigd"), (2, 403, "toestemming-opgeschort")):
            w.consent.set(5, value)
            await asyncio.to_thread(time.sleep, 1.1)  # the stand of before counts for a second
            refused(await w.ask(w.token()), status, word)
        w.consent.set(5, 0)
        w.consent.down = True
        await asyncio.to_thread(time.sleep, 1.1)
        answer = await w.ask(w.token())
        refused(answer, 503, "status-onbekend")
        assert answer.headers["retry-after"] == "1"
        w.consent.down = False
        opened(w, await w.ask(w.token()))
        assert w.backend.queries == w.backend.queries[:1]

    run(tmp_path, case)


@pytest.mark.parametrize(("oin", "word"), [(LENDER_OIN, "deelnemer-geschorst"), (SOURCE_OIN, "bron-doet-niet-mee")])
def test_bk061_a_suspended_participant_is_refused(tmp_path: Path, oin: str, word: str) -> None:
    async def case(w: World) -> None:
        await w.decide(Act.SUSPEND, oin, Why(reason="Onderzoek loopt."))
        refused(await w.ask(w.token()), 403, word)
        assert w.backend.queries == []

    run(tmp_path, case)


def test_bk061_with_the_register_away_deliveries_go_on_until_a_suspension_is_relayed(tmp_path: Path) -> None:
    clock = LaterClock()

    async def ask(w: World) -> httpx2.Response:
        token = w.token(grant_id=secrets.token_urlsafe(16), iat=int(time.time()) + clock.ahead)
        return await w.ask(token, proof=w.proof(token, iat=int(time.time()) + clock.ahead))

    async def whole() -> None:
        async with world(tmp_path, clock=clock) as w:
            opened(w, await ask(w))
            await w.relay()
            await w.register_away()
            clock.ahead = 35  # past the ttl of what the source has of the register itself
            opened(w, await ask(w))
            await w.decide(Act.SUSPEND, LENDER_OIN, Why(reason="Onderzoek loopt."))
            await w.relay()
            clock.ahead = 37
            refused(await ask(w), 403, "deelnemer-geschorst")
            w.consent.relayed = None
            clock.ahead = 39  # what was relayed is past its ttl as well, and now nobody vouches for it
            answer = await ask(w)
            refused(answer, 503, "deelnemerstatus-onbekend")
            assert answer.headers["retry-after"] == "1"
            assert len(w.backend.queries) == 2

    asyncio.run(whole())


@pytest.mark.parametrize("since", ["before it was used", "today"])
def test_bk061_nothing_is_encrypted_to_a_key_in_other_hands_and_no_month_is_used_up(tmp_path: Path, since: str) -> None:
    async def case(w: World) -> None:
        stolen = int(time.time()) - (86_400 if since == "before it was used" else 0)
        kid = w.signer("bank", "encryption").kid
        await w.decide(Act.COMPROMISE, LENDER_OIN, Compromise(kid=kid, since=stolen))
        answer = await w.ask(w.token(), headers={"accept": "application/jose"})
        refused(answer, 400, "no encryption key")
        assert w.backend.queries == []
        opened(w, await w.ask(w.token()))  # asked without, the same month still counts

    run(tmp_path, case)


def test_bk022_a_month_is_used_up_once_and_a_repeat_uses_nothing(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        key = {"idempotency-key": secrets.token_urlsafe(16)}
        first = await w.ask(w.token(), headers=key)
        again = await w.ask(w.token(), headers=key)
        assert opened(w, again).delivery == opened(w, first).delivery
        assert opened(w, again).fingerprint != opened(w, first).fingerprint
        refused(await w.ask(w.token()), 403, "frequentie-op")
        assert len(w.backend.queries) == 2
        other_line = line(regel="r2", elementen=("belastingjaar",))
        opened(w, await w.ask(w.token(line=other_line), body=b'{"regel":"r2"}'))

    run(tmp_path, case)


def test_of_twenty_at_once_one_uses_the_month(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        answers = await asyncio.gather(*(w.ask(w.token()) for _ in range(20)))
        delivered = [answer for answer in answers if answer.status_code == 200]
        assert len(delivered) == 1
        for answer in answers:
            if answer.status_code != 200:
                refused(answer, 403, "frequentie-op")

    run(tmp_path, case)


def test_bk083_two_requesters_get_nothing_equal_that_is_one_citizen_s(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        first, second = w.claims(sub="a"), w.claims(sub="b", grant_id="j" * 22)
        sets = []
        for claims in (first, second):
            token = issue_access_token(claims, w.consent.token)
            sets.append((await w.ask(token)).json())
        tokens = [first, second]
        assert len({(one.sub, one.jti, one.subject, one.grant_id) for one in tokens}) == 2
        assert sets[0]["levering"] != sets[1]["levering"]
        first_parts, second_parts = (set(one["set"].split("~")[1:-1]) for one in sets)
        assert not first_parts & second_parts
        assert sets[0]["logbewijs"] != sets[1]["logbewijs"]

    run(tmp_path, case)


def test_bk082_no_bsn_in_the_source_s_store_and_none_in_a_url(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        opened(w, await w.ask(w.token()))
        await w.parts.log.flush()

    run(tmp_path, case)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("bron.sqlite*"))
    for secret in (BSN.encode(), str(CANARY).encode()):
        assert secret not in stored
    assert LENDER.encode() in stored  # the scan finds what is there
