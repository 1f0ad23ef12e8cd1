# SPDX-License-Identifier: EUPL-1.2
"""The register's pages in a real Chromium: every stage and role, in both languages, without a barrier."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec
import pytest

from blauweknop.core.scheme.detail import Admission
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.services.register.administration import Administration, Certification, Content, Reason, Unsigned
from blauweknop.services.register.app import create_app
from blauweknop.services.register.assemble import assemble_register
from blauweknop.testing.register_service import register_settings, registration
from blauweknop.testing.registering import AT
from blauweknop.testing.threaded import address_of, free_socket, served_in_thread

from .conftest import violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from blauweknop.services.register.parts import RegisterParts

pytestmark = pytest.mark.browser
T = TypeVar("T")
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WHY = Reason(reason="onderzoek")
STEPS: dict[str, list[tuple[Act, Content]]] = {
    "toegelaten": [],
    "gecertificeerd": [(Act.CERTIFY, Certification(until=AT + 86_400))],
    "geschorst": [(Act.SUSPEND, WHY)],
    "beeindigd": [(Act.END, WHY)],
}
OINS = {stage: f"{number:020d}" for number, stage in enumerate(STEPS, 1)}
PATHS = {
    "afspraken": "/afspraken",
    "register": "/",
    **{stage: f"/deelnemers/{oin}" for stage, oin in OINS.items()},
    "onbekend": "/deelnemers/00000009999999999000",
}


async def fill(parts: RegisterParts) -> None:
    acts = Administration(parts)
    for stage, steps in STEPS.items():
        admissions = (Admission(service="hypotheek/1", since=AT, by=(OINS["toegelaten"],)),)
        organisation = registration(
            OINS[stage],
            f"Voorbeeld {stage}",
            f"https://{stage}.voorbeeld.example",
            Role.REQUESTER,
            private=True,
            admissions=admissions,
            data_sets=("inkomen/1",),
        )
        organisation = msgspec.structs.replace(organisation, roles=tuple(Role))
        for act, content in [(Act.ADMIT, organisation), *steps]:
            await acts.decide(act, OINS[stage], content, Unsigned())


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A register with an organisation in every stage."""
    home = tmp_path_factory.mktemp("register")
    listening = free_socket()
    iss = address_of(listening)
    settings = register_settings(home, iss=iss, now=AT)

    async def prepare() -> RegisterParts:
        parts = await assemble_register(settings, now=lambda: AT)
        await fill(parts)
        return parts

    parts = run_apart(prepare())
    with served_in_thread(create_app(parts), listening):
        yield iss
    run_apart(parts.store.close())


def run_apart(work: Coroutine[object, object, T]) -> T:
    """Runs ``work`` in a thread: while a browser lives, this one has a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.mark.parametrize("place", PATHS)
def test_bk060_no_barrier_on_the_public_pages(place: str, address: str, page: Page, axe: str, screens: Path) -> None:
    languages: tuple[Literal["nl", "en"], ...] = ("nl", "en")
    for language in languages:
        page.context.add_cookies([{"name": "bk-taal", "value": language, "url": address}])
        answer = page.goto(address + PATHS[place])
        assert answer is not None
        assert answer.status == (404 if place == "onbekend" else 200)
        assert page.get_attribute("html", "lang") == language
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            assert violations(page, axe) == []
            page.screenshot(path=screens / f"register-{place}-{language}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate(SIDEWAYS) <= 0
        page.set_viewport_size({"width": 1280, "height": 900})


def test_bk060_from_the_list_to_an_organisation_by_keyboard(address: str, page: Page) -> None:
    page.goto(f"{address}/?taal=nl")
    page.get_by_role("link", name="Voorbeeld geschorst").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/deelnemers/*")
    assert "Nee, deze organisatie is geschorst" in page.inner_text("main")
