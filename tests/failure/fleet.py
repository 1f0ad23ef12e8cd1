# SPDX-License-Identifier: EUPL-1.2
"""A town whose services are processes of their own, so that a test can stop, freeze and kill each.

Called as ``python -m tests.failure.fleet HOME``. It reads lines ``NAME KIND PORT`` and says ``NAME PID`` once that
process listens. Each is forked from this one, which has everything imported: a start takes a fraction of a second, so
that a campaign can kill a thousand. When standard input ends, every process ends.

Processes of one service share its database file. All listen on the service's own port, where the kernel gives each
connection to one of them, and each on its ``PORT`` besides, so that a test can choose.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import sys
import time
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.clock import SystemClock
from blauweknop.adapters.config.secret import load_secret_value
from blauweknop.adapters.store.engine import sqlite
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.commands.serve import log_as_json, open_source
from blauweknop.core.status import stand
from blauweknop.demo import gegevens
from blauweknop.demo.achterkant import back_end_apps, write_files
from blauweknop.demo.home import kept_ports, prepare_home
from blauweknop.demo.plus import CONSENT_PORT, REGISTER_PORT, prepare_consent, read_consent, wanted_ports
from blauweknop.demo.stelselbeheer import open_demo_register
from blauweknop.services.consent.app import create_app as consent_app
from blauweknop.services.consent.assemble import assemble_consent
from blauweknop.services.register.app import create_app as register_app
from blauweknop.testing.login import LoginClient, TestLogin, TestPerson
from blauweknop.testing.scheme import read_sources, source_environment
from blauweknop.testing.serving import serving

if TYPE_CHECKING:
    import sqlite3

    from starlette.types import ASGIApp

LOGIN_PORT: Final = "BK_POORT_LOGIN"
SOURCE_PORT: Final = "BK_POORT_BELASTINGDIENST"
SOURCE: Final = "belastingdienst"
CAPACITY: Final = ("rvig", "rechtspraak")  # they say who may decide
MOVED: Final = "verzet"  # the file that says by how many seconds every clock is moved on
HASTE_SECONDS: Final = 0.2


class MovedClock:
    """Real time, moved on by the number of seconds that stands in a file, if there is one."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def moved_ns(self) -> int:
        try:
            return int(self._file.read_bytes()) * 1_000_000_000
        except FileNotFoundError:
            return 0

    def rule(self) -> None:
        """From here on every service of this process goes by it."""
        SystemClock.now_ns = lambda _: time.time_ns() + self.moved_ns()  # type: ignore[assignment, method-assign]
        SystemClock.monotonic_ns = lambda _: time.monotonic_ns() + self.moved_ns()  # type: ignore[assignment, method-assign]


def now() -> float:
    """Seconds since 1970, as the services go by."""
    return SystemClock().now_ns() / 1e9


class Town:
    """What every process is told: the folder, the ports, and the settings of the sources that take part."""

    def __init__(self, home: Path) -> None:
        """``home``: with the ports in it already."""
        self.home = home
        self.ports = kept_ports(home, wanted_ports())
        self.environ = source_environment(home, self.ports)
        os.environ.update(self.environ)
        self._settings = Path(str(resources.files("blauweknop.demo") / "bronnen"))
        slugs = {SOURCE, *CAPACITY}
        self.sources = [one for one in read_sources(self._settings, self.environ) if one.source.slug in slugs]

    def prepare(self) -> None:
        """Makes keys, secrets, folders and the back-ends' files."""
        prepare_home(self.home, self.sources, now=int(now()))
        prepare_consent(self.home)
        write_files(self.home / "achterkant")

    async def register(self) -> dict[int, ASGIApp]:
        parts = await open_demo_register(self.home, self.sources, self.ports, now=lambda: int(now()))
        return {self.ports[REGISTER_PORT]: register_app(parts)}

    async def rest(self) -> dict[int, ASGIApp]:
        apps = {**back_end_apps(), LOGIN_PORT: self._login()}
        apps |= {f"BK_POORT_{slug.upper()}": self._source(slug) for slug in CAPACITY}
        return {self.ports[name]: app for name, app in apps.items()}

    async def consent(self) -> dict[int, ASGIApp]:
        parts = await assemble_consent(read_consent(self.environ), environ=self.environ, clock=SystemClock())
        return {self.ports[CONSENT_PORT]: consent_app(parts)}

    async def source(self) -> dict[int, ASGIApp]:
        return {self.ports[SOURCE_PORT]: self._source(SOURCE)}

    async def forgetful_source(self) -> dict[int, ASGIApp]:
        """A build with a fault: what was known of the consents counts for ever, however old it is."""
        stand.FRESH_NS = sys.maxsize  # type: ignore[misc]
        return await self.source()

    async def hasty_source(self) -> dict[int, ASGIApp]:
        """A build with a fault: it acknowledges a while before it commits."""
        commit = SqliteEngine._commit

        def late(engine: SqliteEngine, connection: sqlite3.Connection, batch: list[sqlite.Job]) -> None:
            sqlite._answer(batch)
            time.sleep(HASTE_SECONDS)
            commit(engine, connection, batch)

        SqliteEngine._commit = late  # type: ignore[assignment, method-assign]
        return await self.source()

    def _source(self, slug: str) -> ASGIApp:
        return open_source(self._settings / f"{slug}.toml")

    def _login(self) -> ASGIApp:
        consent = read_consent(self.environ)
        secret = load_secret_value(consent.login.client_secret, self.environ).reveal()
        client = LoginClient(
            client_id=consent.login.client_id,
            client_secret=secret,
            redirect_uri=f"{consent.service.iss}/inloggen/terug",
        )
        people = [
            TestPerson(bsn=one["bsn"], name=one["naam"], nl=one["nl"], en=one["en"])
            for one in gegevens.load("cast")["personen"]
        ]
        return TestLogin(consent.login.issuer, [client], people, now=now, random=secrets.token_bytes).app()


async def serve(town: Town, name: str, kind: str, port: int) -> None:
    """Serves until it is killed; with a ``port`` above 0 on that one too."""
    apps = await getattr(town, kind)()
    if port:
        apps[port] = next(iter(apps.values()))
    async with contextlib.AsyncExitStack() as stack:
        for number, app in apps.items():
            await stack.enter_async_context(serving(app, port=number, shared=True))
        os.write(1, f"{name} {os.getpid()}\n".encode())
        await asyncio.Event().wait()


def main(home: Path) -> None:
    """Forks what is asked for until standard input ends."""
    log_as_json()
    MovedClock(home / MOVED).rule()
    town = Town(home)
    town.prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for who was killed
    os.setpgid(0, 0)
    for line in sys.stdin:
        name, kind, port = line.split()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            asyncio.run(serve(town, name, kind, int(port)))
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
