# SPDX-License-Identifier: EUPL-1.2
"""Forms that this page cannot have sent, sessions that are over, requests that are too much: refused, nothing done."""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import httpx2
import pytest

from blauweknop.adapters.connectors.contract import SourceFailedError, WrongPersonError
from blauweknop.core.delivery.model import Reason
from blauweknop.errors import BlauweKnopError, InfrastructureError
from blauweknop.texts import LANGUAGES, Language, load_messages
from tests.journeys.forms import hidden

from .conftest import MARK, Visitor

if TYPE_CHECKING:
    from .conftest import SourceSite

FORM = {"content-type": "application/x-www-form-urlencoded"}
CHOICE = "/kies/inkomen/1"


def in_session(site: SourceSite) -> tuple[Visitor, dict[str, Any]]:
    visitor = site.browser()
    visitor.log_in()
    return visitor, {**hidden(visitor.get(CHOICE)), "element": ["verzamelinkomen"]}


def refused(page: httpx2.Response, status: int, code: str, language: Language = "nl") -> None:
    assert page.status_code == status, page.text
    assert code in page.text
    assert load_messages(language)("fout-niets-gedeeld") in page.text
    assert MARK not in page.text
    for canary in ("74.900", "74,900", "7490000"):  # the one amount there is; on the screen when all is well (BK012)
        assert canary not in page.text


Send = Callable[[Visitor, dict[str, Any]], httpx2.Response]


def with_fields(**more: Any) -> Send:
    return lambda visitor, good: visitor.post(CHOICE, {**good, **more})


def raw(body: Callable[[str], bytes], **headers: str) -> Send:
    def send(visitor: Visitor, good: dict[str, Any]) -> httpx2.Response:
        return visitor.http.post(CHOICE, content=body(urlencode(good, doseq=True)), headers={**FORM, **headers})

    return send


def without_mark(visitor: Visitor, good: dict[str, Any]) -> httpx2.Response:
    return visitor.post(CHOICE, {"element": good["element"]})


def mark_of_another_session(visitor: Visitor, good: dict[str, Any]) -> httpx2.Response:
    other, theirs = in_session(visitor.site)
    assert other.http.cookies["bk-belastingdienst"] != visitor.http.cookies["bk-belastingdienst"]
    return visitor.post(CHOICE, {**good, "formulier": theirs["formulier"]})


BAD_FORMS: dict[str, tuple[Send, int, str]] = {
    "no-mark": (without_mark, 403, "formulier-niet-van-hier"),
    "mark-of-another-session": (mark_of_another_session, 403, "formulier-niet-van-hier"),
    "from-another-site": (raw(str.encode, **{"sec-fetch-site": "cross-site"}), 403, "formulier-niet-van-hier"),
    "element-unknown": (with_fields(element=["verzamelinkomen", "schoenmaat"]), 400, "formulier-ongeldig"),
    "element-of-another-set": (with_fields(element=["kenteken"]), 400, "formulier-ongeldig"),
    "element-with-a-path": (with_fields(element=["verzamelinkomen.waarde"]), 400, "formulier-ongeldig"),
    "field-unknown": (with_fields(bsn=MARK), 400, "formulier-ongeldig"),
    "mark-twice": (raw(lambda form: f"{form}&formulier=x".encode()), 400, "formulier-ongeldig"),
    "not-utf-8": (raw(lambda form: f"{form}&element=%ff".encode()), 400, "formulier-ongeldig"),
    "not-a-form": (raw(lambda _form: b"verzamelinkomen"), 400, "formulier-ongeldig"),
    "bytes-above-ascii": (raw(lambda form: form.encode() + b"&element=\xc3\xa9"), 400, "formulier-ongeldig"),
    "json": (raw(str.encode, **{"content-type": "application/json"}), 400, "formulier-ongeldig"),
    "multipart": (raw(str.encode, **{"content-type": "multipart/form-data; boundary=x"}), 400, "formulier-ongeldig"),
    "too-many-fields": (with_fields(element=["verzamelinkomen"] * 400), 400, "formulier-ongeldig"),
    "a-long-field": (with_fields(element=["v" * 3_000]), 400, "formulier-ongeldig"),
    "too-large": (with_fields(element=["v" * 70_000]), 413, "verzoek-te-groot"),
    "query-beside-it": (
        lambda visitor, good: visitor.post(f"{CHOICE}?element=verzamelinkomen", good),
        400,
        "formulier-ongeldig",
    ),
    "another-method": (lambda visitor, _good: visitor.http.put(CHOICE), 405, "methode-niet-toegestaan"),
    "a-set-that-is-off": (
        lambda visitor, good: visitor.post("/kies/huishouden/1", good),
        404,
        "niet-gevonden",
    ),
    "a-version-that-is-not-there": (lambda visitor, good: visitor.post("/kies/inkomen/2", good), 404, "niet-gevonden"),
}


