# SPDX-License-Identifier: EUPL-1.2
"""The test's side of ``fleet.py``: starts, freezes and kills processes, and sends each request to one of them."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import httpx2

from blauweknop.core.scheme.vocabulary import Role
from blauweknop.demo.home import PORTS_FILE
from blauweknop.demo.plus import CONSENT_PORT, REGISTER_PORT, wanted_ports
from blauweknop.demo.serve import DemoSource, RunningDemo
from blauweknop.demo.stelselbeheer import addresses_of
from blauweknop.testing.scheme import free_ports
from tests.journeys.lender import Lender
from tests.journeys.town import Town

from .fleet import LOGIN_PORT, MOVED, SOURCE_PORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

CONSENT: Final = ("consent-1", "consent-2")
SOURCES: Final = ("source-1", "source-2")
OTHERS: Final = ("register", "rest")
EVERYBODY: Final = (*OTHERS, *CONSENT, *SOURCES)
_LONGEST: Final = 60.0  # seconds, on a busy machine


class Doors(httpx2.BaseTransport):
    """Sends requests for a service to its processes in turn; what a request says of its address stays as it is."""

    def __init__(self, doors: Mapping[int, Sequence[int]]) -> None:
        """``doors``: by the service's own port, the ports of the processes to send to."""
        self._doors = {port: itertools.cycle(ports) for port, ports in doors.items()}
        self._inner = httpx2.HTTPTransport(limits=httpx2.Limits(keepalive_expiry=2.0))

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url, doors = request.url, self._doors.get(request.url.port or 0)
        if doors is not None:
            url = url.copy_with(host="127.0.0.1", port=next(doors))
        sent = httpx2.Request(
            request.method, url, headers=request.headers, stream=request.stream, extensions=request.extensions
        )
        return self._inner.handle_request(sent)

    def close(self) -> None:
        self._inner.close()


@dataclass
class Fleet:
    """Running processes by name: see ``EVERYBODY``."""

    home: Path
    ports: dict[str, int]
    process: subprocess.Popen[bytes]
    own: dict[str, int]  # ports of the processes that share a service's
    pids: dict[str, int] = field(default_factory=dict)
    moved: int = 0

    def start(self, *names: str, kind: str = "") -> None:
        """Starts processes that do not run, and waits until they listen; ``kind``: another build than usual."""
        assert self.process.stdin is not None
        for name in names:
            port = self.own.get(name, 0)
            self.process.stdin.write(f"{name} {kind or name.partition('-')[0]} {port}\n".encode())
        started = dict(self._said() for _ in names)
        assert started.keys() == set(names)
        self.pids |= started

    def _said(self) -> tuple[str, int]:
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], _LONGEST)
        line = self.process.stdout.readline() if ready else b""
        assert line, self.log()
        name, pid = line.decode().split()
        return name, int(pid)

    def log(self) -> str:
        """The end of what the processes said."""
        return (self.home / "fleet.log").read_text(encoding="utf-8")[-5000:]

    def send(self, number: signal.Signals, *names: str) -> None:
        """Sends a signal to each."""
        for name in names:
            os.kill(self.pids[name], number)

    def kill(self, *names: str) -> None:
        """kill -9; returns when they are gone."""
        self.send(signal.SIGKILL, *names)
        for name in names:
            pid = self.pids.pop(name)
            with contextlib.suppress(ProcessLookupError):
                while True:
                    os.kill(pid, 0)
                    os.sched_yield()

    @contextmanager
    def frozen(self, *names: str) -> Iterator[None]:
        """They stand still inside the block, and go on after it as if nothing had happened."""
        self.send(signal.SIGSTOP, *names)
        try:
            yield
        finally:
            self.send(signal.SIGCONT, *names)

    @contextmanager
    def town(self, *, consent: Sequence[str] = CONSENT, source: Sequence[str] = SOURCES) -> Iterator[Town]:
        """A browser and a requester that go to these processes in turn."""

        def doors() -> Doors:
            return Doors(
                {
                    self.ports[CONSENT_PORT]: [self.own[name] for name in consent],
                    self.ports[SOURCE_PORT]: [self.own[name] for name in source],
                }
            )

        running = self._running()
        html = {"accept": "text/html"}
        with (
            httpx2.Client(transport=doors(), headers=html, follow_redirects=True, timeout=20) as browser,
            httpx2.Client(transport=doors(), timeout=20) as machine,
        ):
            iss = running.requesters["hypotheekverlener"]
            lender = Lender(self.home, iss, running.consent_service, machine, now=lambda: time.time() + self.moved)
            yield Town(running, self.home, browser, lender)

    def move(self, seconds: int) -> None:
        """Moves every clock to ``seconds`` after real time."""
        written = self.home / f"{MOVED}.nieuw"
        written.write_text(str(seconds), encoding="ascii")
        written.replace(self.home / MOVED)
        self.moved = seconds

    def _running(self) -> RunningDemo:
        address = {name: f"http://localhost:{port}" for name, port in self.ports.items()}
        return RunningDemo(
            login=address[LOGIN_PORT],
            register=address[REGISTER_PORT],
            consent_service=address[CONSENT_PORT],
            sources=(DemoSource("belastingdienst", "Belastingdienst", address[SOURCE_PORT], ()),),
            requesters=addresses_of(Role.REQUESTER, self.ports),
            apps=addresses_of(Role.APP, self.ports),
            people=(),
        )


@contextmanager
def running_fleet(root: Path, home: Path) -> Iterator[Fleet]:
    """Everybody, running, in ``home``."""
    ports = free_ports([*wanted_ports(), *CONSENT, *SOURCES])
    own = {name: ports.pop(name) for name in CONSENT + SOURCES}
    (home / PORTS_FILE).write_text(json.dumps(ports), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root)])}
    command = [sys.executable, "-m", "tests.failure.fleet", str(home)]
    with (
        (home / "fleet.log").open("wb") as log,
        subprocess.Popen(
            command,
            cwd=root,
            env=environment,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        ) as process,
    ):
        fleet = Fleet(home, ports, process, own)
        try:
            fleet.start("register")
            fleet.start(*EVERYBODY[1:])
            yield fleet
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(_LONGEST)
