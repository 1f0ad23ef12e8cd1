# SPDX-License-Identifier: EUPL-1.2
"""What is sealed: the content of one set, before the seal.

``visible`` holds what a Plus delivery always shows: ``ontvanger``, ``dienst``, ``bewaren_tot``; ``delivery`` is
``levering``. ``holder_jwk`` is the wallet's key (``cnf``), ``status`` the place on a status list: neither where the
delivery rules say so (system.md 4).
"""

from __future__ import annotations

from typing import Final

import msgspec

from blauweknop.core.dataset.definition import DataSetDefinition  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.missing import MissingElement  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.dataset.value import Row  # noqa: TC001 - msgspec reads it at run time

TYP: Final = "dc+sd-jwt"
SD_ALG: Final = "sha-256"
VISIBLE: Final = ("ontvanger", "dienst", "levering", "bewaren_tot")
# The members of the payload in the one order they are spelt in. ``nbf`` and ``exp`` are read, never written here.
MEMBERS: Final = (
    *("iss", "vct", "vct#integrity", "iat", "nbf", "exp", "omgeving"),
    *VISIBLE,
    *("status", "cnf", "_sd", "rijen", "ontbreekt", "_sd_alg"),
)


class StatusRef(msgspec.Struct, frozen=True):
    """A place on a Token Status List: the list's address and the index in it."""

    uri: str
    idx: int


class SetContent(msgspec.Struct, frozen=True, kw_only=True):
    """The content of one set of ``definition``.

    ``issued_at`` in seconds since 1970 (UTC); ``integrity`` of the type metadata (``sha256-…``); ``rows`` one row for
    ``enkel`` (none for a person of whom the source knows nothing), any number for ``rijen``.
    """

    definition: DataSetDefinition
    iss: str
    scheme_url: str
    issued_at: int
    environment: str
    delivery: str
    rows: tuple[Row, ...]
    missing: tuple[MissingElement, ...]
    integrity: str
    status: StatusRef | None = None
    visible: dict[str, str] = {}
    holder_jwk: dict[str, str] | None = None
