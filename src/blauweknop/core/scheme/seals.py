# SPDX-License-Identifier: EUPL-1.2
"""The seals that the register knows at a time, in the form that verifying a sealed set asks for.

A seal is ``in_stelsel`` for a set of time t when its certificate stands in the register, t is not before the
participant's ``waarmerk_sinds``, the key was valid at t, and it bears no compromise mark T that t could have been
back-dated from (``VerifiedRegister.key``). Stages do not matter: what an organisation sealed while it took part stays
good after it has left.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from blauweknop.core.scheme.errors import KeyCompromisedError, KeyNotThenError
from blauweknop.core.scheme.register import NO_PROOF, Nothing, VerifiedRegister, check_key_then
from blauweknop.core.scheme.vocabulary import KeyPurpose, Stage
from blauweknop.core.seal.trust import KnownSeal, Trust
from blauweknop.core.wire.x5c import decode_x5c

if TYPE_CHECKING:
    from cryptography import x509

    from blauweknop.core.scheme.detail import RegisteredKey


def seal_trust(
    register: VerifiedRegister,
    *,
    anchors: tuple[x509.Certificate, ...],
    sealed_at: int,
    existed_at: int | Nothing = NO_PROOF,
) -> Trust:
    """What to believe of a set that says it was sealed at ``sealed_at`` (seconds since 1970).

    ``anchors``: as configured, for ``buiten_stelsel``; participants whose detail was not fetched are not known.
    """
    known = {}
    for oin, detail in register.details.items():
        participant = register.participant(oin)
        if participant.stage is Stage.APPLIED or participant.seals_since is None:
            continue
        for key in detail.keys:
            counts = participant.seals_since <= sealed_at and _counts(key, sealed_at, existed_at)
            if key.purpose is KeyPurpose.SEAL and key.certificate is not None and counts:
                thumbprint = hashlib.sha256(decode_x5c(list(key.x5c))[0]).digest()
                known[thumbprint] = KnownSeal(certificate=key.certificate, oin=oin, name=participant.name)
    return Trust(anchors=anchors, known=known, environment=register.environment)


def _counts(key: RegisteredKey, sealed_at: int, existed_at: int | Nothing) -> bool:
    try:
        check_key_then(key, at=sealed_at, existed_at=existed_at)
    except (KeyNotThenError, KeyCompromisedError):
        return False
    return True
