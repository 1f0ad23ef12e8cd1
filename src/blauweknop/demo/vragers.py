# SPDX-License-Identifier: EUPL-1.2
"""The requesters of the demo: each runs the reference service, for what the register admits it for."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.config.requester import load_requester_settings
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.adapters.keys.folder import ensure_secrets
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.demo.stelselbeheer import load_cast
from blauweknop.services.requester.app import open_counter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AsyncExitStack
    from pathlib import Path

    from starlette.types import ASGIApp

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.requester import RequesterSettings
    from blauweknop.demo.stelselbeheer import Organisation

_STORE_SECRET: Final = "opslag"  # noqa: S105 - its name


def requesters() -> tuple[Organisation, ...]:
    """The requesters of the demo's register."""
    return tuple(one for one in load_cast().organisations if one.role is Role.REQUESTER)


def requester_settings(one: Organisation, home: Path, environ: Mapping[str, str]) -> RequesterSettings:
    """The settings of ``one``; makes the secret of its store where there is none yet. Raises: ``SettingsError``."""
    ensure_secrets(keys_folder(home, one.slug), [_STORE_SECRET])
    own = {
        "VRAGER": one.slug,
        "VRAGER_NAAM": one.name,
        "VRAGER_OIN": one.oin,
        "VRAGER_ADRES": f"http://localhost:{environ[one.port[0]]}",
        "VRAGER_DIENST": one.services[0],
    }
    with resources.as_file(resources.files("blauweknop.demo") / "vrager.toml") as path:
        return load_requester_settings(path, environ={**environ, **own})


async def open_requesters(
    home: Path, *, environ: Mapping[str, str], clock: Clock, stack: AsyncExitStack
) -> dict[str, ASGIApp]:
    """The reference service of each, to serve by name of its port; ``stack`` closes them."""
    apps: dict[str, ASGIApp] = {}
    for one in requesters():
        app = await open_counter(requester_settings(one, home, environ), environ=environ, clock=clock)
        stack.push_async_callback(app.close)
        apps[one.port[0]] = app
    return apps
