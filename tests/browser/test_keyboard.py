# SPDX-License-Identifier: EUPL-1.2
"""The Basis journey by somebody who has no mouse, with script turned off: Tab, Space, Enter and arrows alone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.keys.chain import trust_folder
from blauweknop.adapters.keys.trust_folder import load_trust
from blauweknop.adapters.verify.verify import verify_bytes

from .conftest import source_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from blauweknop.demo.serve import RunningDemo

pytestmark = pytest.mark.browser

MOST_TABS = 60


@pytest.fixture
def scriptless(chromium: Browser) -> Iterator[Page]:
    """A window without script."""
    context = chromium.new_context(java_script_enabled=False, locale="nl-NL", accept_downloads=True)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the element that ``selector`` names has focus, which must be visible."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus-visible").count():
            outline = page.locator(f"{selector}:focus-visible").evaluate("e => getComputedStyle(e).outlineStyle")
            assert outline != "none", f"the focus on {selector} cannot be seen"
            return
    pytest.fail(f"{selector} cannot be reached by Tab")


def test_bk001_bk054_the_basis_journey_by_keyboard_without_script(
    demo: RunningDemo, demo_home: Path, scriptless: Page
) -> None:
    page = scriptless
    page.goto(f"{source_of(demo, 'Belastingdienst')}/")
    tab_to(page, ".skip-link")
    tab_to(page, "input[name=dienst]")
    for _ in range(10):
        if page.locator("input[name=dienst][value='hypotheek/1']:checked").count():
            break
        page.keyboard.press("ArrowDown")
    assert page.locator("input[name=dienst][value='hypotheek/1']").is_checked()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.login}/inloggen?**")
    tab_to(page, "input[name=persoon]")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kies")
    tab_to(page, "a.card")
    page.keyboard.press("Enter")
    page.wait_for_url("**/kies/inkomen/1")
    tab_to(page, "input[value=spaargeld]")
    page.keyboard.press("Space")
    assert not page.locator("input[value=spaargeld]").is_checked()
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/bekijk/inkomen/1")
    assert page.locator("text=€ 74.900,00").count() == 1
    assert page.locator("text=Spaargeld").count() == 0
    tab_to(page, "button[value=pdf-nl]")
    with page.expect_download(timeout=20_000) as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == "belastingdienst-inkomen-1.pdf"
    pdf = Path(download.value.path()).read_bytes()
    trust = load_trust(trust_folder(demo_home))
    report = verify_bytes(pdf, trust=trust, at=int(time.time()), definitions=load_catalogue().definitions)
    assert report.outcome.value == "PASSED"
    tab_to(page, "header button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/uitgelogd")
    page.go_back()
    assert page.locator("text=€ 74.900,00").count() == 0
