# SPDX-License-Identifier: EUPL-1.2
"""What is granted, what is decided, what is delivered: the words every door shares (system.md 3)."""

from __future__ import annotations

import enum
from typing import Literal

import msgspec

from blauweknop.core.dataset.value import Period  # noqa: TC001 - msgspec reads it at run time

# ``basis``: the session door; ``plus``: a requester with a consent; ``app``: an admitted app with the citizen's own
# access; ``bekwaamheid``: the consent service asks by law whether somebody may decide. Wallets add theirs.
Door = Literal["basis", "plus", "app", "bekwaamheid"]


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """The granted object on which a delivery runs, whatever door it came through.

    ``kind`` as in RAR ``type``; ``elements`` paths; ``client`` the client id, or ``basis``; ``rule`` the ``regel`` id;
    ``idempotency_key`` as the client chose it (128 bits or more, opaque); ``recipient`` the OIN of who receives;
    ``quota`` the calendar period that this delivery uses up, empty where the source counts none; ``per_hour`` how many
    deliveries of own access this client may have here in an hour, 0 where they are not counted.
    """

    kind: Literal["eigen_inzage", "gegevensset", "bekwaamheid"]
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
    grant_id: str = ""
    recipient: str = ""
    retention: str = ""
    quota: str = ""
    per_hour: int = 0


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
    TOKEN_EXPIRED = "token-verlopen"  # noqa: S105 - a reason
    OTHER_CLIENT = "andere-vrager"
    PARTICIPANT_UNKNOWN = "deelnemer-onbekend"
    PARTICIPANT_SUSPENDED = "deelnemer-geschorst"
    PARTICIPANT_ENDED = "deelnemer-beeindigd"
    SOURCE_NOT_IN_SCHEME = "bron-doet-niet-mee"
    ROLE_MISSING = "rol-ontbreekt"
    NOT_ADMITTED = "niet-toegelaten"
    STATUS_UNKNOWN = "status-onbekend"
    CONSENT_ENDED = "toestemming-geeindigd"
    CONSENT_SUSPENDED = "toestemming-opgeschort"
    CONSENT_EXPIRED = "toestemming-verlopen"
    FREQUENCY_USED = "frequentie-op"
    HOUR_FULL = "uur-vol"
    MORE_THAN_GRANTED = "meer-dan-toegestaan"
    MORE_THAN_SERVICE = "meer-dan-dienst"
    SERVICE_ENDED = "dienst-beeindigd"


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """The delivery may start; ``skipped``: names of checks that this door skips, with why."""

    skipped: tuple[tuple[str, str], ...] = ()


class Refusal(msgspec.Struct, frozen=True, kw_only=True):
    """The delivery may not start; ``element``: the path it hangs on, where one does."""

    reason: Reason
    element: str = ""
