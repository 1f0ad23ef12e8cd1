# SPDX-License-Identifier: EUPL-1.2
"""From settings to a register: opens its store, loads its keys, and enters the scheme manager itself.

The scheme manager is a participant like any other: its ``status`` and ``statement`` keys stand in the register, so that
readers find them there. It is entered at the setting up, once, without a decision: somebody must be first.
"""

from __future__ import annotations

import secrets
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.keys.register_folder import load_register_signers
from blauweknop.adapters.store.participants.contract import Change, StoredKey, StoredParticipant
from blauweknop.adapters.store.participants.sqlite import SqliteRegisterStore
from blauweknop.core.scheme.registration import HandedInKey, Registration
from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role, Stage
from blauweknop.core.seal.der_certificate import parse_der_certificate
from blauweknop.core.wire.jwk import make_jwk
from blauweknop.core.wire.strict_json import encode
from blauweknop.core.wire.x5c import encode_x5c
from blauweknop.endpoints.openapi.document import Contact
from blauweknop.services.register.parts import RegisterKeys, RegisterParts
from blauweknop.services.register.signing import STATUS_LIST_SIZE

if TYPE_CHECKING:
    from collections.abc import Callable

    from blauweknop.adapters.config.register import RegisterSettings
    from blauweknop.adapters.store.participants.contract import RegisterState
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.wire.keys import P256Signer

BARE_KEY_DAYS: Final = 730
_DAY: Final = 86_400


def _system_now() -> int:
    return int(time.time())


async def assemble_register(
    settings: RegisterSettings,
    *,
    now: Callable[[], int] = _system_now,
    catalogue: Catalogue | None = None,
    random_below: Callable[[int], int] = secrets.randbelow,
) -> RegisterParts:
    """The register of ``settings``, ready to serve or to decide on.

    Raises: ``KeyUnusableError``, ``StoreFailedError``, ``CatalogueError``.
    """
    own = settings.register
    register, status, statement = load_register_signers(Path(own.keys.folder))
    store = SqliteRegisterStore.open(Path(own.store.file))
    parts = RegisterParts(
        name=own.name,
        oin=own.oin,
        iss=own.iss,
        environment=own.environment,
        two_persons=own.two_persons,
        contact=Contact(name=own.contact.name, url=own.contact.url, email=own.contact.email),
        store=store,
        keys=RegisterKeys(register, status, statement),
        catalogue=catalogue or load_catalogue(),
        now=now,
        random_below=random_below,
    )
    keys = (_with_certificate(status), _bare(statement, now()))
    await store.transact(lambda state: _enter_manager(parts, state, keys))
    return parts


def _enter_manager(parts: RegisterParts, state: RegisterState, keys: tuple[HandedInKey, ...]) -> None:
    """Enters the scheme manager; does nothing when it is there."""
    if state.participant(parts.oin) is not None:
        return
    registration = Registration(
        oin=parts.oin, name=parts.name.nl, iss=parts.iss, roles=(Role.SCHEME_MANAGER,), private=False, keys=keys
    )
    places: list[int] = []
    while len(places) <= len(keys):
        place = parts.random_below(STATUS_LIST_SIZE)
        if place not in places:
            places.append(place)
    now = parts.now()
    state.save_participant(
        StoredParticipant(registration=registration, stage=Stage.ADMITTED, since=now, status=places[-1])
    )
    for key, place in zip(keys, places, strict=False):
        fresh = StoredKey(thumbprint=key.thumbprint, oin=parts.oin, purpose=key.purpose, kid=key.kid, status=place)
        state.add_key(fresh)
    content = encode(registration).decode()
    state.append(Change(at=now, account="inrichten", act=Act.ADMIT, oin=parts.oin, content=content))


def _with_certificate(signer: P256Signer) -> HandedInKey:
    certificate = parse_der_certificate(signer.certificates[0])
    return HandedInKey(
        purpose=KeyPurpose.STATUS,
        jwk=dict(make_jwk(certificate.key)),
        valid_from=int(certificate.not_before),
        valid_until=int(certificate.not_after),
        kid=signer.kid,
        x5c=tuple(encode_x5c(signer.certificates[:1])),
    )


def _bare(signer: P256Signer, now: int) -> HandedInKey:
    key = signer.public_key
    return HandedInKey(
        purpose=KeyPurpose.STATEMENT,
        jwk=dict(make_jwk(key)),
        valid_from=now - _DAY,
        valid_until=now + BARE_KEY_DAYS * _DAY,
        kid=signer.kid,
    )
