# SPDX-License-Identifier: EUPL-1.2
"""The guide for a requester works as it stands: from nothing to sets that anybody can verify, beside the demo."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

from blauweknop.demo.burger import Citizen
from blauweknop.demo.serve import RunningDemo
from blauweknop.testing.serving import free_port
from tests.demo_thread import demo_in_thread
from tests.guides import Guide

BERNARD = "999993215"
OPEN, PASTE = "Open this page as your customer: ", "Where did the browser end up? "


def shared(demo: RunningDemo, address: str) -> str:
    """Where the browser of the customer ends up, after a yes to all."""

    async def go() -> str:
        async with Citizen(BERNARD, login=demo.login, consent_service=demo.consent_service) as citizen:
            return await citizen.consent(address)

    return asyncio.run(go())


def ran(process: subprocess.Popen[str], demo: RunningDemo) -> str:
    """What the program of the guide printed, with a customer at its other end."""
    assert process.stdout is not None
    asked = process.stdout.readline()
    if not asked.startswith(OPEN):
        raise AssertionError(asked + process.communicate(timeout=10)[1])
    said, wrong = process.communicate(shared(demo, asked.removeprefix(OPEN).strip()) + "\n", timeout=30)
    assert process.returncode == 0, wrong
    return said


def test_bk072_the_guide_from_registration_to_a_first_verified_delivery(tmp_path: Path) -> None:
    home = tmp_path / ".bk" / "demo"
    home.mkdir(parents=True)
    with demo_in_thread(home) as demo:
        own = f"http://localhost:{free_port()}"
        addresses = {
            "http://localhost:8090": demo.register,
            "http://localhost:8200": demo.consent_service,
            "http://localhost:8320": own,
        }
        guide = Guide("gids-vrager.md", tmp_path, addresses)
        shown = ""
        for kind, text in guide.blocks("sh", "python"):
            if kind == "sh":
                shown += guide.run(text)
                continue
            (tmp_path / "vraag.py").write_text(text, encoding="utf-8")
            with guide.start(sys.executable, "vraag.py") as process:
                try:
                    shown += ran(process, demo)
                finally:
                    process.kill()
    assert "is now toegelaten" in shown
    for words in ("Not granted: ()", "Refused: () Failed: ()", "Deleted: 0", "'geslachtsnaam': 'Schoon'", "'kenteken'"):
        assert words in shown, shown
    assert shown.count("PASSED") == len(list((tmp_path / "bewijs").glob("*.sd-jwt"))) == 2, shown
