# SPDX-License-Identifier: EUPL-1.2
"""The reference service of a requester over HTTP: what a browser can do wrong, and what then is not read."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.journeys.forms import hidden
from tests.journeys.town import KEVIN, SUBSTANTIAL, Town

KEVIN_SAYS = {"naam": "Kevin de Boer", "geboortedatum": "16-12-1984"}
INCOME = "72.300"


@pytest.fixture(autouse=True)
def none_left(town: Town) -> Iterator[None]:
    """Every consent of a test is stopped after it."""
    yield
    mine = f"{town.consent}/mijn"
    while ways := re.findall(r'href="(/mijn/[^"]+/stop)"', town.browser.get(mine).text):
        page = town.browser.get(f"{town.consent}{ways[0]}")
        assert town.browser.post(f"{town.consent}{ways[0]}", data=hidden(page)).status_code == 200


def site(town: Town) -> str:
    return town.lender.iss


def asked(town: Town, **changes: str) -> httpx2.Response:
    fields = {"dienst": "hypotheek/1", **KEVIN_SAYS, **changes}
    return town.browser.post(f"{site(town)}/aanvraag", data=fields, follow_redirects=False)


def decided(town: Town, address: str, sets: list[str] | None = None) -> str:
    """Where the consent service sends the browser after a yes to ``sets``, or to all."""
    assert town.browser.get(address).status_code == 200
    page = town.browser.post(f"{town.consent}/inloggen", data={"naar": "/aanvraag"})
    if "/inloggen" in str(page.url):
        fields = {"verzoek": hidden(page)["verzoek"], "persoon": KEVIN, "niveau": SUBSTANTIAL, "keuze": "verder"}
        page = town.browser.post(f"{town.demo.login}/inloggen", data=fields)
    every = re.findall(r'name="set" value="(\d+)"', page.text)
    answer = town.decide(page, besluit="ja", set=every if sets is None else sets)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def come_back(town: Town, **changes: str) -> httpx2.Response:
    return town.browser.get(decided(town, asked(town, **changes).headers["location"]))


def test_what_came_is_shown_with_its_source_and_nothing_personal_is_in_an_address(town: Town) -> None:
    page = come_back(town)
    assert str(page.url) == f"{site(town)}/resultaat"
    text = html.unescape(page.text)
    for words in ("Gewaarmerkt door Belastingdienst", INCOME, "Wij wissen dit uiterlijk na"):
        assert words in text
    assert KEVIN not in text
    assert page.headers["cache-control"] == "no-store"
    for step in (*page.history, page):
        assert not re.search(r"Kevin|Boer|1984|99999", str(step.url))


@pytest.mark.parametrize(
    "changes",
    [
        {"naam": ""},
        {"naam": "   "},
        {"geboortedatum": ""},
        {"geboortedatum": "32-12-1984"},
        {"geboortedatum": "12/31/1984"},
        {"geboortedatum": "1984-12-16x"},
        {"dienst": "wlz/1"},
        {"dienst": ""},
    ],
)
def test_a_form_that_is_not_filled_in_goes_nowhere(town: Town, changes: dict[str, str]) -> None:
    answer = asked(town, **changes)
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("spelt", ["16-12-1984", "16/12/1984", "16.12.1984", "1984-12-16"])
def test_a_date_may_be_spelt_as_people_do(town: Town, spelt: str) -> None:
    assert asked(town, geboortedatum=spelt).status_code == 303


def test_the_answer_of_another_browser_is_not_believed(town: Town) -> None:
    """The way back of one citizen, opened by another: a consent is never bound to a stranger's visit."""
    back = decided(town, asked(town).headers["location"])
    with httpx2.Client(headers={"accept": "text/html"}, follow_redirects=True, trust_env=False, timeout=20) as other:
        assert "Er is hier geen aanvraag" in other.get(back).text
        fields = {"dienst": "hypotheek/1", **KEVIN_SAYS}
        assert other.post(f"{site(town)}/aanvraag", data=fields, follow_redirects=False).status_code == 303
        page = other.get(back)
        assert "Er is hier geen aanvraag" in page.text
        assert INCOME not in other.get(f"{site(town)}/resultaat").text
    assert INCOME in town.browser.get(back).text  # it still counts where it belongs


def test_before_the_customer_is_known_no_value_is_shown_whatever_is_asked(town: Town) -> None:
    page = come_back(town, geboortedatum="17-12-1984")
    assert "Deze gegevens zijn van iemand anders" in html.unescape(page.text)
    mark = hidden(page)["formulier"]
    shown: list[Any] = [town.browser.get(f"{site(town)}/resultaat")]
    shown += [town.browser.post(f"{site(town)}/{way}", data={"formulier": mark}) for way in ("ophalen", "bewijs")]
    for answer in shown:
        assert answer.status_code == 200
        assert "Deze gegevens zijn van iemand anders" in html.unescape(answer.text)
        assert INCOME not in answer.text
    right = town.browser.post(f"{site(town)}/klant", data={"formulier": mark, **KEVIN_SAYS})
    assert INCOME in right.text


@pytest.mark.parametrize("way", ["ophalen", "bewijs", "opzeggen", "klant"])
@pytest.mark.parametrize("mark", ["", "x" * 43])
def test_a_form_of_another_site_changes_nothing(town: Town, way: str, mark: str) -> None:
    assert INCOME in come_back(town).text
    answer = town.browser.post(f"{site(town)}/{way}", data={"formulier": mark})
    assert answer.status_code == 403
    assert INCOME in town.browser.get(f"{site(town)}/resultaat").text
    foreign = {"sec-fetch-site": "cross-site"}
    assert town.browser.post(f"{site(town)}/{way}", data={}, headers=foreign).status_code == 403


def test_what_was_stopped_at_the_consent_service_is_said_when_it_is_asked_again(town: Town) -> None:
    page = come_back(town)
    town.stop()
    answer = town.browser.post(f"{site(town)}/ophalen", data={"formulier": hidden(page)["formulier"]})
    assert "De toestemming is gestopt" in html.unescape(answer.text)
    assert INCOME not in town.browser.get(f"{site(town)}/resultaat").text


def test_giving_up_ends_it_at_the_consent_service_too(town: Town) -> None:
    page = come_back(town)
    town.browser.post(f"{site(town)}/opzeggen", data={"formulier": hidden(page)["formulier"]})
    assert not re.search(r'href="/mijn/[^"]+/stop"', town.browser.get(f"{town.consent}/mijn").text)


def test_without_a_visit_there_is_nothing(town: Town) -> None:
    for path in ("/resultaat", "/terug?code=x&state=y&iss=z", "/terug"):
        assert "Er is hier geen aanvraag" in html.unescape(town.browser.get(f"{site(town)}{path}").text)
    for way in ("ophalen", "bewijs", "opzeggen", "klant"):
        assert town.browser.post(f"{site(town)}/{way}", data={"formulier": "x"}).status_code == 403
    assert town.lender.http.get(f"{site(town)}/gezond").json() == {"gezond": True}
