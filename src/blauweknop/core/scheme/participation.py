# SPDX-License-Identifier: EUPL-1.2
"""Does this participant take part now, in this role, with this key (system.md 3.3)?

The register says it by ``fase``, the status list of participants faster, by two bits: 0 takes part, 1 ended for ever,
2 suspended. The two are read together and the stricter counts. A key has a place in the same list: anything but 0 stops
it everywhere, also before its compromise mark T is in the register.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.core.scheme.errors import (
    KeyCompromisedError,
    KeyNotThenError,
    ParticipantEndedError,
    ParticipantNotAdmittedError,
    ParticipantSuspendedError,
    RoleMissingError,
)
from blauweknop.core.scheme.register import NO_PROOF, check_key_then
from blauweknop.core.scheme.vocabulary import Role, Stage

if TYPE_CHECKING:
    from blauweknop.core.scheme.detail import Admission, ParticipantDetail, RegisteredKey
    from blauweknop.core.scheme.document import Participant
    from blauweknop.core.scheme.vocabulary import KeyPurpose
    from blauweknop.core.status.token import VerifiedStatusList

TAKES_PART: Final = 0
ENDED: Final = 1
SUSPENDED: Final = 2


def check_takes_part(participant: Participant, role: Role, listed: VerifiedStatusList) -> None:
    """Raises unless ``participant`` takes part in ``role`` now.

    ``listed``: a list that ``check_status_list`` let pass.
    Raises: ``ParticipantNotAdmittedError``, ``ParticipantSuspendedError``, ``ParticipantEndedError``,
    ``RoleMissingError``, ``StatusIndexError``.
    """
    status = listed.get(participant.status)
    if participant.stage is Stage.ENDED or status == ENDED:
        raise ParticipantEndedError
    if participant.stage is Stage.SUSPENDED or status == SUSPENDED:
        raise ParticipantSuspendedError
    if participant.stage is Stage.APPLIED or status != TAKES_PART:
        raise ParticipantNotAdmittedError
    if role not in participant.roles:
        raise RoleMissingError(f"role {role}")


def check_key_runs(key: RegisteredKey, listed: VerifiedStatusList) -> None:
    """Raises ``KeyCompromisedError`` where the status list stops ``key``."""
    if listed.get(key.status) != TAKES_PART:
        raise KeyCompromisedError("the status list stops it")


def running_keys(
    detail: ParticipantDetail, purpose: KeyPurpose, listed: VerifiedStatusList, *, at: int
) -> tuple[RegisteredKey, ...]:
    """The keys for ``purpose`` that count at ``at``: in their window, without a mark, and not stopped by the list.

    The same for a key that signs and for one that is encrypted to. Raises: ``StatusIndexError``.
    """
    return tuple(key for key in detail.keys if key.purpose is purpose and _runs(key, listed, at))


def _runs(key: RegisteredKey, listed: VerifiedStatusList, at: int) -> bool:
    try:
        check_key_then(key, at=at, existed_at=NO_PROOF)
        check_key_runs(key, listed)
    except (KeyCompromisedError, KeyNotThenError):
        return False
    return True


def check_admitted_for(detail: ParticipantDetail, service: str) -> Admission:
    """The admission for ``service`` (``id/version``). Raises: ``RoleMissingError``."""
    admission = detail.admitted_for(service)
    if admission is None:
        raise RoleMissingError(f"service {service}")
    return admission
