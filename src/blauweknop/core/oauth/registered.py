# SPDX-License-Identifier: EUPL-1.2
"""Clients and sources as the register has them now (system.md 3, 4).

- a client is found by its ``iss``, exactly; a requester or vault has profile ``vrager``, a collecting app ``app``;
- whoever is not admitted, suspended or ended stays known, with the reason in ``refusal``;
- a key counts while its window lasts, without a compromise mark, and while the status list lets it run;
- a source is one that takes part in that role, with the data sets of its registration;
- a data set or service version that ended (``versies_beeindigd``) is not there any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.core.oauth.client import Client
from blauweknop.core.oauth.rar import Registration
from blauweknop.core.scheme.participation import check_takes_part, running_keys
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role
from blauweknop.core.wire.jwk import jwk_thumbprint
from blauweknop.errors import DocumentError

if TYPE_CHECKING:
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.oauth.client import Profile
    from blauweknop.core.scheme.document import Participant
    from blauweknop.core.scheme.register import VerifiedRegister
    from blauweknop.core.status.token import VerifiedStatusList

# In this order: who is several things is a client as the first of them.
_PROFILES: Final[tuple[tuple[Role, Profile], ...]] = (
    (Role.REQUESTER, "vrager"),
    (Role.VAULT, "vrager"),
    (Role.APP, "app"),
)
_LOOPBACK: Final = "http://127.0.0.1/"


def client_role(participant: Participant) -> Role | None:
    """The role in which ``participant`` is a client, or None."""
    return next((role for role, _ in _PROFILES if role in participant.roles), None)


def registered_client(
    register: VerifiedRegister, participant: Participant, *, listed: VerifiedStatusList, at: int
) -> Client | None:
    """``participant`` as a client at ``at`` (seconds since 1970); None when it has no role for that.

    ``register``: with its detail; ``listed``: a list that ``check_status_list`` let pass.
    Raises: ``DetailMissingError``, ``StatusIndexError``.
    """
    role = client_role(participant)
    if role is None:
        return None
    detail = register.detail(participant.oin)
    return Client(
        client_id=participant.iss,
        oin=participant.oin,
        name=participant.name,
        profile=dict(_PROFILES)[role],
        redirect_uris=frozenset(detail.redirect_uris),
        keys={key.kid: key.public_key for key in running_keys(detail, KeyPurpose.CLIENT, listed, at=at)},
        dpop=frozenset(jwk_thumbprint(key.public_key) for key in running_keys(detail, KeyPurpose.DPOP, listed, at=at)),
        services=frozenset(one.service for one in detail.admissions if one.since <= at),
        app_origins=frozenset(detail.app_origins) if role is Role.APP else frozenset(),
        command_line=any(uri.startswith(_LOOPBACK) for uri in detail.redirect_uris),
        refusal=_refusal(participant, role, listed),
    )


def sources_taking_part(register: VerifiedRegister, listed: VerifiedStatusList) -> tuple[Participant, ...]:
    """The sources that take part now: whose details ``registration_of`` needs."""
    return tuple(
        one
        for one in register.index.participants
        if Role.SOURCE in one.roles and not _refusal(one, Role.SOURCE, listed)
    )


def registration_of(
    register: VerifiedRegister, listed: VerifiedStatusList, catalogue: Catalogue, *, at: int
) -> Registration:
    """What may be asked at ``at``. Raises: ``DetailMissingError`` for a source whose detail was not fetched."""
    ended = register.ended(at=at)
    return Registration(
        catalogue=msgspec.structs.replace(
            catalogue,
            definitions={ref: each for ref, each in catalogue.definitions.items() if ref not in ended},
            profiles={ref: each for ref, each in catalogue.profiles.items() if ref not in ended},
        ),
        sources={
            one.iss: frozenset(register.detail(one.oin).data_sets) for one in sources_taking_part(register, listed)
        },
    )


def _refusal(participant: Participant, role: Role, listed: VerifiedStatusList) -> str:
    try:
        check_takes_part(participant, role, listed)
    except DocumentError as error:
        return error.code
    return ""
