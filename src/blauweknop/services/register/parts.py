# SPDX-License-Identifier: EUPL-1.2
"""What a register is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from blauweknop.adapters.store.participants.contract import RegisterStore
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.dataset.definition import Text
    from blauweknop.core.wire.keys import Signer
    from blauweknop.endpoints.openapi.document import Contact


@dataclass(frozen=True, slots=True)
class RegisterKeys:
    """``register``: signs the register, with its path to the pinned root; ``status``: the participants' status list;
    ``statement``: marks. One purpose each.
    """

    register: Signer
    status: Signer
    statement: Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterParts:
    """``oin``: of the scheme manager; ``two_persons``: whether admission and suspension take two; ``now``: seconds
    since 1970; ``random_below``: a CSPRNG's number from 0 up to, not including, its argument; ``contact``: whom a
    developer asks.
    """

    name: Text
    oin: str
    iss: str
    environment: Literal["test", "productie"]
    two_persons: bool
    contact: Contact
    store: RegisterStore
    keys: RegisterKeys
    catalogue: Catalogue
    now: Callable[[], int]
    random_below: Callable[[int], int]

    @property
    def status_uri(self) -> str:
        """Where the status list of participants is."""
        return f"{self.iss}/status/deelnemers"
