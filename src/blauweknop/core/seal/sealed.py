# SPDX-License-Identifier: EUPL-1.2
"""A sealed set as bytes, and reading one without believing it (RFC 9901 §4, §8.1).

Two forms, each with one spelling, ASCII, no line end:

- compact: ``header.payload.signature~disclosure~…~``, then a key binding JWT where the set is shown by its holder;
- JSON: flattened JWS JSON serialization, ``{"payload","protected","signature","header":{"disclosures","kb_jwt"}}``,
  compact, members in this order, ``kb_jwt`` only where there is one.

``parse_sealed_set`` takes either apart; nothing in it can be read before ``UnverifiedSet.verify``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.seal.errors import PROFILE, SpellingError
from blauweknop.core.seal.key_binding import NO_HOLDER_PROOF, Expectation
from blauweknop.core.seal.spelling import decode_canonical
from blauweknop.core.seal.tree import SetTree
from blauweknop.core.wire.base64url import ALPHABET, b64url_encode
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from blauweknop.core.seal.trust import Trust
    from blauweknop.core.seal.verify import VerifiedSet

MAX_BYTES: Final = 1_000_000
_MEMBERS: Final = ["payload", "protected", "signature", "header"]


@dataclass(frozen=True)
class SealedSet:
    """A sealed set: ``jwt`` signed by the issuer, ``disclosures`` in base64url, ``kb_jwt`` empty unless shown."""

    jwt: bytes
    disclosures: tuple[bytes, ...]
    kb_jwt: bytes = b""

    def compact(self) -> bytes:
        """The bytes of a ``.sd-jwt`` file (RFC 9901 §4)."""
        return b"~".join((self.jwt, *self.disclosures, self.kb_jwt))

    def json(self) -> bytes:
        """The bytes of a ``.json`` file (RFC 9901 §8.1)."""
        protected, payload, signature = self.jwt.decode("ascii").split(".")
        header: dict[str, Any] = {"disclosures": [each.decode("ascii") for each in self.disclosures]}
        if self.kb_jwt:
            header["kb_jwt"] = self.kb_jwt.decode("ascii")
        return encode({"payload": payload, "protected": protected, "signature": signature, "header": header})

    @cached_property
    def fingerprint(self) -> str:
        """The *vingerafdruk*: which sealing."""
        return b64url_encode(self._hashed_jwt.digest())

    @cached_property
    def show_print(self) -> str:
        """The *toonafdruk*: what is shown (``sd_hash``, RFC 9901 §4.3.1)."""
        return self.show_print_of(self.disclosures)

    def show_print_of(self, disclosures: tuple[bytes, ...]) -> str:
        """The *toonafdruk* of this set when only ``disclosures`` of it are shown."""
        hashed = self._hashed_jwt.copy()
        hashed.update(b"~".join((b"", *disclosures, b"")))
        return b64url_encode(hashed.digest())

    @cached_property
    def _hashed_jwt(self) -> hashlib._Hash:
        return hashlib.sha256(self.jwt)


@dataclass(frozen=True)
class UnverifiedSet(SealedSet):
    """A sealed set as it came in: of the right form, and no more than that."""

    def verify(self, trust: Trust, *, at: int, expect: Expectation = NO_HOLDER_PROOF) -> VerifiedSet:
        """What was sealed, once every check has passed at time ``at`` (seconds since 1970, UTC).

        ``expect``: what proof of a holder must come with it; a set shown by nobody is the default.
        Raises: ``DocumentError`` with the rule broken. Spec: RFC 9901 §7.1, §7.3.
        """
        from blauweknop.core.seal.verify import verify_set

        return verify_set(self, trust, at=at, expect=expect)

    @cached_property
    def tree(self) -> SetTree:
        """Which disclosures each path names; to choose from, not to read. Raises: ``DocumentError``."""
        payload = decode_canonical(self.jwt.split(b".")[1])
        if not isinstance(payload, dict):
            raise MalformedError("the payload is an object", clause="RFC 7519 §7.2")
        return SetTree(payload, self.disclosures, [decode_canonical(each) for each in self.disclosures])


def parse_sealed_set(data: bytes) -> UnverifiedSet:
    """Takes a sealed set in either form apart.

    Raises: ``MalformedError`` when it is neither; ``SpellingError`` when it is, spelt otherwise.
    Spec: RFC 9901 §7.1 step 1, §8.1.
    """
    if len(data) > MAX_BYTES:
        raise MalformedError(f"more than {MAX_BYTES} bytes", clause=PROFILE)
    compact = _compact_of(data) if data[:1] == b"{" else data
    parts = compact.split(b"~")
    jwt, disclosures, kb_jwt = parts[0], parts[1:-1], parts[-1]
    # What is left without base64url characters: two dots in the JWT, a ~ after each part, two dots in a proof.
    marks = b".." + b"~" * (len(parts) - 1) + (b".." if kb_jwt else b"")
    if compact.translate(None, ALPHABET) != marks or jwt is kb_jwt:
        raise MalformedError("not an SD-JWT of JWT, disclosures and closing ~", clause="RFC 9901 §4")
    if not all(disclosures) or not all(jwt.split(b".")) or (kb_jwt and not all(kb_jwt.split(b"."))):
        raise MalformedError("a part of it is empty", clause="RFC 9901 §4")
    return UnverifiedSet(jwt, tuple(disclosures), kb_jwt)


def _compact_of(data: bytes) -> bytes:
    """The compact form of the JSON form ``data``."""
    members = parse_object(data, max_bytes=MAX_BYTES)
    header = members.get("header")
    if list(members) != _MEMBERS or not isinstance(header, dict):
        raise MalformedError("not payload, protected, signature and header, in this order", clause="RFC 9901 §8.1")
    disclosures = header.get("disclosures")
    if list(header) not in (["disclosures"], ["disclosures", "kb_jwt"]) or not isinstance(disclosures, list):
        raise MalformedError("the header holds disclosures, then kb_jwt if any", clause="RFC 9901 §8.1")
    jws, kb_jwt = (members["protected"], members["payload"], members["signature"]), header.get("kb_jwt", "")
    undotted = (*jws, *disclosures)
    parts_fit = all(map(_is_part, (*undotted, kb_jwt))) and not any("." in text for text in undotted)
    if not parts_fit or header.get("kb_jwt") == "":
        raise MalformedError("the members are base64url texts", clause="RFC 9901 §8.1")
    if encode(members) != data:
        raise SpellingError("the JSON form is compact JSON", clause=PROFILE)
    return "~".join((".".join(jws), *disclosures, kb_jwt)).encode("ascii")


def _is_part(text: Any) -> bool:
    return isinstance(text, str) and text.isascii() and "~" not in text
