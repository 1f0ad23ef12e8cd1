# SPDX-License-Identifier: EUPL-1.2
"""The citizen's screens of the consent service in a real Chromium: every state, both languages, without a barrier."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.journeys.collecting_app import CollectingApp, own_line
from tests.journeys.lender import Lender
from tests.journeys.town import income_line

from .conftest import source_of, violations
from .places import press

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from blauweknop.demo.serve import RunningDemo

pytestmark = pytest.mark.browser
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
KEVIN, OLIVIA, PAOLO = "999996538", "999996630", "999990408"
Way = Callable[["Page", "RunningDemo", Lender], None]


@pytest.fixture
def lender(demo: RunningDemo, demo_home: Path) -> Iterator[Lender]:
    with httpx2.Client(trust_env=False, timeout=20) as machine:
        yield Lender(demo_home, demo.requesters["hypotheekverlener"], demo.consent_service, machine)


class Back(BaseHTTPRequestHandler):
    """Where the browser comes back to: the demo has no app that runs."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"terug in de app")

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture(autouse=True, scope="module")
def app_site(demo: RunningDemo) -> Iterator[None]:
    """The app of the demo, as far as a browser sees it."""
    port = urlsplit(demo.apps["overzicht"]).port
    assert port is not None
    with ThreadingHTTPServer(("127.0.0.1", port), Back) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield
        server.shutdown()


def start(page: Page, demo: RunningDemo, _lender: Lender) -> None:
    page.goto(f"{demo.consent_service}/")


def nothing_asked(page: Page, demo: RunningDemo, _lender: Lender) -> None:
    page.goto(f"{demo.consent_service}/aanvraag")


def arrived(page: Page, demo: RunningDemo, lender: Lender) -> None:
    pushed = lender.ask(income_line(source_of(demo, "Belastingdienst")))
    page.goto(lender.door(pushed))


def who(page: Page, bsn: str) -> None:
    press(page, "form[action='/inloggen'] button[type=submit]")
    page.click("summary")
    page.fill("input[name=bsn]", bsn)
    press(page, "button[value=verder]")


def asked(page: Page, demo: RunningDemo, lender: Lender) -> None:
    arrived(page, demo, lender)
    who(page, KEVIN)


def nothing_chosen(page: Page, demo: RunningDemo, lender: Lender) -> None:
    asked(page, demo, lender)
    press(page, "button[value=ja]")


def may_not(page: Page, demo: RunningDemo, lender: Lender) -> None:
    arrived(page, demo, lender)
    who(page, PAOLO)
    page.check("input[name=set]")
    press(page, "button[value=ja]")


def mine_empty(page: Page, demo: RunningDemo, _lender: Lender) -> None:
    page.goto(f"{demo.consent_service}/mijn")
    who(page, OLIVIA)


def mine(page: Page, demo: RunningDemo, lender: Lender) -> None:
    asked(page, demo, lender)
    page.check("input[name=set]")
    press(page, "button[value=ja]")
    page.goto(f"{demo.consent_service}/mijn")


def stopping(page: Page, demo: RunningDemo, lender: Lender) -> None:
    mine(page, demo, lender)
    press(page, "a[href$='/stop'] >> nth=0")


def stopped(page: Page, demo: RunningDemo, lender: Lender) -> None:
    stopping(page, demo, lender)
    press(page, "main form button[type=submit]")


def app_arrived(page: Page, demo: RunningDemo, lender: Lender) -> None:
    with httpx2.Client(trust_env=False, timeout=20) as machine:
        app = CollectingApp(lender.home, demo.apps["overzicht"], demo.consent_service, machine)
        sets = (
            own_line(source_of(demo, "Belastingdienst")),
            own_line(source_of(demo, "RDW"), datatypes=["voertuigen/1"], elementen=["kenteken", "merk"], periode=None),
        )
        pushed = app.ask(*({name: value for name, value in one.items() if value is not None} for one in sets))
        page.goto(app.door(pushed))


def own_access(page: Page, demo: RunningDemo, lender: Lender) -> None:
    app_arrived(page, demo, lender)
    who(page, KEVIN)


def mine_running(page: Page, demo: RunningDemo, lender: Lender) -> None:
    own_access(page, demo, lender)
    press(page, "button[value=ja]")
    page.goto(f"{demo.consent_service}/mijn")


def stopping_own(page: Page, demo: RunningDemo, lender: Lender) -> None:
    mine_running(page, demo, lender)
    press(page, "a[href$='/stop'] >> nth=0")


PLACES: dict[str, Way] = {
    "begin": start,
    "geen-aanvraag": nothing_asked,
    "aangekomen": arrived,
    "aanvraag": asked,
    "niets-gekozen": nothing_chosen,
    "niet-bekwaam": may_not,
    "mijn-leeg": mine_empty,
    "mijn": mine,
    "stoppen": stopping,
    "gestopt": stopped,
    "inzage-aangekomen": app_arrived,
    "inzage": own_access,
    "inzage-mijn": mine_running,
    "inzage-stoppen": stopping_own,
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_bk054_no_barrier_where_a_citizen_decides(
    place: str, language: str, demo: RunningDemo, lender: Lender, page: Page, axe: str, screens: Path
) -> None:
    page.context.add_cookies([{"name": "bk-taal", "value": language, "url": demo.consent_service}])
    PLACES[place](page, demo, lender)
    assert page.get_attribute("html", "lang") == language
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 320)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two that it knows
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SIDEWAYS) <= 0
        assert violations(page, axe) == []
        page.screenshot(path=screens / f"toestemming-{place}-{language}-{scheme}-{width}.png", full_page=True)


@pytest.mark.parametrize("key", ["Enter", "Space"])
@pytest.mark.parametrize("way", [asked, own_access])
def test_yes_and_no_weigh_the_same_and_take_the_keyboard(
    way: Way, key: str, demo: RunningDemo, lender: Lender, page: Page
) -> None:
    way(page, demo, lender)
    boxes = [page.locator(f"button[value={value}]").bounding_box() for value in ("ja", "nee")]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert (boxes[0]["height"], boxes[0]["y"]) == (boxes[1]["height"], boxes[1]["y"])
    page.focus("button[value=nee]")
    client = lender.iss if way is asked else demo.apps["overzicht"]
    with page.expect_navigation(url=f"{client}/terug?**"):
        page.keyboard.press(key)
    assert "error=access_denied" in page.url
