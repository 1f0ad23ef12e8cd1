# SPDX-License-Identifier: EUPL-1.2
"""Every place of the pages: route, state, and how a person gets there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .conftest import source_of

if TYPE_CHECKING:
    from playwright.sync_api import FilePayload, Page

    from blauweknop.demo.serve import RunningDemo

Way = Callable[["Page", "RunningDemo"], object]
MARK, KEVIN, PETRONELLA, JAN_KEES, SOPHIE, BERNARD, JAN = (
    "999996149",
    "999996538",
    "999995935",
    "999993355",
    "500000001",
    "999993215",
    "999990792",
)


@dataclass(frozen=True)
class Place:
    """``route``: its name in the route table (``fout`` for the page of an error); ``state``: what is to be seen."""

    route: str
    state: str
    go: Way
    status: int = 200
    resent: bool = False  # the answer to a form: asking its address again shows something else

    @property
    def name(self) -> str:
        return f"{self.route}-{self.state}"


def press(page: Page, selector: str) -> None:
    """Clicks what leads to another page, and waits for that page."""
    with page.expect_navigation():
        page.click(selector)


def open_start(page: Page, demo: RunningDemo, source: str) -> None:
    page.goto(f"{source_of(demo, source)}/")


def log_in(page: Page, demo: RunningDemo, source: str, bsn: str, *, service: str = "", level: str = "") -> None:
    open_start(page, demo, source)
    page.check(f"input[name=dienst][value='{service}']")
    press(page, "form[action='/inloggen'] button[type=submit]")
    page.click("summary")
    page.fill("input[name=bsn]", bsn)
    if level:
        page.select_option("select[name=niveau]", value=level)
    press(page, "button[value=verder]")


def choose(page: Page, demo: RunningDemo, source: str, data_set: str) -> None:
    page.goto(f"{source_of(demo, source)}/kies/{data_set}")


def look(source: str, bsn: str, data_set: str, *, service: str = "") -> Way:
    def go(page: Page, demo: RunningDemo) -> None:
        log_in(page, demo, source, bsn, service=service)
        choose(page, demo, source, data_set)
        press(page, "main form button[type=submit]")

    return go


def logged_in(source: str, bsn: str, data_set: str = "", *, service: str = "") -> Way:
    def go(page: Page, demo: RunningDemo) -> None:
        log_in(page, demo, source, bsn, service=service)
        if data_set:
            choose(page, demo, source, data_set)

    return go


def at(path: str, source: str = "Belastingdienst") -> Way:
    return lambda page, demo: page.goto(source_of(demo, source) + path)


def _start_of_login(page: Page, demo: RunningDemo) -> None:
    open_start(page, demo, "Belastingdienst")
    press(page, "form[action='/inloggen'] button[type=submit]")


def _wrong_number(page: Page, demo: RunningDemo) -> None:
    _start_of_login(page, demo)
    page.click("summary")
    page.fill("input[name=bsn]", "123456789")
    press(page, "button[value=verder]")


def _stopped_login(page: Page, demo: RunningDemo) -> None:
    _start_of_login(page, demo)
    press(page, "button[value=stop]")


def _nothing_chosen(page: Page, demo: RunningDemo) -> None:
    log_in(page, demo, "RDW", BERNARD)
    choose(page, demo, "RDW", "voertuigen/1")
    for box in page.query_selector_all("input[name=element]"):
        box.uncheck()
    press(page, "main form button[type=submit]")


def _start_again(page: Page, demo: RunningDemo) -> None:
    log_in(page, demo, "Belastingdienst", MARK)
    open_start(page, demo, "Belastingdienst")


def _logged_out(page: Page, demo: RunningDemo) -> None:
    log_in(page, demo, "Belastingdienst", MARK)
    press(page, "header button[type=submit]")


def _session_gone(page: Page, demo: RunningDemo) -> None:
    log_in(page, demo, "Belastingdienst", MARK)
    cookies = page.context.cookies()
    another = page.context.new_page()
    another.goto(source_of(demo, "Belastingdienst") + "/")
    press(another, "header button[type=submit]")
    another.close()
    page.context.add_cookies(
        [{"name": one["name"], "value": one["value"], "url": source_of(demo, "Belastingdienst")} for one in cookies]
    )
    page.goto(source_of(demo, "Belastingdienst") + "/kies")


def _too_low(page: Page, demo: RunningDemo) -> None:
    log_in(page, demo, "Belastingdienst", MARK, level="http://eidas.europa.eu/LoA/low")
    choose(page, demo, "Belastingdienst", "inkomen/1")
    press(page, "main form button[type=submit]")


def _check_nothing(page: Page, demo: RunningDemo) -> None:
    page.goto(source_of(demo, "RDW") + "/controleer")
    press(page, "main form button[type=submit]")


def _downloaded(page: Page, demo: RunningDemo) -> bytes:
    look("Belastingdienst", KEVIN, "inkomen/1", service="hypotheek/1")(page, demo)
    page.click("form[action='/download'] summary")
    with page.expect_download() as download:
        page.click("button[value=sd-jwt]")
    return Path(download.value.path()).read_bytes()


def _check(page: Page, demo: RunningDemo, content: bytes) -> None:
    page.goto(source_of(demo, "RDW") + "/controleer")
    file: FilePayload = {"name": "inkomen.sd-jwt", "mimeType": "application/octet-stream", "buffer": content}
    page.set_input_files("input[type=file]", files=[file])
    press(page, "main form button[type=submit]")


def _check_download(page: Page, demo: RunningDemo) -> None:
    _check(page, demo, _downloaded(page, demo))


def _check_changed(page: Page, demo: RunningDemo) -> None:
    content = bytearray(_downloaded(page, demo))
    content[len(content) // 2] ^= 1
    _check(page, demo, bytes(content))


PLACES = [
    Place("begin", "uitgelogd", at("/")),
    Place("begin", "ingelogd", _start_again),
    Place("begin", "bevolking", at("/", "RvIG")),
    Place("testlogin", "verzoek", _start_of_login),
    Place("testlogin", "zonder-verzoek", lambda page, demo: page.goto(f"{demo.login}/inloggen")),
    Place("testlogin", "fout-nummer", _wrong_number, 400),
    Place("kies-set", "dienst", logged_in("RvIG", MARK, service="schuldhulp/1")),
    Place("kies-set", "alles", logged_in("RvIG", MARK)),
    Place("kies", "dienst", logged_in("Belastingdienst", KEVIN, "inkomen/1", service="hypotheek/1")),
    Place("kies", "alles", logged_in("RvIG", MARK, "persoonsgegevens/1")),
    Place("kies", "niets-gekozen", _nothing_chosen, 400),
    Place("bekijk", "inkomen", look("Belastingdienst", KEVIN, "inkomen/1", service="hypotheek/1")),
    Place("bekijk", "alles", look("Belastingdienst", MARK, "inkomen/1")),
    Place("bekijk", "leeg", look("Belastingdienst", PETRONELLA, "inkomen/1")),
    Place("bekijk", "in-onderzoek", look("RvIG", JAN_KEES, "persoonsgegevens/1")),
    Place("bekijk", "geheim-adres", look("RvIG", JAN, "persoonsgegevens/1")),
    Place("bekijk", "gezin", look("RvIG", MARK, "huishouden/1")),
    Place("bekijk", "voertuig", look("RDW", BERNARD, "voertuigen/1")),
    Place("uitgelogd", "klaar", _logged_out),
    Place("uitleg", "tekst", at("/uitleg")),
    Place("inzageverzoek", "tekst", at("/inzageverzoek")),
    Place("controleer", "leeg", at("/controleer")),
    Place("controleer", "niets-gegeven", _check_nothing, 400),
    Place("controleer", "echt", _check_download, resent=True),
    Place("controleer", "veranderd", _check_changed, resent=True),
    Place("fout", "niet-gevonden", at("/bestaat-niet"), 404),
    Place("fout", "niet-ingelogd", at("/kies"), 403),
    Place("fout", "inloggen-gestopt", _stopped_login, 400),
    Place("fout", "sessie-voorbij", _session_gone, 403),
    Place("fout", "onbekend", look("RvIG", SOPHIE, "persoonsgegevens/1"), 403),
    Place("fout", "niveau-te-laag", _too_low, 403),
]
