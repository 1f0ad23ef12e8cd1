# SPDX-License-Identifier: EUPL-1.2
"""The consent service says that it is well as long as its store answers, and no longer."""

from __future__ import annotations

import time
from pathlib import Path

import httpx2
import pytest

from blauweknop.adapters.clock import SystemClock
from blauweknop.demo.home import prepare_home
from blauweknop.demo.plus import prepare_consent, read_consent, wanted_ports
from blauweknop.services.consent.app import create_app
from blauweknop.services.consent.assemble import assemble_consent
from blauweknop.testing.register_service import register_settings
from blauweknop.testing.scheme import source_environment

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_it_is_well_until_its_store_is_gone(tmp_path: Path) -> None:
    environ = source_environment(tmp_path, wanted_ports())
    settings = read_consent(environ)
    prepare_home(tmp_path, [], now=int(time.time()))
    prepare_consent(tmp_path)
    register_settings(tmp_path, iss=settings.scheme.register)
    parts = await assemble_consent(settings, environ=environ, clock=SystemClock())
    transport = httpx2.ASGITransport(app=create_app(parts))
    async with httpx2.AsyncClient(transport=transport, base_url=parts.iss) as client:
        well = await client.get("/gezond")
        assert (well.status_code, well.json()) == (200, {"gezond": True})
        for close in parts.closing:
            await close()
        gone = await client.get("/gezond")
        assert (gone.status_code, gone.json()) == (503, {"gezond": False})
