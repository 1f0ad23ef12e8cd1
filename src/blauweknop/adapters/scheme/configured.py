# SPDX-License-Identifier: EUPL-1.2
"""The reader of the register that the settings of a service name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from blauweknop.adapters.keys.register_folder import load_register_trust
from blauweknop.adapters.scheme.client import RegisterClient, register_caller
from blauweknop.adapters.scheme.memory import FileMemory

if TYPE_CHECKING:
    from blauweknop.adapters.clock import Clock

_NS: Final = 1_000_000_000


class RegisterPlaces(Protocol):
    """``register``: its address; ``trust``: the folder with its pinned roots; ``memory``: of what was accepted last."""

    @property
    def register(self) -> str: ...  # noqa: D102
    @property
    def trust(self) -> str: ...  # noqa: D102
    @property
    def memory(self) -> str: ...  # noqa: D102


def configured_register(places: RegisterPlaces, *, environment: str, clock: Clock) -> RegisterClient:
    """The reader; close it when done. Raises: ``ConfigurationError`` and its kinds."""
    return RegisterClient(
        load_register_trust(Path(places.trust), environment),
        register_caller(places.register),
        FileMemory(Path(places.memory)),
        now=lambda: clock.now_ns() // _NS,
        monotonic_ns=clock.monotonic_ns,
    )
