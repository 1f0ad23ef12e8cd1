# SPDX-License-Identifier: EUPL-1.2
"""One source from its settings file, opened in this process; and what is said of the running demo."""

from __future__ import annotations

import json
import time
from pathlib import Path

import httpx2
import pytest
import structlog
import typer
from starlette.types import Message

from blauweknop.adapters.keys.bare import ensure_bare_keys
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.adapters.keys.errors import KeyUnusableError, TrustUnusableError
from blauweknop.commands.demo import _welcome
from blauweknop.commands.serve import log_as_json, open_source
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.demo.achterkant import PORT_VARIABLES, write_files
from blauweknop.demo.home import prepare_home
from blauweknop.demo.plus import wanted_ports
from blauweknop.demo.serve import DemoSource, RunningDemo
from blauweknop.demo.stelselbeheer import addresses_of
from blauweknop.testing.login import TestPerson
from blauweknop.testing.register_service import register_settings
from blauweknop.testing.scheme import read_sources, source_environment

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def sources(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's settings files, for a folder in which nothing is yet."""
    for name, value in source_environment(tmp_path, PORT_VARIABLES).items():
        monkeypatch.setenv(name, value)
    return root / "src" / "blauweknop" / "demo" / "bronnen"


async def test_a_source_opens_answers_and_closes(sources: Path, tmp_path: Path) -> None:
    environ = source_environment(tmp_path, PORT_VARIABLES)
    prepare_home(tmp_path, read_sources(sources, environ), now=int(time.time()))
    write_files(tmp_path / "achterkant")
    with pytest.raises(TrustUnusableError):
        open_source(sources / "rdw.toml")  # whose word counts is not known yet, so no requester may come in
    register_settings(tmp_path, iss="http://localhost:8090")
    ensure_bare_keys(keys_folder(tmp_path, "rdw"), ["encryption"])
    app = open_source(sources / "rdw.toml")
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost:8103") as client:
        assert (await client.get("/gezond")).json() == {"gezond": True}
        messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])
        said: list[Message] = []

        async def receive() -> Message:
            return next(messages)

        async def send(message: Message) -> None:
            said.append(message)

        await app({"type": "lifespan"}, receive, send)
        assert said[-1] == {"type": "lifespan.shutdown.complete"}
        gone = await client.get("/gezond")
        assert (gone.status_code, gone.json()) == (503, {"gezond": False})


def test_without_keys_it_does_not_open(sources: Path) -> None:
    with pytest.raises(KeyUnusableError):
        open_source(sources / "rdw.toml")


def test_log_records_are_json_with_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        log_as_json()
        structlog.get_logger().info("fout", code="proef")
    finally:
        structlog.configure(**before)
    record = json.loads(capsys.readouterr().err)
    assert (record["event"], record["level"], record["code"]) == ("fout", "info", "proef")
    assert record["timestamp"].endswith("Z")


def test_bk075_the_demo_says_where_who_and_what_to_try() -> None:
    person = TestPerson(bsn="999996149", name="Mark de Boer", nl="zelfstandige", en="self-employed")
    source = DemoSource("rdw", "RDW", "http://localhost:8103", ("Voertuigen",))
    said = _welcome(
        RunningDemo(
            login="http://localhost:8100",
            register="http://localhost:8090",
            consent_service="http://localhost:8200",
            sources=(source,),
            requesters=addresses_of(Role.REQUESTER, wanted_ports()),
            apps=addresses_of(Role.APP, wanted_ports()),
            people=(person,),
        )
    )
    asks = ("http://localhost:8301", "Demo Hypotheekverlener BV (hypotheek/1)", "suspended")
    shown = ("http://localhost:8103", "RDW: Voertuigen", "Mark de Boer", "self-employed", "verify", "ctrl-C")
    for words in (*shown, *asks):
        assert words in said


def test_once_and_out_go_together() -> None:
    from blauweknop.commands.demo import demo

    for once, out in ((True, None), (False, Path("x"))):
        with pytest.raises(typer.BadParameter, match="go together"):
            demo(once=once, out=out)
