# SPDX-License-Identifier: EUPL-1.2
"""The whole scheme on one machine: the *real* services, over simulators only of what is not ours.

Everything lies in one folder (``.bk/demo``): keys, roots, known seal certificates, stores, the back-ends' files. The
demo runs on it, and so do the tests.
"""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.clock import SystemClock
from blauweknop.adapters.config.settings import load_source_settings
from blauweknop.adapters.keys.chain import ChainSource, init_test_chain, keys_folder
from blauweknop.services.source.assemble import assemble
from blauweknop.services.source.pipeline import Pipeline
from blauweknop.testing.serving import serving
from blauweknop.testing.threaded import free_socket

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from starlette.types import ASGIApp

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.settings import SourceSettings
    from blauweknop.services.source.parts import Parts


@dataclass(frozen=True)
class RunningSource:
    """One source of the scheme."""

    slug: str
    parts: Parts
    pipeline: Pipeline


def source_environment(home: Path, ports: Mapping[str, int]) -> dict[str, str]:
    """What the configuration files of sources ask of the environment: the folder and the ports (``BK_POORT_…``)."""
    return {"BK_DEMO": str(home), **{name: str(port) for name, port in ports.items()}}


def read_sources(folder: Traversable | Path, environ: Mapping[str, str]) -> list[SourceSettings]:
    """The settings of every ``*.toml`` in ``folder``, by name of the file. Raises: ``SettingsError``."""
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    with contextlib.ExitStack() as stack:
        paths = [stack.enter_context(resources.as_file(file)) for file in files]
        return [load_source_settings(path, environ=environ) for path in paths]


def prepare(home: Path, sources: list[SourceSettings], *, now: int) -> None:
    """Makes what is missing in ``home``: the test chain, keys, login secrets, folders. Leaves what is there.

    ``now``: when certificates begin. Raises: ``KeyUnusableError`` when what is there is of other addresses.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    chain = [
        ChainSource(slug=one.source.slug, name=one.source.name.nl[:40], oin=one.source.oin, iss=one.source.iss)
        for one in sources
    ]
    init_test_chain(home, chain, now=now)
    for one in sources:
        ensure_login_secret(keys_folder(home, one.source.slug))
    (home / "opslag").mkdir(exist_ok=True, mode=0o700)


def ensure_login_secret(folder: Path) -> None:
    """Makes the secret with which a service logs in at the test login, where there is none yet."""
    path = folder / "login.secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32), encoding="ascii")


@contextlib.asynccontextmanager
async def open_sources(
    sources: list[SourceSettings], *, environ: Mapping[str, str], clock: Clock
) -> AsyncIterator[dict[str, RunningSource]]:
    """The sources, assembled, by slug; closed at the end of the block."""
    catalogue = load_catalogue()
    running: dict[str, RunningSource] = {}
    try:
        for one in sources:
            parts = assemble(one, environ=environ, clock=clock, catalogue=catalogue)
            running[one.source.slug] = RunningSource(one.source.slug, parts, Pipeline(parts))
        yield running
    finally:
        for source in running.values():
            await source.parts.close()


@contextlib.asynccontextmanager
async def serve_all(apps: Mapping[str, ASGIApp], ports: Mapping[str, int]) -> AsyncIterator[None]:
    """Serves each app on its port (by the name of its variable) until the block ends."""
    async with contextlib.AsyncExitStack() as stack:
        for name, app in apps.items():
            await stack.enter_async_context(serving(app, port=ports[name]))
        yield


def free_ports(names: Iterable[str]) -> dict[str, int]:
    """A free port for each name, no two the same: all are held until the last is found."""
    with contextlib.ExitStack() as held:
        return {name: held.enter_context(free_socket()).getsockname()[1] for name in names}


def reference_clock(day: str) -> SystemClock:
    """Real time, with ``day`` as the day of reference."""
    return SystemClock(reference_day=day)
