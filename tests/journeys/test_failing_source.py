# SPDX-License-Identifier: EUPL-1.2
"""A back-end that fails: the citizen reads that it did not work and why, nothing was handed out, and it recovers."""

from __future__ import annotations

import asyncio
import secrets
import time
from contextlib import AsyncExitStack
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from blauweknop.adapters.connectors.contract import SourceFailedError, WrongPersonError
from blauweknop.core.delivery.decide import Person
from blauweknop.core.delivery.model import Grant, Refusal
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.demo.achterkant import PORT_VARIABLES, back_end_apps, write_files
from blauweknop.testing.faults import Faults
from blauweknop.testing.scheme import (
    RunningSource,
    free_ports,
    open_sources,
    prepare,
    read_sources,
    reference_clock,
    serve_all,
    source_environment,
)

from .conftest import MARK

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from .conftest import SourceSite

REASONS = {
    "html": "onleesbaar",
    "halve-json": "onleesbaar",
    "afgekapt": "onleesbaar",
    "te-groot": "te-groot",
    "doorverwijzing": "doorverwijzing",
    "storing": "onverwacht",
    "geweigerd": "geweigerd",
}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.parametrize("reason", SourceFailedError.REASONS)
def test_the_page_says_that_it_failed_and_why(site: SourceSite, reason: str) -> None:
    visitor = site.browser()
    visitor.log_in()
    site.door.fail = SourceFailedError(f"{reason}: geheim detail")
    page = visitor.choose("verzamelinkomen")
    assert page.status_code == 502
    assert reason in page.text
    assert "Uw gegevens zijn nu niet op te halen" in page.text
    assert "Er is niets met anderen gedeeld" in page.text
    assert "geheim detail" not in page.text
    assert MARK not in page.text


def test_an_answer_about_somebody_else_shows_nothing(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    site.door.fail = WrongPersonError()
    page = visitor.choose("verzamelinkomen")
    assert page.status_code == 502
    assert "andere-persoon" in page.text
    assert MARK not in page.text


class Running:
    """Two sources of the demo, of which the BRP can be made to fail."""

    def __init__(self, sources: dict[str, RunningSource], faults: Faults) -> None:
        self.brp, self.tax, self.faults = sources["rvig"], sources["belastingdienst"], faults

    async def deliver(self, source: RunningSource, data_set: str, *elements: str) -> bytes:
        now = int(time.time())
        grant = Grant(
            kind="eigen_inzage",
            data_set=data_set,
            source=source.parts.iss,
            elements=elements,
            client="basis",
            door="basis",
            environment="test",
            idempotency_key=secrets.token_urlsafe(16),
        )
        person = Person(subject=MARK, assurance="substantieel", authenticated_at=now, expires_at=now + 900)
        delivery = await source.pipeline.deliver(grant, person)
        assert not isinstance(delivery, Refusal)
        return delivery.set.compact()

    async def logged(self) -> int:
        """How many records the log of the BRP source holds."""
        (count,) = await self.brp.parts.engine.read(lambda connection: connection.execute(COUNT).fetchone())
        return int(count)


COUNT = "SELECT count(*) FROM log_record"


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    ports = free_ports(PORT_VARIABLES)
    environ = source_environment(tmp_path, ports)
    names = {"rvig", "belastingdienst"}
    every = read_sources(resources.files("blauweknop.demo") / "bronnen", environ)
    settings = [one for one in every if one.source.slug in names]
    prepare(tmp_path, settings, now=int(time.time()))
    write_files(tmp_path / "achterkant")
    faults = Faults(back_end_apps()["BK_POORT_BRP"])
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(serve_all({"BK_POORT_BRP": faults}, ports))
        clock = reference_clock("2026-11-01")
        yield Running(await stack.enter_async_context(open_sources(settings, environ=environ, clock=clock)), faults)
        faults.stop.set()


@pytest.mark.anyio
async def test_nothing_is_handed_out_or_logged_and_it_recovers(running: Running) -> None:
    assert await running.deliver(running.brp, "persoonsgegevens/1", "voornamen", "adres")
    before = await running.logged()
    for mode, reason in REASONS.items():
        running.faults.mode = mode
        with pytest.raises(SourceFailedError) as caught:
            await running.deliver(running.brp, "persoonsgegevens/1", "voornamen", "adres")
        assert caught.value.reason == reason
    running.faults.mode = "andere-persoon"
    with pytest.raises(WrongPersonError):
        await running.deliver(running.brp, "persoonsgegevens/1", "voornamen", "adres")
    assert await running.logged() == before
    running.faults.mode = ""
    parse_sealed_set(await running.deliver(running.brp, "persoonsgegevens/1", "voornamen", "adres"))
    assert await running.logged() == before + 1


@pytest.mark.anyio
async def test_a_source_that_hangs_delays_nobody_else(running: Running) -> None:
    running.faults.mode = "hangt"
    hanging = asyncio.ensure_future(running.deliver(running.brp, "persoonsgegevens/1", "voornamen"))
    for _ in range(3):
        await running.deliver(running.tax, "inkomen/1", "verzamelinkomen")
    assert not hanging.done()
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
