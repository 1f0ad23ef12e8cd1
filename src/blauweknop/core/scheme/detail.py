# SPDX-License-Identifier: EUPL-1.2
"""The detail of a participant: endpoints, keys, admissions. It is believed because the signed index names its hash.

``verify_detail`` holds a detail to these rules, ``check_detail`` compares it with the index:

1. its SHA-256 is the one that was asked; strict JSON of the shape below;
2. each key: one purpose, a window ``van`` < ``tot``, the algorithm its purpose allows, a ``kid`` that stands once;
3. a seal key comes with its certificate, a status key may: its key, this OIN, this ``iss``, a profile for that purpose;
   ``kid`` is then the certificate's SHA-256, else the RFC 7638 thumbprint;
4. OIN, ``iss`` and the thumbprints by purpose are those of the index.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.core.scheme.document import MAX_DETAIL_BYTES, Participant, detail_hash
from blauweknop.core.scheme.errors import DetailError, KeyUnknownError
from blauweknop.core.scheme.vocabulary import ANY_ALGORITHM, WITH_CERTIFICATE, KeyPurpose
from blauweknop.core.seal.der_certificate import parse_der_certificate
from blauweknop.core.seal.seal_profile import check_seal_profile, check_seals_for, check_status_profile
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jwk import jwk_thumbprint, parse_jwk
from blauweknop.core.wire.strict_json import parse_object
from blauweknop.core.wire.x5c import decode_x5c
from blauweknop.errors import DocumentError

if TYPE_CHECKING:
    from cryptography import x509

    from blauweknop.core.wire.jwk import PublicKey

_PROFILES: Final = {KeyPurpose.SEAL: check_seal_profile, KeyPurpose.STATUS: check_status_profile}


class RegisteredKey(msgspec.Struct, frozen=True, kw_only=True):
    """One key. ``valid_from`` ≤ t < ``valid_until``; ``compromised_at``: mark T, when it was stolen or lost;
    ``status``: its place in the status list of participants.
    """

    kid: str
    purpose: KeyPurpose = msgspec.field(name="doel")
    jwk: dict[str, Any]
    valid_from: int = msgspec.field(name="van")
    valid_until: int = msgspec.field(name="tot")
    status: int
    compromised_at: int | None = msgspec.field(name="gecompromitteerd_op", default=None)
    x5c: tuple[str, ...] = ()

    @property
    def public_key(self) -> PublicKey:
        """The key itself. Raises: ``MalformedError``; not once ``verify_detail`` has read it."""
        return parse_jwk(self.jwk)

    @property
    def certificate(self) -> x509.Certificate | None:
        """The certificate of a seal or status key."""
        return parse_der_certificate(decode_x5c(list(self.x5c))[0]).certificate if self.x5c else None


class Admission(msgspec.Struct, frozen=True, kw_only=True):
    """The participant may ask for (or, as a counter, record) this service. ``by``: who handles data for it (OINs)."""

    service: str = msgspec.field(name="dienst")
    since: int = msgspec.field(name="sinds")
    by: tuple[str, ...] = msgspec.field(name="via", default=())


class LegalAccess(msgspec.Struct, frozen=True, kw_only=True):
    """What a law lets this participant have without consent: such a use is reported, never asked (BK029)."""

    data_set: str = msgspec.field(name="gegevensset")
    elements: tuple[str, ...] = msgspec.field(name="elementen")
    ground: str = msgspec.field(name="grondslag")


class ParticipantDetail(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one participant beyond the index.

    ``subject``: how a citizen is named to it as a source; ``bsn_ground``: the law that lets it use the BSN, or empty;
    ``purpose``: for an app, what it is for; ``build``: SHA-256 of a published app build.
    """

    oin: str
    iss: str
    private: bool = msgspec.field(name="privaat")
    keys: tuple[RegisteredKey, ...] = msgspec.field(name="sleutels")
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

    def key(self, purpose: KeyPurpose, kid: str) -> RegisteredKey:
        """The key ``kid`` for ``purpose``. Raises: ``KeyUnknownError``, also for a key with another purpose."""
        for key in self.keys:
            if key.kid == kid and key.purpose is purpose:
                return key
        raise KeyUnknownError(clause="system.md 4: one purpose a key")

    def admitted_for(self, service: str) -> Admission | None:
        """The admission for ``service`` (``id/version``), or None."""
        return next((admission for admission in self.admissions if admission.service == service), None)


def verify_detail(data: bytes, sha256: str) -> ParticipantDetail:
    """The detail that ``data`` spells, once its hash is ``sha256``. Raises: ``DetailError``."""
    if detail_hash(data) != sha256:
        raise DetailError("its SHA-256 is another", clause="rule 1 of the detail")
    try:
        value = parse_object(data, max_bytes=MAX_DETAIL_BYTES)
        detail = msgspec.convert(value, ParticipantDetail, strict=True)
        for key in detail.keys:
            _check_key(key, detail)
    except (DocumentError, msgspec.ValidationError) as error:
        raise DetailError(str(error), clause="rules 1–3 of the detail") from error
    kids = [key.kid for key in detail.keys]
    if len(set(kids)) != len(kids):
        raise DetailError("a kid stands twice", clause="rule 2 of the detail")
    return detail


def check_detail(detail: ParticipantDetail, participant: Participant) -> None:
    """Raises ``DetailError`` where the index says otherwise. Rule 4."""
    if (detail.oin, detail.iss) != (participant.oin, participant.iss):
        raise DetailError("it is of another OIN or iss", clause="rule 4 of the detail")
    found: dict[KeyPurpose, set[str]] = {}
    for key in detail.keys:
        found.setdefault(key.purpose, set()).add(jwk_thumbprint(key.public_key))
    if found != {purpose: set(prints) for purpose, prints in participant.keys.items()}:
        raise DetailError("its keys are not those of the index", clause="rule 4 of the detail")


def _check_key(key: RegisteredKey, detail: ParticipantDetail) -> None:
    public = key.public_key
    if key.purpose not in ANY_ALGORITHM and not isinstance(public, ec.EllipticCurvePublicKey):
        raise DetailError(f"a {key.purpose} key is on P-256")
    if key.valid_from >= key.valid_until:
        raise DetailError("a key ends before it begins")
    if (key.purpose is KeyPurpose.SEAL and not key.x5c) or (key.purpose not in WITH_CERTIFICATE and key.x5c):
        raise DetailError("a seal key has a certificate, a status key may have one, others have none")
    if key.x5c:
        _check_certificate(key, public, detail)
    elif key.kid != jwk_thumbprint(public):
        raise DetailError("kid is not the thumbprint of the key", clause="RFC 7638 §3")


def _check_certificate(key: RegisteredKey, public: PublicKey, detail: ParticipantDetail) -> None:
    der = decode_x5c(list(key.x5c))[0]
    certificate = parse_der_certificate(der)
    subject = _PROFILES[key.purpose](certificate)
    check_seals_for(subject, detail.iss)
    if certificate.key != public or subject.oin != detail.oin:
        raise DetailError("a certificate is of another key or OIN")
    if key.kid != b64url_encode(hashlib.sha256(der).digest()):
        raise DetailError("kid is not the SHA-256 of the certificate")
