# SPDX-License-Identifier: EUPL-1.2
"""The pages of the demo's real sources over HTTP: what is downloaded verifies, and no number of a person gets about."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest
import structlog
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.keys.chain import keys_folder, trust_folder
from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.adapters.verify.verify import verify_bytes
from blauweknop.core.dataset.bsn import is_bsn
from blauweknop.core.status.token import parse_status_list
from tests.journeys.forms import hidden

if TYPE_CHECKING:
    from blauweknop.demo.serve import RunningDemo

MARK, KEVIN, SOPHIE = "999996149", "999996538", "500000001"
SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"


@pytest.fixture
def browser() -> Iterator[httpx2.Client]:
    with httpx2.Client(headers={"accept": "text/html"}, follow_redirects=True, trust_env=False, timeout=20) as client:
        yield client


def address(demo: RunningDemo, word: str) -> str:
    return next(source.address for source in demo.sources if word in source.name)


def log_in(browser: httpx2.Client, demo: RunningDemo, source: str, bsn: str, service: str = "") -> httpx2.Response:
    page = browser.post(f"{address(demo, source)}/inloggen", data={"dienst": service})
    fields = {"verzoek": hidden(page)["verzoek"], "persoon": bsn, "niveau": SUBSTANTIAL, "keuze": "verder"}
    return browser.post(f"{demo.login}/inloggen", data=fields)


def look(browser: httpx2.Client, demo: RunningDemo, source: str, data_set: str) -> httpx2.Response:
    where = f"{address(demo, source)}/kies/{data_set}"
    page = browser.get(where)
    ticked = re.findall(r'type="checkbox" name="element" value="([^"]+)"', page.text)
    return browser.post(where, data={**hidden(page), "element": ticked})


def download(browser: httpx2.Client, page: httpx2.Response, form: str) -> httpx2.Response:
    return browser.post(str(page.url.join("/download")), data={**hidden(page), "vorm": form})


@pytest.mark.parametrize("form", ["pdf-nl", "pdf-en", "sd-jwt", "json", "code"])
def test_bk001_what_the_page_hands_over_verifies(
    demo: RunningDemo, home: Path, browser: httpx2.Client, form: str
) -> None:
    log_in(browser, demo, "Belastingdienst", KEVIN, "hypotheek/1")
    page = look(browser, demo, "Belastingdienst", "inkomen/1")
    file = download(browser, page, form)
    assert file.status_code == 200
    report = verify_bytes(
        file.content,
        trust=load_trust(trust_folder(home)),
        at=int(time.time()),
        definitions=load_catalogue().definitions,
    )
    assert report.outcome.value == "PASSED"
    assert report.origin is not None
    assert report.origin.data_set == "inkomen/1"


def test_the_same_button_twice_is_one_delivery_with_two_seals(demo: RunningDemo, browser: httpx2.Client) -> None:
    log_in(browser, demo, "Belastingdienst", KEVIN)
    page = look(browser, demo, "Belastingdienst", "inkomen/1")
    first, again = (download(browser, page, "sd-jwt").content for _ in range(2))
    other = download(browser, page, "json").json()
    payloads = [payload(first.split(b".")[1]), payload(again.split(b".")[1]), payload(other["payload"].encode())]
    assert payloads[0]["levering"] == payloads[1]["levering"]
    assert payloads[2]["levering"] != payloads[0]["levering"]
    assert first != again


def payload(part: bytes) -> dict[str, Any]:
    import json

    content: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)))
    return content


def test_bk006_a_person_nobody_knows_is_told_so(demo: RunningDemo, browser: httpx2.Client) -> None:
    log_in(browser, demo, "RvIG", SOPHIE)
    page = look(browser, demo, "RvIG", "persoonsgegevens/1")
    assert page.status_code == 403
    assert "Deze organisatie kent u niet" in page.text
    log_in(browser, demo, "Belastingdienst", SOPHIE)
    assert "Niets bekend" in look(browser, demo, "Belastingdienst", "inkomen/1").text


def test_the_status_list_of_a_source_verifies(demo: RunningDemo, home: Path, browser: httpx2.Client) -> None:
    log_in(browser, demo, "Belastingdienst", KEVIN)
    sealed = download(browser, look(browser, demo, "Belastingdienst", "inkomen/1"), "sd-jwt").content
    status = payload(sealed.split(b".")[1])["status"]["status_list"]
    token = browser.get(status["uri"]).content
    certificate = x509.load_pem_x509_certificate((keys_folder(home, "belastingdienst") / "status.crt.pem").read_bytes())
    key = certificate.public_key()
    assert isinstance(key, ec.EllipticCurvePublicKey)
    statuses = parse_status_list(token).verify(key, uri=status["uri"], at=int(time.time()))
    assert statuses.get(status["idx"]) == 0
    assert browser.get(status["uri"]).content == token
    for unknown in ("99", "9" * 30):
        assert browser.get(f"{address(demo, 'Belastingdienst')}/status/zegels/{unknown}").status_code == 404


def test_the_type_metadata_is_what_the_set_was_sealed_with(demo: RunningDemo, browser: httpx2.Client) -> None:
    log_in(browser, demo, "Belastingdienst", KEVIN)
    sealed = download(browser, look(browser, demo, "Belastingdienst", "inkomen/1"), "sd-jwt").content
    described = browser.get(f"{address(demo, 'Belastingdienst')}/.well-known/blauwe-knop").json()
    (data_set,) = [one for one in described["gegevenssets"] if one["vct"].endswith("/inkomen/1")]
    document = browser.get(data_set["typebeschrijving"])
    digest = base64.b64encode(hashlib.sha256(document.content).digest()).decode()
    assert payload(sealed.split(b".")[1])["vct#integrity"] == f"sha256-{digest}"
    assert payload(sealed.split(b".")[1])["vct"] == data_set["vct"]
    assert browser.get(f"{address(demo, 'Belastingdienst')}/v1/gegevenssets/inkomen/2").status_code == 404


def numbers_in(text: str) -> set[str]:
    return {number for number in re.findall(r"(?<!\d)\d{9}(?!\d)", text) if is_bsn(number)}


def forms_of(bsn: str) -> list[bytes]:
    """A BSN as text, number, hex, base64 and plain hash."""
    return [
        bsn.encode(),
        int(bsn).to_bytes(4, "big"),
        bsn.encode().hex().encode(),
        base64.b64encode(bsn.encode()).rstrip(b"="),
        hashlib.sha256(bsn.encode()).digest(),
        hashlib.sha256(bsn.encode()).hexdigest().encode(),
    ]


def test_bk082_no_number_of_a_person_is_in_an_address_a_header_a_log_or_a_store(
    demo: RunningDemo, home: Path, browser: httpx2.Client
) -> None:
    seen: list[str] = []

    def note(answer: httpx2.Response) -> None:
        if not str(answer.url).startswith(demo.login):  # the test login's own form asks who you are
            seen.append(f"{answer.request.url} {answer.request.headers} {answer.headers}")

    browser.event_hooks = {"request": [], "response": [note]}
    with structlog.testing.capture_logs() as logs:
        log_in(browser, demo, "RvIG", MARK)
        page = look(browser, demo, "RvIG", "persoonsgegevens/1")
        assert MARK in page.text, "the citizen sees it on the screen"
        download(browser, page, "pdf-nl")
        browser.get(f"{address(demo, 'RvIG')}/bestaat-niet")
        browser.post(f"{address(demo, 'RvIG')}/download", data={"bsn": MARK})
    assert len(seen) > 8
    assert numbers_in("\n".join(seen)) == set()
    assert [record["code"] for record in logs] == ["niet-gevonden", "formulier-ongeldig"]
    assert numbers_in(repr(logs)) == set()
    stores = b"".join(path.read_bytes() for path in sorted((home / "opslag").iterdir()))
    assert stores
    for form in forms_of(MARK):
        assert form not in stores
    assert numbers_in(f"x {MARK} y") == {MARK}, "a planted one is found"
