# SPDX-License-Identifier: EUPL-1.2
"""A client reads its own grant at the consent service, and nobody else's: over HTTP, in the whole demo."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Any

from blauweknop.core.oauth.client_side import ProofKey
from tests.journeys.forms import hidden
from tests.journeys.town import Town

if TYPE_CHECKING:
    import httpx2


def own_token(town: Town) -> dict[str, Any]:
    """A grant, with a token for the consent service itself."""
    response = town.decide(town.arrive("999996538"), besluit="ja", set="0")
    answer = town.lender.exchange(town.lender.answer(response.headers["location"])["code"])
    assert answer.status_code == 200, answer.text
    token: dict[str, Any] = answer.json()
    return token


def read(town: Town, path: str, token: str, *, scheme: str = "DPoP", **proof: Any) -> httpx2.Response:
    """``GET path`` with a proof by the lender's key; ``proof``: what is changed in it."""
    signer = town.lender._signer(proof.pop("purpose", "dpop"))
    url = f"{town.consent}{path}"
    for _ in range(2):
        made = {"jti": secrets.token_urlsafe(16), "access_token": token.encode(), **proof}
        spelt = ProofKey(signer, signer.public_key).prove(
            made.pop("method", "GET"),
            made.pop("url", url),
            at=int(time.time()),
            nonce=town.lender.nonces.get(town.consent, ""),
            **made,
        )
        response = town.lender.http.get(url, headers={"authorization": f"{scheme} {token}", "dpop": spelt})
        town.lender.nonces[town.consent] = response.headers.get("dpop-nonce", "")
        if "use_dpop_nonce" not in response.headers.get("www-authenticate", ""):
            break
    return response


def test_a_client_reads_its_own_grant_and_its_receipt_and_sees_the_stop(town: Town) -> None:
    token = own_token(town)
    path = f"/v1/toestemmingen/{token['grant_id']}"
    listed = read(town, "/v1/toestemmingen", token["access_token"])
    assert listed.status_code == 200, listed.text
    (one,) = listed.json()["toestemmingen"]
    assert (one["id"], one["status"]) == (token["grant_id"], "actief")
    assert one["regels"] == token["authorization_details"]
    receipt = read(town, f"{path}/bewijs", token["access_token"])
    assert receipt.headers["content-type"] == "application/toestemmingsbewijs+jwt"
    assert receipt.content.count(b".") == 2
    town.stop()
    after = read(town, path, token["access_token"]).json()
    assert (after["status"], after["reden"]) == ("ingetrokken", "ingetrokken")


def test_every_change_to_that_request_is_refused(town: Town) -> None:
    token = own_token(town)["access_token"]
    path = "/v1/toestemmingen"
    assert read(town, path, token).status_code == 200
    again = secrets.token_urlsafe(16)
    assert read(town, path, token, jti=again).status_code == 200
    refused = [
        read(town, path, token, scheme="Bearer"),
        read(town, path, token, jti=again),
        read(town, path, token, method="POST"),
        read(town, path, token, url=f"{town.consent}/v1/iets-anders"),
        read(town, path, token, access_token=b"another"),
        read(town, path, token, purpose="client"),
        read(town, path, token[:-4] + "AAAA"),
        town.lender.http.get(f"{town.consent}{path}"),
    ]
    assert [response.status_code for response in refused] == [401] * len(refused)
    assert all(response.headers["www-authenticate"].startswith("DPoP") for response in refused)
    assert all("regels" not in response.text for response in refused)
    assert read(town, path + "/ander", token).status_code == 404
    town.stop()


def test_a_token_for_a_source_opens_nothing_here(town: Town) -> None:
    token = town.granted()
    assert read(town, "/v1/toestemmingen", token["access_token"]).status_code == 401
    town.stop()


def test_a_pause_stops_deliveries_and_a_resume_lets_them_go_on(town: Town) -> None:
    token = town.granted()
    source = town.source("Belastingdienst")
    rule = token["authorization_details"][0]["regel"]

    def press(way: str) -> None:
        mine = town.browser.get(f"{town.consent}/mijn")
        address = f"{town.consent}/mijn/{token['grant_id']}/{way}"
        assert f"/{way}" in mine.text
        done = town.browser.post(address, data={"formulier": hidden(mine)["formulier"]})
        assert done.status_code == 200, done.text

    press("pauze")
    waiting = town.lender.renew(token["refresh_token"], source)
    assert (waiting.json()["error"], waiting.json()["reden"]) == ("authorization_pending", "gepauzeerd")
    # A source may go on for the second that its last look counts, and no longer.
    deadline = time.monotonic() + 5
    reason = ""
    while reason != "toestemming-opgeschort" and time.monotonic() < deadline:
        reason = town.lender.fetch(source, token["access_token"], rule).json().get("reden", "")
    assert reason == "toestemming-opgeschort"
    press("hervat")
    again = town.lender.renew(token["refresh_token"], source)
    assert again.status_code == 200, again.text
    town.stop()


def test_a_pause_without_the_mark_of_the_session_changes_nothing(town: Town) -> None:
    token = town.granted()
    forged = town.browser.post(f"{town.consent}/mijn/{token['grant_id']}/pauze", data={"formulier": "x"})
    assert forged.status_code == 403
    assert town.lender.renew(token["refresh_token"], town.source("Belastingdienst")).status_code == 200
    town.stop()
