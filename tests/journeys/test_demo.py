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

from blauweknop.demo.achterkant import PORT_VARIABLES
from blauweknop.demo.home import PORTS_FILE
from blauweknop.testing.serving import free_port

COMMAND = "import sys; sys.argv[0] = 'blauweknop'; from blauweknop.cli import main; sys.exit(main())"
LONGEST = 20.0  # seconds, on a busy machine


@contextlib.contextmanager
def started(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    environment = {**os.environ, "BK_DEMO": str(home), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen([sys.executable, "-c", COMMAND, "demo"], env=environment, stdout=subprocess.PIPE) as process:
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
    ports = {name: free_port() for name in PORT_VARIABLES}
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
    ports = {name: free_port() for name in PORT_VARIABLES}
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
