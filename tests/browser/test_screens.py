# SPDX-License-Identifier: EUPL-1.2
"""Every route × state × language: axe finds nothing, nothing scrolls sideways, and a person can look at a picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from .conftest import violations
from .places import PLACES, Place

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response

    from blauweknop.demo.serve import RunningDemo

pytestmark = pytest.mark.browser

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
    languages: tuple[Literal["nl", "en"], ...] = ("nl", "en")
    for language in languages:
        if language == "en":
            english(page, place, demo)
        assert page.get_attribute("html", "lang") == language
        schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            assert violations(page, axe) == []
            page.screenshot(path=screens / f"{place.name}-{language}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 640})  # 1280 px at 400 % zoom
        assert page.evaluate(SIDEWAYS) <= 0
        assert violations(page, axe) == []
        page.screenshot(path=screens / f"{place.name}-{language}-320.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


def english(page: Page, place: Place, demo: RunningDemo) -> None:
    """The same place again, by somebody who chose English first."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "bk-taal", "value": "en", "url": demo.login}])
    place.go(page, demo)
