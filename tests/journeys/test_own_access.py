# SPDX-License-Identifier: EUPL-1.2
"""Own access through an admitted app, over HTTP in the whole demo: it is no consent, and it ends within the hour."""

from __future__ import annotations

import html
import re
import time
from typing import Any

import httpx2
import pytest

from blauweknop.adapters.clock import SystemClock
from blauweknop.core.seal.sealed import parse_sealed_set
from tests.journeys.collecting_app import CollectingApp, new_key, own_line
from tests.journeys.delivery import trust_in
from tests.journeys.forms import hidden
from tests.journeys.lender import Lender
from tests.journeys.test_own_grant import read
from tests.journeys.town import KEVIN, Town

APP_OIN = "99999999900000009800"
PAOLO_MINOR = "999990408"
APP = "Voorbeeld Overzicht"


@pytest.fixture(autouse=True)
def app(town: Town) -> CollectingApp:
    """The app, in the place of the lender of the town."""
    made = CollectingApp(town.home, town.demo.apps["overzicht"], town.demo.consent_service, town.lender.http)
    town.lender = made
    return made


@pytest.fixture
def lender(town: Town, app: CollectingApp) -> Lender:
    """A requester beside the app."""
    return Lender(town.home, town.demo.requesters["hypotheekverlener"], town.consent, app.http)


def tax(town: Town) -> str:
    return town.source("Belastingdienst")


def arrive(town: Town, bsn: str = KEVIN, **changes: Any) -> httpx2.Response:
    return town.arrive(bsn, own_line(tax(town), **changes))


def opened(town: Town, bsn: str = KEVIN, **changes: Any) -> dict[str, Any]:
    """The citizen goes on: tokens, the first for the tax office."""
    response = town.decide(arrive(town, bsn, **changes), besluit="ja")
    assert response.status_code == 303, response.text
    answer = town.lender.exchange(town.lender.answer(response.headers["location"])["code"], tax(town))
    assert answer.status_code == 200, answer.text
    token: dict[str, Any] = answer.json()
    return token


def fetch(town: Town, token: dict[str, Any]) -> httpx2.Response:
    return town.lender.fetch(tax(town), token["access_token"], token["authorization_details"][0]["regel"])


def fetched_after(town: Town, token: dict[str, Any]) -> httpx2.Response:
    """What a source answers once the second that its last look counts is over."""
    deadline = time.monotonic() + 5
    while (answer := fetch(town, token)).status_code == 200 and time.monotonic() < deadline:
        time.sleep(0.1)
    return answer


def ended(town: Town, token: dict[str, Any]) -> None:
    """No set any more, and no new token."""
    answer = fetched_after(town, token)
    assert (answer.status_code, answer.json()["reden"]) == (403, "toestemming-geeindigd"), answer.text
    assert "set" not in answer.json()
    renewed = town.lender.renew(token["refresh_token"], tax(town))
    assert (renewed.status_code, renewed.json()["error"]) == (400, "invalid_grant")


def mine(town: Town) -> httpx2.Response:
    return town.browser.get(f"{town.consent}/mijn")


def test_bk029_own_access_of_an_app_from_the_request_to_a_set_and_the_stop(town: Town) -> None:
    page = html.unescape(arrive(town).text)
    assert "U geeft geen toestemming." in page
    assert APP in page
    assert "Belastingdienst" in page
    assert f"/deelnemers/{APP_OIN}" in page
    token = opened(town)
    assert "frequentie" not in str(token["authorization_details"])
    answer = fetch(town, token)
    assert answer.status_code == 200, answer.text
    verified = parse_sealed_set(answer.json()["set"].encode()).verify(trust_in(town.home), at=int(time.time()))
    assert verified.visible["ontvanger"] == APP_OIN
    assert "dienst" not in verified.visible
    assert {name for row in verified.rows for name in row} == {"belastingjaar", "verzamelinkomen"}
    renewed = town.lender.renew(token["refresh_token"], tax(town))
    assert renewed.status_code == 200, renewed.text
    assert fetch(town, renewed.json()).status_code == 200
    town.stop()
    ended(town, token)


