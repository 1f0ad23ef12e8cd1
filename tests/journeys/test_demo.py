# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop demo`` starts within seconds, says what to try, and leaves nothing running."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from blauweknop.adapters.keys.bare import ensure_bare_keys
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.demo.achterkant import write_files
from blauweknop.demo.home import PORTS_FILE, prepare_home
from blauweknop.demo.plus import wanted_ports
from blauweknop.testing.register_service import register_settings
from blauweknop.testing.scheme import free_ports, read_sources, source_environment

COMMAND = "import sys; sys.argv[0] = 'blauweknop'; from blauweknop.cli import main; sys.exit(main())"
LONGEST = 20.0  # seconds, on a busy machine


@contextlib.contextmanager
def started(home: Path, *words: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "BK_DEMO": str(home), "PYTHONUNBUFFERED": "1", **more}
    command = [sys.executable, "-c", COMMAND, *(words or ("demo",))]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def read_until(process: subprocess.Popen[bytes], word: str) -> str:
    assert process.stdout is not None
    said = b""
    deadline = time.monotonic() + LONGEST
    while word.encode() not in said:
        ready, _, _ = select.select([process.stdout], [], [], max(0.0, deadline - time.monotonic()))
        assert ready, f"not within {LONGEST} s; it said: {said!r}"
        part = os.read(process.stdout.fileno(), 10_000)
        assert part, f"it ended; it said: {said!r}"
        said += part
    return said.decode()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_bk075_the_demo_starts_says_what_to_try_and_ends_whole(tmp_path: Path, ending: signal.Signals) -> None:
    ports = free_ports(wanted_ports())
    (tmp_path / PORTS_FILE).write_text(json.dumps(ports), encoding="utf-8")
    with started(tmp_path) as process:
        said = read_until(process, "ctrl-C")
        assert "Mark de Boer" in said
        for name in ("RVIG", "BELASTINGDIENST", "RDW", "ROTTERDAM"):
            address = f"http://localhost:{ports[f'BK_POORT_{name}']}"
            assert address in said
            assert httpx2.get(f"{address}/gezond", trust_env=False).json() == {"gezond": True}
        process.send_signal(ending)
        assert process.wait(timeout=LONGEST) == 0
    for port in ports.values():
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_port_that_somebody_else_uses_is_left_alone(tmp_path: Path) -> None:
    ports = free_ports(wanted_ports())
    (tmp_path / PORTS_FILE).write_text(json.dumps(ports), encoding="utf-8")
    with socket.socket() as other:
        other.bind(("127.0.0.1", ports["BK_POORT_RDW"]))
        other.listen()
        with started(tmp_path) as process:
            said = read_until(process, "ctrl-C")
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=LONGEST) == 0
    assert f"localhost:{ports['BK_POORT_RDW']}" not in said
    assert f"localhost:{ports['BK_POORT_RVIG']}" in said


def wait_until_well(address: str) -> None:
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        with contextlib.suppress(httpx2.TransportError):
            assert httpx2.get(f"{address}/gezond", trust_env=False).json() == {"gezond": True}
            return
    pytest.fail("the source did not start")


def test_one_source_is_served_from_its_settings_file(tmp_path: Path, root: Path) -> None:
    ports = free_ports(wanted_ports())
    environ = source_environment(tmp_path, ports)
    sources = root / "src" / "blauweknop" / "demo" / "bronnen"
    prepare_home(tmp_path, read_sources(sources, environ), now=int(time.time()))
    write_files(tmp_path / "achterkant")
    register_settings(tmp_path, iss=f"http://localhost:{ports['BK_POORT_REGISTER']}")
    ensure_bare_keys(keys_folder(tmp_path, "rdw"), ["encryption"])
    port = str(ports["BK_POORT_RDW"])
    words = ("serve", "--instelling", str(sources / "rdw.toml"), "--poort", port)
    with started(tmp_path, *words, **environ) as process:
        wait_until_well(f"http://localhost:{port}")
        missing = httpx2.get(f"http://localhost:{port}/bestaat-niet", trust_env=False)
        assert missing.status_code == 404
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=LONGEST)
    record = json.loads(log.decode().splitlines()[0])
    assert (record["event"], record["code"], record["status"]) == ("fout", "niet-gevonden", 404)
    assert "bestaat-niet" not in log.decode()


def test_a_settings_file_with_a_mistake_does_not_start(tmp_path: Path) -> None:
    path = tmp_path / "bron.toml"
    path.write_text("[bron]\nonbekend = 1\n", encoding="utf-8")
    with started(tmp_path, "serve", "--instelling", str(path)) as process:
        _, said = process.communicate(timeout=LONGEST)
        assert process.returncode == 2
    assert len(said.decode().splitlines()) == 1
    assert str(path) in said.decode()
