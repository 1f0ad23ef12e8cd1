# SPDX-License-Identifier: EUPL-1.2
"""The contract of a place for keys.

**What it gives.** For each ``Purpose`` of a source one signer with its certificates, for each ``SecretPurpose`` one
secret of 32 bytes. Both are read when the service starts and not again: a changed key takes a restart, and a key that
turns unreadable later stops nothing that runs. Loading has no side effect and may be repeated.

**One key, one purpose.** The purpose stands in the name *and* in what is stored (the certificate's usage, the first
word of a secret); a key that was copied to another purpose is refused.

**What is refused.** A missing, unreadable, linked or irregular file, one that others than its owner can read, a key
that is not on P-256, a certificate of another key, of another purpose or malformed. Never is a missing key made on the
fly: a source that lost its log secret must say so, not start a second log.

**Trust sentence.** Who steals the seal key can seal anything as this organisation until the certificate is taken out of
trust, and back-date it; who steals the status key can show a withdrawn set as valid; who steals the log secret and the
log can find the entries of a BSN; who steals the session secret can make himself a session. Who changes a key can at
most stop the service: what it makes then is not vouched for by anyone.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from blauweknop.core.wire.keys import Signer

SECRET_BYTES = 32


class Purpose(enum.StrEnum):
    """What a signing key is for."""

    SEAL = "seal"  # sealed sets, paper codes and the seal on a PDF
    STATUS = "status"  # status lists of those sets


class SecretPurpose(enum.StrEnum):
    """What a symmetric secret is for."""

    LOG = "log"  # keyed hashes in the log (citizen key)
    SESSION = "session"  # sessions and forms of the pages


class Keys(Protocol):
    """A place for the keys of one source; see the module for what is promised."""

    def signer(self, purpose: Purpose) -> Signer:
        """The signer for ``purpose``. Raises: ``KeyUnusableError``."""
        ...

    def secret(self, purpose: SecretPurpose) -> bytes:
        """The secret for ``purpose``, 32 bytes. Raises: ``KeyUnusableError``."""
        ...