def test_bk029_the_list_keeps_own_access_apart_and_shows_it_while_it_runs(town: Town) -> None:
    token = opened(town)
    page = mine(town).text
    assert "Eigen inzage" in page
    assert APP in page
    assert re.search(r"tot \W*\d\d:\d\d\W* uur", page)
    way = f"{town.consent}/mijn/{token['grant_id']}"
    assert f"{token['grant_id']}/pauze" not in page
    assert f"{token['grant_id']}/bewijs" not in page
    assert town.browser.get(f"{way}/bewijs").status_code == 404
    paused = town.browser.post(f"{way}/pauze", data={"formulier": hidden(mine(town))["formulier"]})
    assert paused.status_code == 404
    assert fetch(town, token).status_code == 200
    assert "U kunt later opnieuw beginnen." in town.browser.get(f"{way}/stop").text
    town.stop()
    assert APP not in mine(town).text


def test_bk029_the_app_reads_its_own_access_and_there_is_no_receipt_of_consent(town: Town) -> None:
    response = town.decide(arrive(town), besluit="ja")
    answer = town.lender.exchange(town.lender.answer(response.headers["location"])["code"]).json()
    path = f"/v1/toestemmingen/{answer['grant_id']}"
    one = read(town, path, answer["access_token"]).json()
    assert (one["soort"], one["status"], one["dienst"]) == ("eigen_inzage", "actief", "")
    assert read(town, f"{path}/bewijs", answer["access_token"]).status_code == 404
    town.stop()


def test_revocation_by_the_app_ends_it(town: Town) -> None:
    token = opened(town)
    assert fetch(town, token).status_code == 200
    assert town.lender._post("/intrekken", {"token": token["refresh_token"]}).status_code == 200
    ended(town, token)
    assert APP not in mine(town).text


def test_logging_out_ends_what_was_opened_since_the_login_and_no_more(town: Town) -> None:
    first = opened(town)
    town.browser.cookies.clear()
    opened_at = int(time.time())
    while int(time.time()) == opened_at:  # a login is known by its second, and the next is of another one
        time.sleep(0.02)
    second = opened(town)
    page = mine(town)
    done = town.browser.post(f"{town.consent}/uitloggen", data={"formulier": hidden(page)["formulier"]})
    assert done.status_code == 200
    ended(town, second)
    assert fetch(town, first).status_code == 200
    assert town.lender._post("/intrekken", {"token": first["refresh_token"]}).status_code == 200


def test_a_child_may_look_at_its_own_data(town: Town) -> None:
    token = opened(town, PAOLO_MINOR)
    assert town.lender.renew(token["refresh_token"], tax(town)).status_code == 200
    town.stop()


def test_no_gives_nothing_and_is_told_apart_from_nothing_else(town: Town) -> None:
    response = town.decide(arrive(town), besluit="nee")
    assert town.lender.answer(response.headers["location"])["error"] == "access_denied"
    assert APP not in mine(town).text


def test_it_is_decided_once_and_a_code_works_once(town: Town) -> None:
    page = arrive(town)
    response = town.decide(page, besluit="ja")
    code = town.lender.answer(response.headers["location"])["code"]
    assert town.decide(page, besluit="ja").status_code >= 400
    token = town.lender.exchange(code, tax(town)).json()
    assert town.lender.exchange(code, tax(town)).json()["error"] == "invalid_grant"
    assert town.lender.renew(token["refresh_token"], tax(town)).status_code == 400
    town.stop()


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "gegevensset"},
        {"type": "bekwaamheid"},
        {"frequentie": "maandelijks"},
        {"bewaartermijn": "P90D"},
        {"geldig_tot": "2001-01-01"},
        {"elementen": ["belastingjaar", "leeftijd"]},
        {"datatypes": ["bekwaamheid/1"], "elementen": ["onder_curatele"]},
        {"locations": ["https://elders.example"]},
        {"regel": "eigen"},
    ],
)
def test_bk029_one_change_and_the_citizen_is_asked_nothing(town: Town, changes: dict[str, Any]) -> None:
    assert town.lender.ask(own_line(tax(town))).status_code == 201
    answer = town.lender.ask(own_line(tax(town), **changes))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_authorization_details"), answer.text


def test_bk029_a_requester_never_asks_own_access(town: Town, lender: Lender) -> None:
    assert lender.ask(town.line()).status_code == 201
    answer = lender.ask(own_line(tax(town)))
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_authorization_details"), answer.text


