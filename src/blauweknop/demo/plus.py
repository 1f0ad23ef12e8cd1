# SPDX-License-Identifier: EUPL-1.2
"""What the demo has around its sources for Plus: the register of the scheme, the consent service, the requesters."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.config.consent import load_consent_settings
from blauweknop.adapters.keys.bare import ensure_bare_keys
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.adapters.keys.folder import ensure_secrets
from blauweknop.demo.achterkant import PORT_VARIABLES
from blauweknop.demo.stelselbeheer import load_cast, open_demo_register
from blauweknop.demo.vragers import open_requesters
from blauweknop.services.consent.app import create_app as consent_app
from blauweknop.services.consent.assemble import BARE_KEYS, SECRETS, assemble_consent
from blauweknop.services.register.app import create_app as register_app
from blauweknop.testing.scheme import ensure_login_secret

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AsyncExitStack
    from pathlib import Path

    from starlette.types import ASGIApp

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.consent import ConsentSettings
    from blauweknop.adapters.config.settings import SourceSettings

REGISTER_PORT: Final = "BK_POORT_REGISTER"
CONSENT_PORT: Final = "BK_POORT_TOESTEMMING"
_SLUG: Final = "toestemming"
_NS: Final = 1_000_000_000


def wanted_ports() -> dict[str, int]:
    """Every port of the demo, by name of its variable."""
    return {**PORT_VARIABLES, **load_cast().ports()}


def read_consent(environ: Mapping[str, str]) -> ConsentSettings:
    """The settings of the demo's consent service. Raises: ``SettingsError``."""
    with resources.as_file(resources.files("blauweknop.demo") / "toestemming.toml") as path:
        return load_consent_settings(path, environ=environ)


def prepare_consent(home: Path) -> None:
    """Makes the keys, secrets and folders of the consent service that are not there yet."""
    folder = keys_folder(home, _SLUG)
    ensure_bare_keys(folder, BARE_KEYS)
    ensure_secrets(folder, SECRETS)
    ensure_login_secret(folder)
    (home / "journaal").mkdir(exist_ok=True, mode=0o700)


async def open_scheme(
    home: Path,
    sources: list[SourceSettings],
    consent: ConsentSettings,
    *,
    ports: Mapping[str, int],
    environ: Mapping[str, str],
    clock: Clock,
    stack: AsyncExitStack,
) -> dict[str, ASGIApp]:
    """The register with everybody in it, the consent service and the requesters, to serve by name of the port;
    ``stack`` closes.
    """
    register = await open_demo_register(home, sources, ports, now=lambda: clock.now_ns() // _NS)
    stack.push_async_callback(register.store.close)
    parts = await assemble_consent(consent, environ=environ, clock=clock)
    for close in parts.closing:
        stack.push_async_callback(close)
    requesters = await open_requesters(home, environ=environ, clock=clock, stack=stack)
    return {REGISTER_PORT: register_app(register), CONSENT_PORT: consent_app(parts), **requesters}
