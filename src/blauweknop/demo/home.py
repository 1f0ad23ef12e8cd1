# SPDX-License-Identifier: EUPL-1.2
"""Where the demo keeps its keys, roots and stores: ``.bk/demo`` of the checkout, or ``BK_DEMO``."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.testing.scheme import prepare
from blauweknop.testing.serving import free_port, is_free

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.adapters.config.settings import SourceSettings

PORTS_FILE = "poorten.json"


def demo_home() -> Path:
    """The demo's folder; it need not exist yet."""
    named = os.environ.get("BK_DEMO")
    if named:
        return Path(named).absolute()
    checkout = Path(__file__).resolve().parents[3]
    base = checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()
    return base / ".bk" / "demo"


def choose_ports(home: Path, wanted: Mapping[str, int]) -> dict[str, int]:
    """The ports of last time, else those wanted; a free one where somebody else listens. Kept in ``home``."""
    ports = kept_ports(home, wanted)
    ports = {name: port if is_free(port) else free_port() for name, port in ports.items()}
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    (home / PORTS_FILE).write_text(json.dumps(ports, indent=1), encoding="utf-8")
    return ports


def kept_ports(home: Path, wanted: Mapping[str, int]) -> dict[str, int]:
    """The ports of last time, else those wanted, without looking whether they are free."""
    kept = _read_ports(home / PORTS_FILE)
    return {name: kept.get(name, port) for name, port in wanted.items()}


def prepare_home(home: Path, sources: list[SourceSettings], *, now: int) -> None:
    """Makes what is missing. Keys of other addresses (a port moved) or damaged ones are made anew: it is a demo.

    ``now``: when keys and certificates begin, seconds since 1970.
    """
    try:
        prepare(home, sources, now=now)
    except KeyUnusableError:
        for name in ("ca", "keys", "vertrouwen"):
            shutil.rmtree(home / name, ignore_errors=True)
        prepare(home, sources, now=now)


def _read_ports(path: Path) -> dict[str, int]:
    try:
        ports = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: port for name, port in ports.items() if isinstance(port, int)} if isinstance(ports, dict) else {}
