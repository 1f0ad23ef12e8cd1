# SPDX-License-Identifier: EUPL-1.2
"""What the register says of those in one request: keys that count now, who takes part, for what.

One snapshot a request: a suspension acts within a minute (system.md 4), the consent's own status within a second and is
asked anew at the second decision.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.core.delivery.situation import Caller
from blauweknop.core.scheme.errors import (
    ParticipantEndedError,
    ParticipantNotAdmittedError,
    ParticipantSuspendedError,
    ParticipantUnknownError,
    RoleMissingError,
)
from blauweknop.core.scheme.participation import check_takes_part, running_keys
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role
from blauweknop.core.wire.jwk import jwk_thumbprint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from blauweknop.core.delivery.situation import Standing
    from blauweknop.core.scheme.detail import ParticipantDetail, RegisteredKey
    from blauweknop.core.scheme.document import Participant
    from blauweknop.core.scheme.register import VerifiedRegister
    from blauweknop.core.status.token import VerifiedStatusList

_ROLES: Final = {"app": Role.APP, "vrager": Role.REQUESTER}


class SchemeView:
    """One register with one status list of participants, at one moment (``at``, seconds since 1970)."""

    def __init__(self, register: VerifiedRegister, listed: VerifiedStatusList, at: int) -> None:
        """``register``: with the details of everybody who is asked about."""
        self._register, self._listed, self._at = register, listed, at

    def keys(self, iss: str, purpose: KeyPurpose) -> dict[str, RegisteredKey]:
        """The keys of ``iss`` for ``purpose`` that count now, by ``kid``. Raises: ``ParticipantUnknownError``."""
        detail = self._register.detail(self._register.by_iss(iss).oin)
        return {key.kid: key for key in running_keys(detail, purpose, self._listed, at=self._at)}

    def standing(self, iss: str, role: Role) -> Standing:
        """How ``iss`` stands now; a role that it lacks is ``caller.roles``'s business, not a standing."""
        try:
            check_takes_part(self._register.by_iss(iss), role, self._listed)
        except ParticipantSuspendedError:
            return "geschorst"
        except ParticipantEndedError:
            return "beeindigd"
        except (ParticipantUnknownError, ParticipantNotAdmittedError):
            return "onbekend"
        except RoleMissingError:
            return "doet-mee"
        return "doet-mee"

    def caller(self, client_id: str, proof_key: str) -> Caller:
        """The client with this id, as ``decide`` looks at it; one that is not there stands as ``onbekend``."""
        try:
            participant = self._register.by_iss(client_id)
        except ParticipantUnknownError:
            nothing: frozenset[str] = frozenset()
            return Caller(
                client=client_id,
                proof_key=proof_key,
                keys=nothing,
                standing="onbekend",
                roles=nothing,
                admitted=nothing,
            )
        return Caller(
            client=participant.iss,
            proof_key=proof_key,
            keys=frozenset(self._dpop_keys(participant)),
            standing=self.standing(client_id, Role.REQUESTER),
            roles=frozenset(role.value for role in participant.roles),
            admitted=frozenset(one.service for one in self._detail(participant).admissions),
        )

    def ended(self) -> frozenset[str]:
        """Services and data sets (``id/version``) that have ended."""
        return frozenset(self._register.ended(at=self._at))

    def oin(self, client_id: str) -> str:
        """The OIN of the client. Raises: ``ParticipantUnknownError``."""
        return self._register.by_iss(client_id).oin

    def profile_of(self, client_id: str) -> str:
        """``app`` or ``vrager``. Raises: ``ParticipantUnknownError``."""
        roles = self._register.by_iss(client_id).roles
        return next((name for name, role in _ROLES.items() if role in roles), "vrager")

    def _detail(self, participant: Participant) -> ParticipantDetail:
        return self._register.detail(participant.oin)

    def _dpop_keys(self, participant: Participant) -> Iterator[str]:
        for key in self.keys(participant.iss, KeyPurpose.DPOP).values():
            yield jwk_thumbprint(key.public_key)
