# SPDX-License-Identifier: EUPL-1.2
"""The receipt of a consent (toestemmingsbewijs): who, what, for what, how long, and the exact text that was shown.

A compact JWS, ``toestemmingsbewijs+jwt``, ES256, signed with the consent service's key for purpose ``receipt``. Member
names are those of ISO/IEC TS 27560:2023 (clause 6.3 for the record, 6.4 for the receipt); what the scheme adds stands
under ``blauweknop``:

- ``tekst``: the text of the screen, as one string in the language of the reader; ``tekst_sha256``: base64url of the
  SHA-256 of its UTF-8;
- ``grant_id`` and ``regels``: the lines as granted. A consent whose lines in the store are not those of its receipt was
  not given by a citizen: ``check_recorded`` refuses it before a token is made;
- ``wijze``: ``online`` (``papier`` and ``balie`` are written by the counter, system.md 3.6).

The person is named by the pseudonym that the requester knows (``pii_principal_id``), never by a BSN.
``UnverifiedReceipt.verify`` holds it to: signature and ``typ``; ``iss`` and environment; the shape; the text's hash.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec

from blauweknop.core.consent.line import Line, encode_lines
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.jws import UnverifiedJws, parse_compact, sign_compact
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import DocumentError, MalformedError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from blauweknop.core.consent.consent import Consent
    from blauweknop.core.wire.keys import Signer

TYP: Final = "toestemmingsbewijs+jwt"
MEDIA_TYPE: Final = f"application/{TYP}"
SCHEMA: Final = "ISO/IEC TS 27560:2023"
MAX_RECEIPT_BYTES: Final = 400_000
MAX_TEXT: Final = 60_000
Manner = Literal["online", "papier", "balie"]


class ReceiptRefusedError(DocumentError):
    """The receipt is not one of this consent service, or says something else than what is stored."""

    code = "toestemmingsbewijs-ongeldig"


class PiiInformation(msgspec.Struct, frozen=True, kw_only=True):
    """One element. ``pii_type``: data set; ``pii_attribute_id``: path."""

    pii_type: str
    pii_attribute_id: str
    pii_optional: bool
    sensitive_pii_category: bool


class Purpose(msgspec.Struct, frozen=True, kw_only=True):
    """Why, with which data, from whom to whom (§6.3.4)."""

    purpose: str
    purpose_type: str
    lawful_basis: str
    pii_information: tuple[PiiInformation, ...]
    pii_controllers: tuple[str, ...]
    collection_method: str
    processing_method: str
    retention_period: str
    services: tuple[str, ...]
    jurisdictions: tuple[str, ...]
    recipient_third_parties: tuple[str, ...]
    withdrawal_method: str
    privacy_rights: tuple[str, ...]


class PartyEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One party (§6.3.6). ``party_id``: OIN."""

    party_id: str
    party_name: str
    party_role: str
    party_url: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened (§6.3.7). ``event_time``: ISO 8601, UTC; ``validity_duration``: last day, inclusive."""

    event_time: str
    validity_duration: str
    entity_id: str
    event_type: str
    event_state: str


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What the scheme adds; see the module."""

    grant_id: str
    client_id: str
    environment: str = msgspec.field(name="omgeving")
    manner: Manner = msgspec.field(name="wijze")
    explicit: bool = msgspec.field(name="uitdrukkelijk")
    acr: str
    rules: tuple[Line, ...] = msgspec.field(name="regels")
    text: str = msgspec.field(name="tekst")
    text_sha256: str = msgspec.field(name="tekst_sha256")


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The payload; ``iss``, ``iat`` as in RFC 7519."""

    iss: str
    iat: int
    schema_version: str
    receipt_id: str
    record_id: str
    pii_principal_id: str
    language: str
    privacy_notice: str
    purposes: tuple[Purpose, ...]
    party_identification: tuple[PartyEntry, ...]
    events: tuple[Event, ...]
    blauweknop: Added


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """A receipt that was believed."""

    receipt: Receipt


@dataclass(frozen=True, slots=True)
class UnverifiedReceipt:
    """A receipt as it came in; ``jws.unverified_header`` may only be used to find the key."""

    jws: UnverifiedJws

    def verify(self, key: ec.EllipticCurvePublicKey, *, iss: str, environment: str) -> VerifiedReceipt:
        """The receipt, once it keeps the rules of the module.

        Raises: ``SignatureInvalidError``, ``MalformedError``, ``ReceiptRefusedError``.
        """
        payload = self.jws.verify(key, typ=TYP).payload
        try:
            receipt = msgspec.convert(parse_object(payload, max_bytes=MAX_RECEIPT_BYTES), Receipt, strict=True)
        except msgspec.ValidationError as error:
            raise MalformedError("a member of the receipt is missing or of another type", clause=SCHEMA) from error
        if receipt.iss != iss:
            raise ReceiptRefusedError("iss is another", clause="RFC 7519 §4.1.1")
        if receipt.blauweknop.environment != environment:
            raise ReceiptRefusedError("omgeving is another", clause="system.md 4")
        if receipt.blauweknop.text_sha256 != text_hash(receipt.blauweknop.text):
            raise ReceiptRefusedError("tekst_sha256 is not that of tekst")
        return VerifiedReceipt(receipt)


def issue_receipt(receipt: Receipt, signer: Signer) -> bytes:
    """``receipt`` as a compact JWS, ASCII; ``signer``: the key for purpose ``receipt``.

    Raises: ``MalformedError`` for a text of more than ``MAX_TEXT`` characters.
    """
    if len(receipt.blauweknop.text) > MAX_TEXT:
        raise MalformedError(f"a text of more than {MAX_TEXT} characters")
    return sign_compact({"typ": TYP}, encode(receipt), signer)


def parse_receipt(token: bytes) -> UnverifiedReceipt:
    """Takes ``token`` apart without believing it. Raises: ``MalformedError``."""
    if len(token) > 2 * MAX_RECEIPT_BYTES:
        raise MalformedError(f"a receipt of more than {2 * MAX_RECEIPT_BYTES} bytes")
    return UnverifiedReceipt(parse_compact(token))


def text_hash(text: str) -> str:
    """Base64url of the SHA-256 of ``text`` in UTF-8."""
    return b64url_encode(hashlib.sha256(text.encode("utf-8")).digest())


def check_recorded(consent: Consent, verified: VerifiedReceipt, *, sub: str) -> None:
    """Raises ``ReceiptRefusedError`` unless ``consent`` as stored is what its receipt says: nobody wrote it in.

    ``sub``: the citizen as stored, pairwise for the requester as stored: so another citizen in it is found too.
    """
    said = verified.receipt.blauweknop
    stored: tuple[Any, ...] = (consent.id, consent.client, consent.acr, encode_lines(consent.lines), sub)
    signed = (said.grant_id, said.client_id, said.acr, encode_lines(said.rules), verified.receipt.pii_principal_id)
    if stored != signed:
        raise ReceiptRefusedError("the store says another consent than the receipt", clause="trust.md: insider")
