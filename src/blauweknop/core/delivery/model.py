# SPDX-License-Identifier: EUPL-1.2
"""What is granted, what is decided, what is delivered: the words every door shares (system.md 3)."""

from __future__ import annotations

import enum
from typing import Literal

import msgspec

from blauweknop.core.dataset.value import Period  # noqa: TC001 - msgspec reads it at run time

Door = Literal["basis"]  # the session door; Plus, Centraal and wallets add theirs


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """The granted object on which a delivery runs, whatever door it came through.

    ``kind`` as in RAR ``type``; ``elements`` paths; ``client`` register name of the app, or ``basis``; ``rule`` the
    ``regel`` id; ``idempotency_key`` as the client chose it (128 bits or more, opaque).
    """

    kind: Literal["eigen_inzage", "gegevensset"]
    data_set: str  # id/version
    source: str  # iss
    elements: tuple[str, ...]
    client: str
    door: Door
    environment: Literal["test", "productie"]
    idempotency_key: str
    service: str = ""  # id/version of the profile that preselected
    period: Period | None = None
    rule: str = ""


class Reason(enum.StrEnum):
    """Why a delivery was refused; the closed list (docs/redenen.md says what who can do)."""

    SESSION_ENDED = "sessie-verlopen"
    ASSURANCE_TOO_LOW = "inlogniveau-te-laag"
    OTHER_SOURCE = "andere-bron"
    OTHER_ENVIRONMENT = "andere-omgeving"
    DATA_SET_UNKNOWN = "gegevensset-onbekend"
    DATA_SET_OFF = "gegevensset-uit"
    ELEMENT_UNKNOWN = "element-onbekend"
    NOTHING_ASKED = "niets-gevraagd"
    PERIOD_UNCLEAR = "periode-onduidelijk"
    KIND_NOT_HERE = "soort-niet-hier"
    SERVICE_UNKNOWN = "dienst-onbekend"
    PERSON_UNKNOWN = "persoon-onbekend"


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """The delivery may start; ``skipped``: names of checks that this door skips, with why."""

    skipped: tuple[tuple[str, str], ...] = ()


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """The delivery may not start; ``element``: the path it hangs on, where one does."""

    reason: Reason
    element: str = ""
