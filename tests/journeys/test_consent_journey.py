# SPDX-License-Identifier: EUPL-1.2
"""Plus from end to end, over HTTP alone: asked, consented, fetched, stopped, and not one byte after the stop."""

from __future__ import annotations

import html
import json
import re
import time
from typing import Any

import httpx2
import pytest

from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.wire.base64url import b64url_decode
from tests.journeys.delivery import trust_in
from tests.journeys.forms import hidden
from tests.journeys.town import KEVIN, Town

OLIVIA, MARK = "999996630", "999996149"
PAOLO_MINOR, DANIELLE_GUARDIANSHIP, KOOS_ADMINISTRATION = "999990408", "999997622", "999993525"
LENDER_OIN = "99999999900000000300"


def rule(token: dict[str, Any]) -> str:
    return str(token["authorization_details"][0]["regel"])


def fetch(town: Town, token: dict[str, Any]) -> httpx2.Response:
    return town.lender.fetch(town.source("Belastingdienst"), token["access_token"], rule(token))


def test_bk007_from_the_request_to_a_set_for_this_requester_and_back_to_nothing(town: Town) -> None:
    token = town.granted()
    assert token["token_type"] == "DPoP"
    response = fetch(town, token)
    assert response.status_code == 200, response.text
    trust = trust_in(town.home)
    verified = parse_sealed_set(response.json()["set"].encode()).verify(trust, at=int(time.time()))
    assert verified.visible["ontvanger"] == LENDER_OIN
    assert {name for row in verified.rows for name in row} == {"belastingjaar", "verzamelinkomen"}
    town.stop()
    after = fetch(town, token)
    assert after.status_code in {401, 403}, after.text
    assert "set" not in after.json()
    renewed = town.lender.renew(token["refresh_token"], town.source("Belastingdienst"))
    assert renewed.status_code == 400
    assert renewed.json()["error"] == "invalid_grant"


def test_bk007_the_receipt_holds_the_text_that_was_shown(town: Town) -> None:
    page = town.arrive(KEVIN)
    for words in ("Demo Hypotheekverlener BV", "Belastingdienst"):
        assert words in html.unescape(page.text)
    assert town.decide(page, besluit="ja", set="0").status_code == 303
    mine = town.browser.get(f"{town.consent}/mijn")
    way = re.findall(r'href="(/mijn/[^"]+/bewijs)"', mine.text)[0]
    receipt = town.browser.get(f"{town.consent}{way}").text
    assert receipt.count(".") == 2
    assert KEVIN not in receipt
    while 'href="/mijn/' in mine.text and "/stop" in mine.text:
        way = re.findall(r'href="(/mijn/[^"]+/stop)"', mine.text)[0]
        mine = town.browser.post(f"{town.consent}{way}", data=hidden(town.browser.get(f"{town.consent}{way}")))


def test_no_is_as_easy_and_gives_nothing(town: Town) -> None:
    response = town.decide(town.arrive(OLIVIA), besluit="nee")
    assert town.lender.answer(response.headers["location"])["error"] == "access_denied"
    assert "besluit" not in town.browser.get(f"{town.consent}/mijn").text


def test_nothing_is_ticked_beforehand_and_nothing_chosen_is_not_a_yes(town: Town) -> None:
    page = town.arrive(OLIVIA)
    assert not re.search(r"<input[^>]*\bchecked\b", page.text)
    again = town.decide(page, besluit="ja")
    assert again.status_code == 200
    assert 'role="alert"' in again.text


def test_a_decision_is_made_once(town: Town) -> None:
    page = town.arrive(OLIVIA)
    assert town.decide(page, besluit="nee").status_code == 303
    again = town.decide(page, besluit="ja", set="0")
    assert again.status_code == 409
    assert "Hier is al over besloten" in html.unescape(again.text)


@pytest.mark.parametrize("bsn", [PAOLO_MINOR, DANIELLE_GUARDIANSHIP, KOOS_ADMINISTRATION])
def test_who_may_not_decide_alone_is_told_so_and_nothing_is_granted(town: Town, bsn: str) -> None:
    response = town.decide(town.arrive(bsn), besluit="ja", set="0")
    assert response.status_code == 200
    assert "besluit" not in response.text
    assert "/stop" not in town.browser.get(f"{town.consent}/mijn").text