def test_a_suspended_app_cannot_ask(town: Town, app: CollectingApp) -> None:
    assert app.ask(own_line(tax(town))).status_code == 201
    app.iss = town.demo.apps["verzamelaar"]
    answer = app.ask(own_line(tax(town)))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client"), answer.text


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"formulier": "x" * 43}, 403),
        ({"formulier": ""}, 403),
        ({"besluit": "misschien"}, 400),
        ({"besluit": ""}, 400),
        ({"set": "0"}, 400),
        ({"element": "0:spaargeld"}, 400),
        ({"geldig_tot": "2099-01-01"}, 400),
        ({"uitdrukkelijk": "ja"}, 400),
        ({"extra": "1"}, 400),
    ],
)
def test_a_form_that_the_page_did_not_send_opens_nothing(town: Town, fields: dict[str, str], status: int) -> None:
    page = arrive(town)
    assert town.decide(page, **{"besluit": "ja", **fields}).status_code == status
    assert APP not in mine(town).text
    assert town.decide(page, besluit="ja").status_code == 303
    town.stop()


def test_bk029_a_service_that_the_app_named_stands_in_no_set(town: Town) -> None:
    token = opened(town, dienst="hypotheek/1")
    assert "dienst" not in token["authorization_details"][0]
    answer = fetch(town, token)
    assert answer.status_code == 200, answer.text
    verified = parse_sealed_set(answer.json()["set"].encode()).verify(trust_in(town.home), at=int(time.time()))
    assert "dienst" not in verified.visible
    town.stop()


def test_consent_and_own_access_are_never_in_one_request(town: Town) -> None:
    answer = town.lender.ask(own_line(tax(town)), town.line())
    assert answer.json()["error"] == "invalid_authorization_details"


@pytest.mark.parametrize(
    "changes",
    [
        {"redirect_uri": "https://elders.example/terug"},
        {"code_challenge_method": "plain"},
        {"client_secret": "geheim"},
        {"request_uri": "https://elders.example"},
    ],
)
def test_an_app_that_asks_in_another_way_is_refused(town: Town, changes: dict[str, str]) -> None:
    assert town.lender.ask(own_line(tax(town)), **changes).status_code in {400, 401}


def test_without_a_proof_nothing_is_asked_and_with_another_key_nothing_is_got(town: Town, app: CollectingApp) -> None:
    bare = town.lender.http.post(
        f"{town.consent}/par", data={"client_id": town.lender.iss, "authorization_details": "[]"}
    )
    assert bare.json()["error"] == "invalid_dpop_proof"
    response = town.decide(arrive(town), besluit="ja")
    code = town.lender.answer(response.headers["location"])["code"]
    own = app.key
    app.key = new_key()
    assert town.lender.exchange(code, tax(town)).status_code == 400
    app.key = own
    token = town.lender.exchange(code, tax(town)).json()
    app.key = new_key()
    assert town.lender.renew(token["refresh_token"], tax(town)).status_code == 400
    assert fetch(town, token).status_code == 401
    app.key = own
    assert fetch(town, token).status_code == 200
    town.stop()


def test_a_source_that_was_not_asked_gives_nothing(town: Town) -> None:
    token = opened(town)
    elsewhere = town.source("RDW")
    refused = town.lender.renew(token["refresh_token"], elsewhere)
    assert refused.json()["error"] == "invalid_target"
    assert town.lender.fetch(elsewhere, token["access_token"], "x").status_code == 401
    town.stop()


def test_it_ends_after_fifteen_minutes_without_use_and_after_an_hour_in_any_case(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = 0
    monkeypatch.setattr(SystemClock, "now_ns", lambda _: time.time_ns() + ahead * 1_000_000_000)
    town.lender.now = lambda: time.time() + ahead
    idle, used = opened(town), opened(town)
    for minutes in (14, 28, 42, 56):
        ahead = minutes * 60
        renewed = town.lender.renew(used["refresh_token"], tax(town))
        assert renewed.status_code == 200, renewed.text
        answer = fetch(town, renewed.json())
        assert answer.status_code == 200, answer.text
    assert renewed.json()["expires_in"] <= 4 * 60
    late = town.lender.renew(idle["refresh_token"], tax(town))
    assert (late.json()["error"], late.json()["reden"]) == ("invalid_grant", "verlopen")
    ahead = 60 * 60 + 1
    late = town.lender.renew(used["refresh_token"], tax(town))
    assert (late.json()["error"], late.json()["reden"]) == ("invalid_grant", "verlopen")
    assert fetch(town, renewed.json()).status_code == 200  # a token's clock difference of ten seconds
    ahead = 60 * 60 + 11
    assert fetch(town, renewed.json()).status_code == 401
