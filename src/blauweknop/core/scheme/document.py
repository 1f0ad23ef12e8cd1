# SPDX-License-Identifier: EUPL-1.2
"""The register as a document: one signed index, and details named by their SHA-256 (system.md 4).

The index is small enough to fetch whole; a detail is fetched when needed and never changes under its name. Members this
version does not know are ignored (RFC 7519 §4), so that a later version can add some.

- ``published``: immutable per version: ``gegevenssets``, ``diensten``, ``begrippen`` by ``id/version``, each the
  SHA-256 of its detail;
- ``keys`` of a participant: RFC 7638 thumbprints by purpose; the keys themselves stand in the detail;
- times are seconds since 1970, UTC.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.core.scheme.vocabulary import KeyPurpose, Role, Stage  # noqa: TC001 - msgspec reads them at run time
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jws import sign_compact
from blauweknop.core.wire.strict_json import encode
from blauweknop.core.wire.x5c import encode_x5c

if TYPE_CHECKING:
    from blauweknop.core.wire.keys import Signer

TYP: Final = "stelseldocument+jwt"
MEDIA_TYPE: Final = f"application/{TYP}"
LIFETIME: Final = 24 * 3600  # it counts for 24 hours from iat
MAX_REGISTER_BYTES: Final = 2_000_000  # 1,600 participants with four keys each are 0.8 MB
MAX_DETAIL_BYTES: Final = 200_000


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """One organisation in the index.

    ``since``: when it came into this stage; ``seals_since``: from when its seals count, backdated for one that sealed
    before it joined (absent: it does not seal); ``status``: its place in the status list of participants.
    """

    oin: str
    name: str = msgspec.field(name="naam")
    iss: str
    roles: tuple[Role, ...] = msgspec.field(name="rollen")
    stage: Stage = msgspec.field(name="fase")
    since: int = msgspec.field(name="sinds")
    keys: dict[KeyPurpose, tuple[str, ...]] = msgspec.field(name="sleutels")
    detail: str
    status: int
    seals_since: int | None = msgspec.field(name="waarmerk_sinds", default=None)


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What the scheme defined, by ``id/version``; each value the SHA-256 of the detail with its text."""

    data_sets: dict[str, str] = msgspec.field(name="gegevenssets", default_factory=dict)
    services: dict[str, str] = msgspec.field(name="diensten", default_factory=dict)
    concepts: dict[str, str] = msgspec.field(name="begrippen", default_factory=dict)

    def all(self) -> dict[str, str]:
        """Every entry by kind and reference, e.g. ``diensten:hypotheek/1``."""
        return {
            f"{kind}:{ref}": digest
            for kind, entries in msgspec.to_builtins(self).items()
            for ref, digest in entries.items()
        }


class Index(msgspec.Struct, frozen=True, kw_only=True):
    """The payload of the register; ``version`` grows with each signing; ``status_list``: URI.

    ``ended``: published versions that may not be used any more, e.g. ``diensten:hypotheek/1``, and from when on.
    """

    iss: str
    environment: str = msgspec.field(name="omgeving")
    version: int
    iat: int
    exp: int
    status_list: str = msgspec.field(name="statuslijst")
    participants: tuple[Participant, ...] = msgspec.field(name="deelnemers")
    published: Published = msgspec.field(name="gepubliceerd")
    ended: dict[str, int] = msgspec.field(name="versies_beeindigd", default_factory=dict)


def detail_hash(data: bytes) -> str:
    """The name of a detail: base64url(SHA-256(``data``))."""
    return b64url_encode(hashlib.sha256(data).digest())


def issue_register(index: Index, signer: Signer) -> bytes:
    """``index`` as a compact JWS, ASCII, with the path to the root in ``x5c`` (RFC 7515 §4.1.6)."""
    return sign_compact({"typ": TYP, "x5c": encode_x5c(signer.certificates)}, encode(index), signer)