@pytest.mark.parametrize(
    "fields", [{"besluit": "misschien"}, {"besluit": "ja", "set": "9"}, {"besluit": "ja", "extra": "1"}]
)
def test_a_form_that_the_page_did_not_send_is_refused(town: Town, fields: dict[str, str]) -> None:
    assert town.decide(town.arrive(OLIVIA), **fields).status_code == 400


def test_without_the_mark_of_the_session_nothing_is_decided(town: Town) -> None:
    town.arrive(OLIVIA)
    sent = {"besluit": "ja", "set": "0", "formulier": "x" * 43}
    answer = town.browser.post(f"{town.consent}/aanvraag", data=sent, follow_redirects=False)
    assert answer.status_code in {400, 403}


def test_the_consent_of_another_is_not_there(town: Town) -> None:
    town.granted(MARK)
    way = re.findall(r'href="(/mijn/[^"]+/stop)"', town.browser.get(f"{town.consent}/mijn").text)[0]
    town.browser.cookies.clear()
    town.arrive(OLIVIA)
    assert town.browser.get(f"{town.consent}{way}").status_code == 404
    assert town.browser.get(f"{town.consent}{way.removesuffix('stop')}bewijs").status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"elementen": ["belastingjaar", "leeftijd"]},
        {"dienst": "wlz/1"},
        {"geldig_tot": "2001-01-01"},
        {"type": "bekwaamheid"},
        {"bewaartermijn": "P9Y"},
    ],
)
def test_more_than_the_register_lets_this_requester_ask_never_reaches_the_citizen(
    town: Town, changes: dict[str, Any]
) -> None:
    answer = town.lender.ask(town.line(**changes))
    assert answer.status_code in {400, 401}, answer.text
    assert "request_uri" not in answer.json()


def test_a_suspended_requester_cannot_ask(town: Town) -> None:
    town.lender.slug, town.lender.iss = "incassobureau", town.demo.requesters["incassobureau"]
    answer = town.lender.ask(town.line())
    assert answer.status_code in {400, 401, 403}, answer.text


def test_a_code_works_once_and_a_second_use_ends_what_the_first_gave(town: Town) -> None:
    response = town.decide(town.arrive(KEVIN), besluit="ja", set="0")
    code = town.lender.answer(response.headers["location"])["code"]
    first = town.lender.exchange(code).json()
    assert town.lender.exchange(code).status_code == 400
    assert town.lender.renew(first["refresh_token"], town.source("Belastingdienst")).status_code == 400


def test_the_stand_is_of_this_service_and_holds_no_person(town: Town) -> None:
    answer = town.lender.http.get(f"{town.consent}/status/99999999900000000100/stand")
    text = json.dumps(dict(answer.headers)) + answer.text
    assert KEVIN not in text


def test_a_source_with_plus_says_that_it_has_those_doors(town: Town) -> None:
    said = town.lender.http.get(f"{town.source('Belastingdienst')}/.well-known/blauwe-knop").json()
    assert said["deuren"] == ["basis", "plus", "app"]


def test_bk036_delivery_and_use_are_both_stated_and_another_use_is_another_request(town: Town) -> None:
    words = "om deze gegevens te leveren én te gebruiken, alleen voor: Hypotheek"
    page = town.arrive(OLIVIA)
    assert words in html.unescape(page.text)
    assert town.decide(page, besluit="ja", set="0").status_code == 303
    mine = town.browser.get(f"{town.consent}/mijn").text
    way = re.findall(r'href="(/mijn/[^"]+)/stop"', mine)[0]
    receipt = town.browser.get(f"{town.consent}{way}/bewijs").text
    assert words in b64url_decode(receipt.split(".")[1]).decode()
    stop = town.browser.get(f"{town.consent}{way}/stop")
    assert town.browser.post(f"{town.consent}{way}/stop", data=hidden(stop)).status_code == 200
    for other in ("autoverzekering/1", "wlz/1"):
        assert town.lender.ask(town.line(dienst=other)).status_code in {400, 401}
