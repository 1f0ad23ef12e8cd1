# SPDX-License-Identifier: EUPL-1.2
"""A real Chromium over the whole demo: real sources, real back-ends over HTTP, the test login."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from tests.demo_thread import demo_in_thread

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from blauweknop.demo.serve import RunningDemo

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="package")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps its keys, roots and stores."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="package")
def demo(demo_home: Path) -> Iterator[RunningDemo]:
    """The running demo, on ports of its own."""
    with demo_in_thread(demo_home) as demo:
        yield demo


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
    """What axe finds, no rule disabled, and the one of WCAG 2.2 that is off by itself on: rule, help and where."""
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})"
    )
    return [
        f"{one['id']}: {one['help']} at {[node['target'] for node in one['nodes']][:3]}" for one in found["violations"]
    ]