@pytest.mark.parametrize("name", BAD_FORMS)
def test_a_form_with_one_thing_wrong_changes_nothing(site: SourceSite, name: str) -> None:
    send, status, code = BAD_FORMS[name]
    visitor, good = in_session(site)
    refused(send(visitor, good), status, code)
    assert site.door.looked == []
    assert visitor.get("/bekijk/inkomen/1").url.path == CHOICE, "nothing was chosen"
    assert visitor.post(CHOICE, good).url.path == "/bekijk/inkomen/1"


BAD_DOWNLOADS: dict[str, dict[str, Any]] = {
    "form-unknown": {"vorm": "docx"},
    "form-missing": {"vorm": ""},
    "key-too-short": {"sleutel": "kort"},
    "set-unknown": {"gegevensset": "vorderingen/1"},
    "set-that-is-off": {"gegevensset": "huishouden/1"},
    "element-unknown": {"element": ["schoenmaat"]},
}


@pytest.mark.parametrize("name", BAD_DOWNLOADS)
def test_a_download_with_one_thing_wrong_delivers_nothing(site: SourceSite, name: str) -> None:
    visitor = site.browser()
    visitor.log_in()
    good = {**hidden(visitor.choose("verzamelinkomen")), "vorm": "json"}
    refused(visitor.post("/download", {**good, **BAD_DOWNLOADS[name]}), 400, "formulier-ongeldig")
    assert site.door.delivered == []
    assert visitor.post("/download", good).status_code == 200


@pytest.mark.parametrize("path", ["/kies", CHOICE, "/bekijk/inkomen/1"])
def test_pages_of_a_person_are_for_somebody_who_logged_in(site: SourceSite, path: str) -> None:
    refused(site.browser().get(path), 403, "niet-ingelogd")


@pytest.mark.parametrize(
    ("steps", "over"),
    [
        ([840], False),
        ([901], True),
        ([600, 1200, 1800, 2400, 3000, 3540], False),
        ([600, 1200, 1800, 2400, 3000, 3601], True),
    ],
)
def test_a_session_ends_after_15_idle_or_60_whole_minutes(site: SourceSite, steps: list[int], *, over: bool) -> None:
    visitor = site.browser()
    visitor.log_in()
    for moved in steps:
        site.clock.moved = moved
        page = visitor.get("/kies")
    if over:
        refused(page, 403, "sessie-voorbij")
        assert "U was een tijd niet bezig" in page.text
    else:
        assert page.status_code == 200


def test_a_form_sent_after_the_session_ended_does_nothing(site: SourceSite) -> None:
    visitor, good = in_session(site)
    site.clock.moved = 1_000
    refused(visitor.post(CHOICE, good), 403, "sessie-voorbij")
    assert site.door.looked == []


