# SPDX-License-Identifier: EUPL-1.2
"""The reference service of a requester in a real Chromium: from the question to the evidence, and each way out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from .conftest import violations
from .places import press

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from blauweknop.demo.serve import RunningDemo

pytestmark = pytest.mark.browser
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
KEVIN = "999996538"
Way = Callable[["Page", "RunningDemo"], None]


def start(page: Page, demo: RunningDemo) -> None:
    page.goto(f"{demo.requesters['hypotheekverlener']}/start?dienst=hypotheek/1")


def nothing_filled_in(page: Page, demo: RunningDemo) -> None:
    start(page, demo)
    page.fill("#naam", "Kevin de Boer")
    page.fill("#geboortedatum", "16 december")
    press(page, "main button")


def asked(page: Page, demo: RunningDemo, born: str = "16-12-1984") -> None:
    """At the consent page, logged in."""
    start(page, demo)
    page.fill("#naam", "Kevin de Boer")
    page.fill("#geboortedatum", born)
    press(page, "main button")
    press(page, "form[action='/inloggen'] button[type=submit]")
    page.click("summary")
    page.fill("input[name=bsn]", KEVIN)
    press(page, "button[value=verder]")


def yes(page: Page, *words: str) -> None:
    """Shares the data sets that hold one of ``words``, or all."""
    for box in page.locator("input[name=set]").all():
        label = page.locator(f"label[for='{box.get_attribute('id')}']").inner_text()
        if not words or any(word in label for word in words):
            box.check()
    press(page, "button[value=ja]")


def received(page: Page, demo: RunningDemo) -> None:
    asked(page, demo)
    yes(page)


def part_received(page: Page, demo: RunningDemo) -> None:
    asked(page, demo)
    yes(page, "Persoonsgegevens", "Personal details", "Inkomen", "Income")


def refused(page: Page, demo: RunningDemo) -> None:
    asked(page, demo)
    press(page, "button[value=nee]")


def another(page: Page, demo: RunningDemo) -> None:
    asked(page, demo, "17-12-1984")
    yes(page, "Persoonsgegevens", "Personal details")


def three_times(page: Page, demo: RunningDemo) -> None:
    another(page, demo)
    press(page, "main button")
    press(page, "main button")


def unknown(page: Page, demo: RunningDemo) -> None:
    asked(page, demo)
    yes(page, "Inkomen", "Income")


def given_up(page: Page, demo: RunningDemo) -> None:
    received(page, demo)
    press(page, "form[action='/opzeggen'] button")


def nothing_here(page: Page, demo: RunningDemo) -> None:
    page.goto(f"{demo.requesters['hypotheekverlener']}/resultaat")


PLACES: dict[str, tuple[Way, str, str]] = {
    "begin": (start, "Regel het zonder papieren", "Arrange it without papers"),
    "niet-ingevuld": (nothing_filled_in, "Regel het zonder papieren", "Arrange it without papers"),
    "resultaat": (received, "Dit hebben wij van u", "This is what we have of you"),
    "resultaat-deel": (part_received, "Dit hebben wij van u", "This is what we have of you"),
    "nee": (refused, "U deelt niets met ons", "You share nothing with us"),
    "andere-klant": (another, "Deze gegevens zijn van iemand anders", "This data is somebody else's"),
    "drie-keer": (three_times, "De toestemming is gestopt", "The consent has stopped"),
    "onbekend": (unknown, "Wij weten niet wie u bent", "We do not know who you are"),
    "opgezegd": (given_up, "Wij halen niets meer op", "We fetch nothing more"),
    "niets": (nothing_here, "Er is hier geen aanvraag", "There is no request here"),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_bk054_no_barrier_where_a_customer_asks(
    place: str, language: str, demo: RunningDemo, page: Page, axe: str, screens: Path
) -> None:
    page.context.add_cookies([{"name": "bk-taal", "value": language, "url": demo.consent_service}])
    way, dutch, english = PLACES[place]
    way(page, demo)
    assert page.locator("h1").inner_text() == (dutch if language == "nl" else english)
    for scheme, width in (("light", 1280), ("dark", 1280), ("light", 320)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two that it knows
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SIDEWAYS) <= 0
        assert violations(page, axe) == []
        page.screenshot(path=screens / f"vrager-{place}-{language}-{scheme}-{width}.png", full_page=True)


def test_bk007_a_customer_shares_and_the_evidence_verifies(
    demo: RunningDemo, demo_home: Path, page: Page, tmp_path: Path
) -> None:
    received(page, demo)
    text = page.inner_text("main")
    for words in ("Belastingdienst", "Verzamelinkomen", "Gewaarmerkt door"):
        assert words in text
    assert KEVIN not in page.content()
    with page.expect_download() as download:
        page.click("form[action='/bewijs'] button")
    archive = zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes()))
    said = json.loads(archive.read("bewijs.json"))
    assert said["ontvangen"]
    archive.extractall(tmp_path)
    files = [str(tmp_path / one["bestand"]) for one in said["ontvangen"]]
    trust = ["--vertrouwen", str(demo_home / "vertrouwen")]
    command = [sys.executable, "-c", "import sys; from blauweknop.cli import main; sys.exit(main())", "verify", *trust]
    assert subprocess.run([*command, *files], capture_output=True, check=False).returncode == 0
    Path(files[0]).write_bytes(Path(files[0]).read_bytes().replace(b"e", b"f", 1))
    assert subprocess.run([*command, *files], capture_output=True, check=False).returncode == 1


def test_a_suspended_requester_is_told_no_at_once(demo: RunningDemo, page: Page) -> None:
    page.goto(demo.requesters["incassobureau"])
    page.fill("#naam", "Kevin de Boer")
    page.fill("#geboortedatum", "16-12-1984")
    press(page, "main button")
    assert page.url.startswith(demo.requesters["incassobureau"])
    assert page.locator("h1").inner_text() != "Regel het zonder papieren"


def test_by_keyboard_alone_and_without_script(demo: RunningDemo, page: Page) -> None:
    start(page, demo)
    page.focus("#naam")
    page.keyboard.type("Kevin de Boer")
    page.keyboard.press("Tab")
    page.keyboard.type("16-12-1984")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.startswith(demo.consent_service)
