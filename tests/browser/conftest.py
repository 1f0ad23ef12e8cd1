# SPDX-License-Identifier: EUPL-1.2
"""A real Chromium over the whole demo: real sources, real back-ends over HTTP, the test login."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from blauweknop.demo.achterkant import PORT_VARIABLES
from blauweknop.demo.home import PORTS_FILE
from blauweknop.demo.serve import RunningDemo, running_demo
from blauweknop.testing.serving import free_port

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class DemoThread(threading.Thread):
    """Runs the demo in an event loop of its own, so that a test can drive a browser."""

    def __init__(self, home: Path) -> None:
        super().__init__(daemon=True)
        self._home = home
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self.demo: Future[RunningDemo] = Future()

    def run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        try:
            async with running_demo(self._home) as demo:
                self.demo.set_result(demo)
                await self._ending.wait()
        except Exception as error:
            if self.demo.done():
                raise
            self.demo.set_exception(error)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._ending.set)
        self.join(20)


@pytest.fixture(scope="package")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps its keys, roots and stores."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="package")
def demo(demo_home: Path) -> Iterator[RunningDemo]:
    """The running demo, on ports of its own."""
    home = demo_home
    (home / PORTS_FILE).write_text(json.dumps({name: free_port() for name in PORT_VARIABLES}), encoding="utf-8")
    thread = DemoThread(home)
    thread.start()
    yield thread.demo.result(timeout=30)
    thread.end()


@pytest.fixture(scope="package")  # not longer: while it lives, no other test can run an event loop
def chromium() -> Iterator[Browser]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh window: no cookies, Dutch, 1280 by 900."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def screens(root: Path) -> Path:
    """Where screenshots go, for a person to look at."""
    folder = root / ".bk" / "schermen"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The source of axe-core."""
    program = root / "node_modules" / "axe-core" / "axe.min.js"
    if not program.is_file():
        pytest.skip("axe-core is not installed (./bk test does)")
    return program.read_text(encoding="utf-8")


def source_of(demo: RunningDemo, word: str) -> str:
    """The address of the source with ``word`` in its name."""
    return next(source.address for source in demo.sources if word in source.name)


def violations(page: Page, axe: str) -> list[str]:
    """What axe finds, no rule disabled: rule, help and where."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]
    ]