def test_after_logging_out_the_back_button_shows_nothing(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    page = visitor.choose("verzamelinkomen")
    assert page.headers["cache-control"] == "no-store"
    cookies = dict(visitor.http.cookies)
    gone = visitor.post("/uitloggen", {"formulier": hidden(page)["formulier"]})
    assert gone.url.path == "/uitgelogd"
    assert "bk-belastingdienst" not in visitor.http.cookies
    visitor.http.cookies.update(cookies)
    refused(visitor.get("/bekijk/inkomen/1"), 403, "sessie-voorbij")
    assert visitor.post("/uitloggen", {"formulier": "x"}).url.path == "/uitgelogd"


def test_nobody_can_log_somebody_else_out(site: SourceSite) -> None:
    visitor, _ = in_session(site)
    refused(visitor.post("/uitloggen", {"formulier": "x"}), 403, "formulier-niet-van-hier")
    assert visitor.get("/kies").status_code == 200


def test_the_cookie_says_nothing_and_is_for_this_page_alone(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.http.follow_redirects = True
    page = visitor.log_in()
    set_cookie = next(
        value
        for answer in page.history
        for value in answer.headers.get_list("set-cookie")
        if value.startswith("bk-belastingdienst=")
    )
    assert "HttpOnly" in set_cookie
    assert "SameSite=lax" in set_cookie
    assert MARK not in set_cookie
    assert "xpires" not in set_cookie


FAILURES: dict[str, tuple[BlauweKnopError, int, str]] = {
    "source-does-not-answer": (SourceFailedError("te-laat"), 502, SourceFailedError("te-laat").shown_code),
    "another-person": (WrongPersonError(), 502, "andere-persoon"),
    "store-fails": (InfrastructureError(), 503, "storing"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_bk006_what_fails_is_named_with_a_way_on(site: SourceSite, name: str) -> None:
    error, status, code = FAILURES[name]
    visitor, good = in_session(site)
    site.door.fail = error
    page = visitor.post(CHOICE, good)
    refused(page, status, code)
    assert "Wat kunt u doen?" in page.text
    assert 'href="tel:08000543"' in page.text
    again = '<a class="button button--primary" href="/bekijk/inkomen/1">Probeer opnieuw</a>'
    assert (again in page.text) == error.retry
    site.door.fail = None
    assert visitor.get("/bekijk/inkomen/1").status_code == 200


@pytest.mark.parametrize("reason", SourceFailedError.REASONS)
def test_bk006_every_reason_of_a_source_that_failed_has_words(site: SourceSite, reason: str) -> None:
    visitor, good = in_session(site)
    site.door.fail = SourceFailedError(reason)
    dutch = visitor.post(CHOICE, good)
    english = visitor.get("/bekijk/inkomen/1?taal=en")
    for page, language in zip((dutch, english), LANGUAGES, strict=True):
        refused(page, 502, reason, language)
        assert load_messages(language)(f"fout-bron-antwoordt-niet-reden-{reason}") in html.unescape(page.text)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_refusal_says_why_and_what_to_do(site: SourceSite, reason: Reason) -> None:
    visitor, good = in_session(site)
    site.door.refuse = reason
    page = visitor.post(CHOICE, good)
    refused(page, 403, str(reason))
    assert "€" not in page.text


def test_a_program_gets_a_problem_and_a_person_a_page(site: SourceSite) -> None:
    answer = site.browser(accept="application/json").get("/kies")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:blauweknop:fout:niet-ingelogd",
        "title": "This page is for somebody who has logged in.",
        "status": 403,
        "code": "niet-ingelogd",
        "detail": "This page is for somebody who has logged in.",
    }


def test_all_that_is_wrong_with_a_form_is_said_together(site: SourceSite) -> None:
    visitor = site.browser(accept="application/json")
    answer = visitor.http.post("/inloggen", content="dienst=a&dienst=b&x=1", headers=FORM)
    assert answer.json()["fouten"] == [
        {"naam": "dienst", "reden": "stands more than once"},
        {"naam": "", "reden": "a field that this page does not have"},
    ]


@pytest.mark.parametrize("path", ["/", "/uitleg", "/kies", "/bestaat-niet", "/stijl.css", "/.well-known/blauwe-knop"])
def test_every_answer_carries_the_security_headers(site: SourceSite, path: str) -> None:
    answer = site.browser().get(path)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert f"form-action 'self' {site.login.issuer};" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["x-content-type-options"] == "nosniff"
    # Pages may hold values: a shared computer keeps none of them. What is the same for everybody may be kept.
    assert answer.headers["cache-control"] == "no-store" or path in ("/stijl.css", "/.well-known/blauwe-knop")


def test_another_host_name_is_not_answered(site: SourceSite) -> None:
    page = site.browser(host="kwaad.example").get("/")
    refused(page, 421, "ander-adres")
    assert f'href="{site.iss}/"' in page.text
    assert "kwaad" not in page.text


def test_a_long_address_and_large_headers_are_refused(site: SourceSite) -> None:
    refused(site.browser().get(f"/?x={'y' * 2_000}"), 414, "adres-te-lang")
    refused(site.browser(x="y" * 17_000).get("/"), 431, "kop-te-groot")
