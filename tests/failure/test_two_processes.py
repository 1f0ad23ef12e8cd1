# SPDX-License-Identifier: EUPL-1.2
"""What may happen once happens once, whichever of two processes is asked: twenty at the same moment, ten to each."""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from blauweknop.adapters.keys.bare import bare_key_path, load_bare_signer
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.adapters.store.consents.journal import Journal
from blauweknop.core.oauth.client_side import ProofKey, sign_assertion
from blauweknop.core.oauth.metadata import PAR_PATH
from blauweknop.core.wire.keys import P256Signer
from tests.journeys.forms import hidden
from tests.journeys.test_consent_journey import OLIVIA, rule
from tests.journeys.town import Town

from .fleet_kit import CONSENT, SOURCES, Fleet
from .lives import journal

TWENTY = 20
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@pytest.fixture
def town(fleet: Fleet) -> Iterator[Town]:
    with fleet.town() as made:
        yield made


def twenty(fleet: Fleet, ask: Callable[[Town], httpx2.Response]) -> list[httpx2.Response]:
    """The answers to ``ask``, sent to each process ten times, all at once."""
    together = threading.Barrier(TWENTY)

    def one(number: int) -> httpx2.Response:
        turn = number % 2
        with fleet.town(consent=[CONSENT[turn]], source=[SOURCES[turn]]) as at:
            together.wait(20)
            return ask(at)

    with ThreadPoolExecutor(TWENTY) as pool:
        return list(pool.map(one, range(TWENTY)))


def counted(responses: list[httpx2.Response]) -> Counter[int]:
    return Counter(response.status_code for response in responses)


def signer(town: Town, purpose: str) -> P256Signer:
    return load_bare_signer(bare_key_path(keys_folder(town.home, town.lender.slug), purpose), purpose)


def proof(town: Town, url: str, **more: Any) -> str:
    key = signer(town, "dpop")
    return ProofKey(key, key.public_key).prove("POST", url, jti=secrets.token_urlsafe(16), at=int(time.time()), **more)


def assertion(town: Town) -> str:
    at = int(time.time())
    return sign_assertion(
        town.lender.iss, town.consent, signer=signer(town, "client"), jti=secrets.token_urlsafe(16), at=at
    )


def push(at: Town, *, assertion: str, proof: str) -> httpx2.Response:
    """A good request, signed with what is given."""
    fields = {
        "client_id": at.lender.iss,
        "client_assertion_type": ASSERTION,
        "client_assertion": assertion,
        "response_type": "code",
        "redirect_uri": f"{at.lender.iss}/terug",
        "state": "s",
        "code_challenge": "x" * 43,
        "code_challenge_method": "S256",
        "authorization_details": json.dumps([at.line()]),
    }
    return at.lender.http.post(par_of(at), data=fields, headers={"dpop": proof})


def par_of(town: Town) -> str:
    return f"{town.consent}{PAR_PATH}"


def test_of_twenty_redemptions_of_a_code_one_wins_and_the_others_end_what_it_gave(fleet: Fleet, town: Town) -> None:
    code = town.lender.answer(town.decide(town.arrive(OLIVIA), besluit="ja", set="0").headers["location"])["code"]
    source = town.source("Belastingdienst")

    def redeem(at: Town) -> httpx2.Response:
        at.lender.verifier = town.lender.verifier
        return at.lender.exchange(code, source)

    answers = twenty(fleet, redeem)
    assert counted(answers) == {200: 1, 400: TWENTY - 1}
    (won,) = (answer.json() for answer in answers if answer.status_code == 200)
    assert {answer.json()["error"] for answer in answers if answer.status_code == 400} == {"invalid_grant"}
    assert town.lender.renew(won["refresh_token"], source).json()["error"] == "invalid_grant"


def deliver(at: Town, token: dict[str, Any], *, proof: str) -> httpx2.Response:
    headers = {"dpop": proof, "idempotency-key": secrets.token_urlsafe(16)}
    headers["authorization"] = f"DPoP {token['access_token']}"
    return at.lender.http.post(url_of(at), json={"regel": rule(token)}, headers=headers)


def url_of(town: Town) -> str:
    return f"{town.source('Belastingdienst')}/v1/leveringen"


def test_of_twenty_deliveries_with_one_proof_one_is_made(fleet: Fleet, town: Town) -> None:
    token = town.granted(OLIVIA)
    same = proof(town, url_of(town), access_token=token["access_token"].encode())
    answers = twenty(fleet, lambda at: deliver(at, token, proof=same))
    assert counted(answers) == {200: 1, 401: TWENTY - 1}
    said = {answer.headers["www-authenticate"].split(",")[0] for answer in answers if answer.status_code == 401}
    assert said == {'DPoP error="invalid_dpop_proof"'}


def test_of_twenty_deliveries_in_a_month_one_is_made(fleet: Fleet, town: Town) -> None:
    token = town.granted(OLIVIA)
    bound = token["access_token"].encode()
    answers = twenty(fleet, lambda at: deliver(at, token, proof=proof(at, url_of(at), access_token=bound)))
    assert counted(answers) == {200: 1, 403: TWENTY - 1}
    assert {answer.json()["reden"] for answer in answers if answer.status_code == 403} == {"frequentie-op"}


def test_of_twenty_requests_with_one_assertion_one_is_taken(fleet: Fleet, town: Town) -> None:
    same = assertion(town)
    answers = twenty(fleet, lambda at: push(at, assertion=same, proof=proof(at, par_of(at))))
    assert counted(answers) == {201: 1, 401: TWENTY - 1}
    assert {answer.json()["error"] for answer in answers if answer.status_code == 401} == {"invalid_client"}


def test_of_twenty_requests_with_one_proof_one_is_taken(fleet: Fleet, town: Town) -> None:
    same = proof(town, par_of(town))
    answers = twenty(fleet, lambda at: push(at, assertion=assertion(at), proof=same))
    assert counted(answers) == {201: 1, 400: TWENTY - 1}
    assert {answer.json()["error"] for answer in answers if answer.status_code == 400} == {"invalid_dpop_proof"}


def test_of_twenty_decisions_on_one_request_one_counts(fleet: Fleet, town: Town) -> None:
    page = town.arrive(OLIVIA)
    cookies = dict(town.browser.cookies)

    def decide(at: Town) -> httpx2.Response:
        at.browser.cookies.update(cookies)
        return at.decide(page, besluit="ja", set="0")

    answers = twenty(fleet, decide)
    gone = [answer for answer in answers if answer.status_code == 303]
    assert len(gone) == 1
    assert set(counted(answers)) - {303} == {409}, [answer.text[-1500:] for answer in answers]


def test_of_twenty_stops_each_is_answered_well_and_one_is_written(fleet: Fleet, town: Town) -> None:
    page = town.arrive(OLIVIA)
    code = town.lender.answer(town.decide(page, besluit="ja", set="0").headers["location"])["code"]
    grant = town.lender.exchange(code).json()["grant_id"]
    before, cookies = sum(1 for _ in Journal(journal(fleet.home)).after(0)), dict(town.browser.cookies)

    def stop(at: Town) -> httpx2.Response:
        at.browser.cookies.update(cookies)
        fields = {"formulier": hidden(page)["formulier"]}
        return at.browser.post(f"{at.consent}/mijn/{grant}/stop", data=fields, follow_redirects=False)

    assert counted(twenty(fleet, stop)) == {303: TWENTY}
    assert sum(1 for _ in Journal(journal(fleet.home)).after(0)) == before + 1
