# SPDX-License-Identifier: EUPL-1.2
"""The closed lists of the register: roles, stages, key purposes; and the spelling of OINs and addresses (system.md 2).

Values are what stands in JSON; a value outside a list is refused, never ignored.
"""

from __future__ import annotations

import enum
import re
from typing import Final
from urllib.parse import urlsplit

from blauweknop.core.scheme.errors import RegisterContentError

_OIN: Final = re.compile(r"[0-9]{20}", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?:/[A-Za-z0-9._~-]+)*", re.ASCII)
_HASH: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
_LOOPBACK: Final = ("localhost", "127.0.0.1")
MAX_ADDRESS: Final = 200


class Role(enum.StrEnum):
    """What a participant does in the scheme."""

    SOURCE = "bron"
    REQUESTER = "vrager"
    APP = "app"
    VAULT = "kluis"
    WALLET = "wallet"
    CONSENT_SERVICE = "toestemmingsdienst"
    COUNTER = "balie"
    SUPPLIER = "leverancier"  # builds or runs connections for others: whom data pass through is shown (BK061)
    SCHEME_MANAGER = "stelselbeheerder"


class Stage(enum.StrEnum):
    """Where a participant is between application and end; no entry is ever deleted."""

    APPLIED = "aangemeld"
    ADMITTED = "toegelaten"
    CERTIFIED = "gecertificeerd"
    SUSPENDED = "geschorst"
    ENDED = "beeindigd"


TAKING_PART: Final = frozenset([Stage.ADMITTED, Stage.CERTIFIED])


class KeyPurpose(enum.StrEnum):
    """What a key is for; a key has one purpose."""

    SEAL = "seal"
    TOKEN = "token"  # noqa: S105 - the name of a purpose
    STATUS = "status"
    RECEIPT = "receipt"
    EVENT = "event"
    CHECKPOINT = "checkpoint"
    DPOP = "dpop"
    CLIENT = "client"
    REQUEST = "request"
    ENCRYPTION = "encryption"
    STATEMENT = "statement"


# Clients bring their own algorithms (system.md 4); all else is ES256, or ECDH-ES on P-256.
ANY_ALGORITHM: Final = frozenset([KeyPurpose.CLIENT, KeyPurpose.DPOP])
# Keys that may come with a certificate of a scheme CA (a seal key always); ``kid`` is then the certificate's SHA-256.
WITH_CERTIFICATE: Final = frozenset([KeyPurpose.SEAL, KeyPurpose.STATUS])


def check_oin(oin: str) -> None:
    """Raises ``RegisterContentError`` unless ``oin`` is 20 digits."""
    if not _OIN.fullmatch(oin):
        raise RegisterContentError("an OIN has 20 digits", clause="Digikoppeling OIN-stelsel")


def check_address(address: str, environment: str) -> None:
    """Raises ``RegisterContentError`` unless ``address`` is one exact https URL without trailing slash.

    http is for loopback in environment ``test`` only (system.md 2).
    """
    if len(address) > MAX_ADDRESS or not _ADDRESS.fullmatch(address):
        raise RegisterContentError("an address is an https URL, lower case, without trailing slash, query or fragment")
    parts = urlsplit(address)
    if parts.scheme == "http" and (environment != "test" or parts.hostname not in _LOOPBACK):
        raise RegisterContentError("http is for loopback in a test environment only")


def check_hash(text: str) -> None:
    """Raises ``RegisterContentError`` unless ``text`` has the form of base64url(SHA-256)."""
    if not _HASH.fullmatch(text):
        raise RegisterContentError("a SHA-256 is 43 characters of base64url")
