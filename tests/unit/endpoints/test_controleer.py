# SPDX-License-Identifier: EUPL-1.2
"""/controleer: anybody checks what they hold; nothing of it is kept or logged."""

import logging
import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import structlog

from blauweknop.adapters.http.serving import Edge, Limits, Routed, content_security_policy, security_headers
from blauweknop.adapters.paper.qr import qr_png
from blauweknop.core.dataset.definition import Text
from blauweknop.endpoints.controleer.page import FOLDER, LARGEST, PATH, Checking, check_routes
from blauweknop.endpoints.pages.failures import Failures
from blauweknop.endpoints.pages.site import Pages, Site
from blauweknop.testing.threaded import address_of, free_socket, served_in_thread
from tests.unit.adapters.paper.printing import AT, DEFINITIONS, KIT, certified, paper_code, sealed

BOUNDARY = "grens"


@pytest.fixture(scope="module")
def page() -> Iterator[httpx2.Client]:
    listening = free_socket()
    address = address_of(listening)
    pages = Pages(Site(name=Text(nl="Voorbeeldbron", en="Example source"), environment="test", secure=False), [FOLDER])
    checking = Checking(trust=KIT.trust, definitions=DEFINITIONS, now=lambda: AT + 60, online=False)
    edge = Edge(
        Routed(check_routes(pages, checking)),
        hosts=frozenset({address.removeprefix("http://")}),
        headers=security_headers(content_security_policy(), https=False),
        answer=Failures(pages),
        limits=Limits(larger_bodies={PATH: LARGEST}),
    )
    with served_in_thread(edge, listening), httpx2.Client(base_url=address, headers={"accept": "text/html"}) as client:
        yield client


def send(page: httpx2.Client, **parts: Any) -> httpx2.Response:
    return page.post(
        PATH, files={name: (None if name == "code" else f"{name}.bin", data) for name, data in parts.items()}
    )


def test_the_form_is_there_in_two_languages(page: httpx2.Client) -> None:
    assert "Een document controleren" in page.get(PATH).text
    assert "Check a document" in page.get(PATH, params={"taal": "en"}).text
    page.cookies.clear()


@pytest.mark.parametrize("form", ["sd-jwt", "json", "pdf", "png"])
def test_bk009_a_file_gets_its_report_with_values(page: httpx2.Client, form: str) -> None:
    data = {"sd-jwt": sealed().compact(), "json": sealed().json(), "pdf": certified(), "png": qr_png(paper_code())}[
        form
    ]
    answer = send(page, bestand=data)
    assert answer.status_code == 200
    assert "<h1>Echt en ongewijzigd</h1>" in answer.text
    assert "€\u00a046.500,00" in answer.text
    assert "Voorbeeldbron (OIN 00000001999999999000), bekend in het stelsel" in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_the_text_of_a_paper_code_may_be_pasted(page: httpx2.Client) -> None:
    answer = send(page, code=paper_code().encode() + b"\r\n", bestand=b"")
    assert "<h1>Echt en ongewijzigd</h1>" in answer.text
    broken = send(page, code=paper_code()[:50].encode() + b"\r\n" + paper_code()[50:].encode())
    assert "één regel" in broken.text.lower()


def test_a_changed_file_is_not_in_order_and_shows_no_values(page: httpx2.Client) -> None:
    data = bytearray(certified())
    data[-300] ^= 1
    answer = send(page, bestand=bytes(data))
    assert answer.status_code == 200
    assert "<h1>Niet in orde</h1>" in answer.text
    assert "46.500" not in answer.text


def test_an_empty_form_says_what_to_do(page: httpx2.Client) -> None:
    answer = send(page, code=b" \r\n", bestand=b"")
    assert answer.status_code == 400
    assert "Kies eerst een bestand" in answer.text


def test_what_is_in_a_file_is_text_on_the_page(page: httpx2.Client) -> None:
    answer = send(page, bestand=b"<script>alert(1)</script>")
    assert "<script" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def multipart(*parts: str) -> bytes:
    return ("".join(f"--{BOUNDARY}\r\n{part}\r\n" for part in parts) + f"--{BOUNDARY}--\r\n").encode()


GOOD = 'Content-Disposition: form-data; name="code"\r\n\r\nBK1:X'
BAD: dict[str, tuple[bytes, dict[str, str], int]] = {
    "another field": (multipart(GOOD.replace("code", "kode")), {}, 400),
    "a field twice": (multipart(GOOD, GOOD), {}, 400),
    "file and code": (multipart(GOOD, GOOD.replace('"code"', '"bestand"; filename="a"')), {}, 400),
    "many parts": (multipart(*[GOOD.replace("code", f"x{number}") for number in range(20)]), {}, 400),
    "no multipart": (b"code=BK1:X", {"content-type": "application/x-www-form-urlencoded"}, 400),
    "no boundary": (multipart(GOOD), {"content-type": "multipart/form-data"}, 400),
    "another boundary": (multipart(GOOD), {"content-type": "multipart/form-data; boundary=ander"}, 400),
    "not finished": (multipart(GOOD)[:-8], {}, 400),
    "no name": (multipart(GOOD.replace('; name="code"', "")), {}, 400),
    "from another site": (multipart(GOOD), {"sec-fetch-site": "cross-site"}, 403),
    "too large": (multipart(GOOD + "A" * LARGEST), {}, 413),
}


@pytest.mark.parametrize("name", BAD)
def test_a_form_that_is_not_ours_is_refused(page: httpx2.Client, name: str) -> None:
    kind = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
    assert page.post(PATH, content=multipart(GOOD), headers=kind).status_code == 200
    body, headers, status = BAD[name]
    answer = page.post(PATH, content=body, headers={**kind, **headers})
    assert answer.status_code == status
    assert "niets" in answer.text.lower()


def test_nothing_of_what_was_sent_reaches_a_log(page: httpx2.Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as records:
        send(page, bestand=sealed().compact())
        send(page, bestand=b"geheim-kanarie")
    said = " ".join(str(record) for record in records) + caplog.text
    assert not re.search(r"kanarie|46500|4650000|eyJ", said)
