# SPDX-License-Identifier: EUPL-1.2
"""A login counts only when everything about it is right. Each case is a good login with one named change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx2
import pytest

from tests.journeys.forms import hidden

from .conftest import MARK, SECRET, Visitor

if TYPE_CHECKING:
    from .conftest import SourceSite

Change = Callable[[dict[str, Any], dict[str, Any]], None]


def claim(name: str, value: Any) -> Change:
    return lambda _header, claims: claims.update({name: value})


def without(name: str) -> Change:
    return lambda _header, claims: claims.pop(name)


def moved(name: str, seconds: float) -> Change:
    return lambda _header, claims: claims.update({name: claims[name] + seconds})


def header(name: str, value: Any) -> Change:
    return lambda header, _claims: header.update({name: value})


BAD_TOKENS: dict[str, tuple[Change, str]] = {
    "issuer-of-another": (claim("iss", "http://localhost:1"), "inlogantwoord-ongeldig"),
    "issuer-missing": (without("iss"), "inlogantwoord-ongeldig"),
    "audience-of-another": (claim("aud", "andere-bron"), "inlogantwoord-ongeldig"),
    "audience-of-two": (claim("aud", ["bron", "andere-bron"]), "inlogantwoord-ongeldig"),
    "authorized-party-of-another": (claim("azp", "andere-bron"), "inlogantwoord-ongeldig"),
    "expired": (moved("exp", -400), "inlogantwoord-ongeldig"),
    "expiry-missing": (without("exp"), "inlogantwoord-ongeldig"),
    "expiry-no-whole-second": (moved("exp", 0.5), "inlogantwoord-ongeldig"),
    "expiry-true": (claim("exp", value=True), "inlogantwoord-ongeldig"),
    "issued-in-the-future": (moved("iat", 60), "inlogantwoord-ongeldig"),
    "issued-long-ago": (moved("iat", -700), "inlogantwoord-ongeldig"),
    "issued-at-missing": (without("iat"), "inlogantwoord-ongeldig"),
    "nonce-of-another-login": (claim("nonce", "x" * 43), "inlogantwoord-ongeldig"),
    "nonce-missing": (without("nonce"), "inlogantwoord-ongeldig"),
    "level-unknown": (claim("acr", "urn:heel-hoog"), "inlogantwoord-ongeldig"),
    "level-missing": (without("acr"), "inlogantwoord-ongeldig"),
    "logged-in-in-the-future": (moved("auth_time", 60), "inlogantwoord-ongeldig"),
    "key-unknown": (header("kid", "een-ander"), "inlogantwoord-ongeldig"),
    "key-brought-along": (header("jwk", {"kty": "EC"}), "inlogantwoord-ongeldig"),
    "number-missing": (without("bsn"), "inlogpersoon-onbekend"),
    "number-fails-the-eleven-test": (claim("bsn", "999996148"), "inlogpersoon-onbekend"),
    "number-as-a-number": (claim("bsn", int(MARK)), "inlogpersoon-onbekend"),
    "number-with-a-blank": (claim("bsn", f"{MARK} "), "inlogpersoon-onbekend"),
}


def refused(page: httpx2.Response, code: str, status: int = 400) -> None:
    assert page.status_code == status, page.text
    assert code in page.text
    assert "Er is niets met anderen gedeeld." in page.text
    assert MARK not in page.text


def is_out(visitor: Visitor) -> None:
    assert visitor.get("/kies").status_code == 403


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_an_id_token_with_one_thing_wrong_logs_nobody_in(site: SourceSite, name: str) -> None:
    assert site.browser().log_in().url.path == "/kies"
    change, code = BAD_TOKENS[name]
    site.login.tamper = change
    visitor = site.browser()
    refused(visitor.log_in(), code)
    is_out(visitor)


def way_back(visitor: Visitor) -> dict[str, str]:
    """Logs in as far as the answer that the login service sends, and takes it before the source sees it."""
    page = visitor.begin()
    visitor.http.follow_redirects = False
    answer = visitor.decide(page)
    visitor.http.follow_redirects = True
    assert answer.status_code == 303
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


BAD_ANSWERS: dict[str, tuple[Callable[[dict[str, str]], object], str]] = {
    "state-missing": (lambda answer: answer.pop("state"), "inlogpoging-onbekend"),
    "state-of-nobody": (lambda answer: answer.update(state="x" * 43), "inlogpoging-onbekend"),
    "code-missing": (lambda answer: answer.pop("code"), "inlogantwoord-ongeldig"),
    "code-of-nobody": (lambda answer: answer.update(code="x" * 43), "inlogantwoord-ongeldig"),
    "issuer-missing": (lambda answer: answer.pop("iss"), "inlogantwoord-ongeldig"),
    "issuer-of-another": (lambda answer: answer.update(iss="http://localhost:1"), "inlogantwoord-ongeldig"),
    "error-beside-a-code": (lambda answer: answer.update(error="server_error"), "inloggen-afgebroken"),
    "too-long": (lambda answer: answer.update(code="x" * 1_500), "adres-te-lang"),
}


@pytest.mark.parametrize("name", BAD_ANSWERS)
def test_an_answer_with_one_thing_wrong_logs_nobody_in(site: SourceSite, name: str) -> None:
    good = site.browser()
    assert good.get("/inloggen/terug", params=way_back(good)).url.path == "/kies"
    visitor = site.browser()
    answer = way_back(visitor)
    change, code = BAD_ANSWERS[name]
    change(answer)
    if name == "too-long":
        answer["meer"] = "y" * 1_500
    refused(visitor.get("/inloggen/terug", params=answer), code, 414 if name == "too-long" else 400)
    is_out(visitor)


def test_a_parameter_that_stands_twice_is_refused(site: SourceSite) -> None:
    visitor = site.browser()
    answer = urlencode(way_back(visitor))
    refused(visitor.get(f"/inloggen/terug?{answer}&code=een-ander"), "inlogantwoord-vorm")
    is_out(visitor)


def test_an_answer_counts_once(site: SourceSite) -> None:
    visitor = site.browser()
    answer = way_back(visitor)
    assert visitor.get("/inloggen/terug", params=answer).url.path == "/kies"
    refused(visitor.get("/inloggen/terug", params=answer), "inlogpoging-onbekend")


def test_an_answer_counts_only_in_the_browser_that_began(site: SourceSite) -> None:
    answer = way_back(site.browser())
    another = site.browser()
    another.begin()
    refused(another.get("/inloggen/terug", params=answer), "inlogpoging-onbekend")
    is_out(another)


def test_a_login_left_lying_for_ten_minutes_is_over(site: SourceSite) -> None:
    visitor = site.browser()
    answer = way_back(visitor)
    site.clock.moved = 601
    refused(visitor.get("/inloggen/terug", params=answer), "inlogpoging-onbekend")


def test_stopping_is_no_error_and_says_so(site: SourceSite) -> None:
    visitor = site.browser()
    page = visitor.begin()
    fields = {"verzoek": hidden(page)["verzoek"], "niveau": "http://eidas.europa.eu/LoA/high", "keuze": "stop"}
    stopped = visitor.http.post(f"{site.login.issuer}/inloggen", data=fields)
    refused(stopped, "inloggen-afgebroken")
    assert "Het inloggen is gestopt" in stopped.text


def test_no_session_before_the_login_is_taken_over(site: SourceSite) -> None:
    planted = "A" * 43
    visitor = site.browser()
    visitor.http.cookies.set("bk-belastingdienst", planted, domain="localhost.local", path="/")
    assert visitor.log_in().url.path == "/kies"
    session = [cookie.value for cookie in visitor.http.cookies.jar if cookie.name == "bk-belastingdienst"]
    assert planted not in session[-1:]
    stranger = site.browser()
    stranger.http.cookies.set("bk-belastingdienst", planted, domain="localhost.local", path="/")
    is_out(stranger)


def test_logging_in_again_ends_the_session_before(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    before = visitor.http.cookies["bk-belastingdienst"]
    visitor.log_in()
    assert visitor.http.cookies["bk-belastingdienst"] != before
    stranger = site.browser()
    stranger.http.cookies.set("bk-belastingdienst", before)
    is_out(stranger)


def test_the_login_service_knows_its_clients(site: SourceSite) -> None:
    visitor = site.browser()
    answer = way_back(visitor)
    form = {"grant_type": "authorization_code", "code": answer["code"], "redirect_uri": f"{site.iss}/inloggen/terug"}
    wrong = visitor.http.post(f"{site.login.issuer}/token", data=form, auth=("bron", SECRET + "x"))
    assert wrong.status_code == 401
    again = visitor.http.post(f"{site.login.issuer}/token", data=form, auth=("bron", SECRET))
    assert again.json() == {"error": "invalid_grant"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("redirect_uri", "http://localhost:1/inloggen/terug"),
        ("client_id", "onbekend"),
        ("code_challenge_method", "plain"),
        ("nonce", ""),
        ("response_type", "token"),
        ("scope", "profile"),
    ],
)
def test_the_login_service_refuses_a_request_with_one_thing_wrong(site: SourceSite, name: str, value: str) -> None:
    visitor = site.browser()
    good = dict(visitor.begin().url.params)
    assert visitor.http.get(f"{site.login.issuer}/inloggen", params=good).status_code == 200
    bad = visitor.http.get(f"{site.login.issuer}/inloggen", params={**good, name: value})
    assert bad.status_code == 400
    assert "<fieldset>" not in bad.text
