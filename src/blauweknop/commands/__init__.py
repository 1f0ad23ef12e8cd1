# SPDX-License-Identifier: EUPL-1.2
"""The commands, one to a file. Each file has ``register``, which adds its command to the group it belongs to.

Heavy modules (PDF, server, browserless demo) are imported inside a command, so that ``--help`` answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    import typer

    Register = Callable[[typer.Typer], None]

# Words that group commands: `blauweknop source check`. The empty group is the top.
GROUPS: Final = {
    "consent": "A consent service: keys, settings and registration for a new one.",
    "keys": "Keys of an organisation: make them for a test, look at what there is.",
    "register": "The register: set one up, admit, certify and suspend organisations, publish.",
    "requester": "A requester: keys, settings and registration for a new one.",
    "source": "Connect an organisation's systems, and try the connection.",
}


def register_all(app: typer.Typer, groups: dict[str, typer.Typer]) -> None:
    """Adds every command to ``app`` or to its group."""
    for register, group in _registrations():
        register(groups[group] if group else app)


def _registrations() -> list[tuple[Register, str]]:
    from blauweknop.commands import (
        consent_init,
        demo,
        keys,
        minimise,
        register,
        requester_init,
        serve,
        source_check,
        source_init,
        source_withdraw,
        verify,
    )

    return [
        (demo.register, ""),
        (serve.register, ""),
        (verify.register, ""),
        (minimise.register, ""),
        (keys.register, "keys"),
        (register.register, "register"),
        (consent_init.register, "consent"),
        (requester_init.register, "requester"),
        (source_init.register, "source"),
        (source_check.register, "source"),
        (source_withdraw.register, "source"),
    ]
