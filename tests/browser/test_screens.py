# SPDX-License-Identifier: EUPL-1.2
"""Every route × state × language: axe finds nothing, nothing scrolls sideways, and a person can look at a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from .conftest import violations
from .places import PLACES, Place

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

    from blauweknop.demo.serve import RunningDemo

pytestmark = pytest.mark.browser

OK = 200
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_bk054_no_barrier_in_any_state_or_language(
    place: Place, demo: RunningDemo, page: Page, axe: str, screens: Path
) -> None:
    statuses: list[int] = []

    def note(answer: Response) -> None:
        if answer.request.is_navigation_request():
            statuses.append(answer.status)

    page.on("response", note)
    place.go(page, demo)
    assert statuses[-1] == place.status
    check(page, axe, screens / f"{place.name}-nl-licht.png")
    page.emulate_media(color_scheme="dark")
    check(page, axe, screens / f"{place.name}-nl-donker.png")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 px at 400 % zoom
    check(page, axe, screens / f"{place.name}-nl-320.png")
    english(page, place, demo)
    assert page.evaluate(SIDEWAYS) <= 0
    page.set_viewport_size({"width": 1280, "height": 900})
    check(page, axe, screens / f"{place.name}-en-licht.png")


def check(page: Page, axe: str, picture: Path) -> None:
    assert page.get_attribute("html", "lang") == ("en" if "-en-" in picture.name else "nl")
    assert page.evaluate(SIDEWAYS) <= 0
    assert violations(page, axe) == []
    page.screenshot(path=picture, full_page=True)


def english(page: Page, place: Place, demo: RunningDemo) -> None:
    """The same place in English: by the link, or where the link leads to the start, by going there again."""
    link = page.locator("a[hreflang=en]")
    path = urlsplit(page.url).path
    if not place.resent and place.status == OK and (link.get_attribute("href") or "").startswith(f"{path}?"):
        with page.expect_navigation():
            link.click()
        return
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "bk-taal", "value": "en", "url": demo.login}])
    place.go(page, demo)
