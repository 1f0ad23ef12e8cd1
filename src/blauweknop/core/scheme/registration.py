# SPDX-License-Identifier: EUPL-1.2
"""What an organisation hands in to be registered, and how it becomes its entry and its detail.

A registration is a TOML or JSON document; it holds no places in the status list and no compromise marks: those are the
register's own (``KeyState``). The same registration and states always give the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

import msgspec

from blauweknop.core.scheme.detail import Admission, LegalAccess, ParticipantDetail, RegisteredKey
from blauweknop.core.scheme.document import Participant, detail_hash
from blauweknop.core.scheme.errors import RegisterContentError
from blauweknop.core.scheme.names import check_name
from blauweknop.core.scheme.vocabulary import KeyPurpose, Role, Stage, check_address, check_oin
from blauweknop.core.wire.jwk import jwk_members_thumbprint
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from collections.abc import Mapping


class HandedInKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A key as handed in; ``x5c`` (base64 DER) with seal and status keys; times in seconds since 1970."""

    purpose: KeyPurpose = msgspec.field(name="doel")
    jwk: dict[str, Any]
    valid_from: int = msgspec.field(name="van")
    valid_until: int = msgspec.field(name="tot")
    kid: str
    x5c: tuple[str, ...] = ()

    @property
    def thumbprint(self) -> str:
        """RFC 7638, base64url. Raises: ``MalformedError``."""
        return jwk_members_thumbprint(self.jwk)


class Registration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """See ``ParticipantDetail`` and ``Participant`` for the members."""

    oin: str
    name: str = msgspec.field(name="naam")
    iss: str
    roles: tuple[Role, ...] = msgspec.field(name="rollen")
    private: bool = msgspec.field(name="privaat")
    keys: tuple[HandedInKey, ...] = msgspec.field(name="sleutels", default=())
    seals_since: int | None = msgspec.field(name="waarmerk_sinds", default=None)
    endpoints: dict[str, str] = msgspec.field(name="eindpunten", default_factory=dict)
    data_sets: tuple[str, ...] = msgspec.field(name="gegevenssets", default=())
    admissions: tuple[Admission, ...] = msgspec.field(name="toelatingen", default=())
    legal_access: tuple[LegalAccess, ...] = msgspec.field(name="wettelijk", default=())
    subject: Literal["bsn", "koppeling"] = "koppeling"
    bsn_ground: str = msgspec.field(name="grondslag_bsn", default="")
    link_uri: str = msgspec.field(name="koppel_uri", default="")
    start_uri: str = ""
    redirect_uris: tuple[str, ...] = ()
    app_origins: tuple[str, ...] = ()
    build: str = msgspec.field(name="bouw_sha256", default="")


class KeyState(msgspec.Struct, frozen=True, kw_only=True):
    """What the register adds to a key: its place in the status list, and its compromise mark T."""

    status: int
    compromised_at: int | None = None


class Placing(msgspec.Struct, frozen=True, kw_only=True):
    """What the register adds to a participant."""

    stage: Stage
    since: int
    status: int


def check_registration(registration: Registration, environment: str) -> None:
    """Raises ``RegisterContentError`` for an OIN, name, address or origin that the register would refuse."""
    check_oin(registration.oin)
    check_name(registration.name)
    check_address(registration.iss, environment)
    single = filter(None, (registration.link_uri, registration.start_uri))
    for address in (*registration.endpoints.values(), *single, *registration.redirect_uris, *registration.app_origins):
        check_address(address, environment)
    for origin in registration.app_origins:
        if origin != _origin(origin):
            raise RegisterContentError("an origin has no path", clause="RFC 6454 §4")
    # What an app collects comes back to itself alone: another site may not be the end of a login (system.md 3).
    own = {_origin(registration.iss), *registration.app_origins}
    if Role.APP in registration.roles and not own.issuperset(map(_origin, registration.redirect_uris)):
        raise RegisterContentError("an app returns to its own origin only", clause="RFC 9700 §2.1")


def make_detail(registration: Registration, states: Mapping[str, KeyState]) -> ParticipantDetail:
    """The detail. ``states``: by thumbprint, of every key of the registration."""
    members = msgspec.structs.asdict(registration)
    for name in ("name", "roles", "seals_since", "keys"):
        del members[name]
    return ParticipantDetail(**members, keys=tuple(_make_key(key, states[key.thumbprint]) for key in registration.keys))


def make_entry(registration: Registration, placing: Placing, detail: ParticipantDetail) -> tuple[Participant, bytes]:
    """The entry in the index, and the bytes of the detail that it names."""
    data = encode_detail(detail)
    prints: dict[KeyPurpose, tuple[str, ...]] = {}
    for key in registration.keys:
        prints[key.purpose] = (*prints.get(key.purpose, ()), key.thumbprint)
    participant = Participant(
        oin=registration.oin,
        name=registration.name,
        iss=registration.iss,
        roles=registration.roles,
        stage=placing.stage,
        since=placing.since,
        keys=prints,
        detail=detail_hash(data),
        status=placing.status,
        seals_since=registration.seals_since,
    )
    return participant, data


def encode_detail(detail: ParticipantDetail) -> bytes:
    """``detail`` in canonical JSON; what is absent stands there as ``null``."""
    return encode(detail)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _make_key(key: HandedInKey, state: KeyState) -> RegisteredKey:
    return RegisteredKey(
        kid=key.kid,
        purpose=key.purpose,
        jwk=key.jwk,
        valid_from=key.valid_from,
        valid_until=key.valid_until,
        status=state.status,
        compromised_at=state.compromised_at,
        x5c=key.x5c,
    )
