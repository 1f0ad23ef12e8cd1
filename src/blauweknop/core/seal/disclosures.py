# SPDX-License-Identifier: EUPL-1.2
"""Putting disclosures back into a payload: the generic rules of RFC 9901 §7.1 steps 3 to 5, for any SD-JWT.

Any spelling of JSON will do here; that our own files have one spelling is a rule on top (``verify.py``). Whoever calls
this has checked the signature, or does not believe the outcome (``present.py``). Refused:

- a disclosure that is malformed, of the wrong kind for its place, repeated or unreferenced;
- ``_sd`` and ``...`` as names, anywhere but where they mean a digest; a digest at two places;
- a disclosed claim with the name of one beside it; a claim hidden that must be visible; nesting beyond ``MAX_DEPTH``.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.seal.errors import (
    ClaimCollisionError,
    ClaimHiddenError,
    DigestMalformedError,
    DigestRepeatedError,
    DisclosureKindError,
    DisclosureMalformedError,
    DisclosureRepeatedError,
    DisclosureUnreferencedError,
    HashAlgorithmError,
    ReservedNameError,
    TooDeepError,
)
from blauweknop.core.wire.base64url import b64url_decode
from blauweknop.core.wire.strict_json import encode, parse_json

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

MAX_DEPTH: Final = 16
# draft-ietf-oauth-sd-jwt-vc-19 §2.2.2.3; RFC 9901 §9.7.
NEVER_HIDDEN: Final = frozenset(["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"])
_RESERVED: Final = frozenset(["_sd", "..."])
_SPECIAL: Final = NEVER_HIDDEN | _RESERVED
_MEMBER_PARTS: Final = 3
_ELEMENT_PARTS: Final = 2
_TO_URL = bytes.maketrans(b"+/", b"-_")
_sha256 = hashlib.sha256


@dataclass(frozen=True, slots=True)
class Revealed:
    """The processed payload, and how many digests (decoys included) have no disclosure."""

    claims: dict[str, Any]
    hidden: int


def decode_disclosure(encoded: bytes) -> Any:
    """What the disclosure ``encoded`` (base64url) holds, in any spelling of JSON. Raises: ``MalformedError``."""
    return parse_json(b64url_decode(encoded))


def digests_of(disclosures: Sequence[bytes]) -> list[str]:
    """The digest of each disclosure: base64url of SHA-256 over its base64url text (RFC 9901 §4.2.3)."""
    listed = encode([_sha256(each).digest() for each in disclosures])  # a JSON list of base64 texts, in one pass
    return listed[2:-2].translate(_TO_URL, b"=").decode("ascii").split('","') if disclosures else []


def check_hash_algorithm(payload: dict[str, Any]) -> None:
    """RFC 9901 §7.1 step 2.d, §4.1.1: SHA-256, or nothing said. Raises: ``HashAlgorithmError``."""
    if payload.get("_sd_alg", "sha-256") != "sha-256":
        raise HashAlgorithmError(clause="RFC 9901 §7.1(2.d)")


def reveal(
    payload: dict[str, Any],
    disclosures: Sequence[bytes],
    contents: Sequence[Any],
    *,
    flat: Container[int] = (),
) -> Revealed:
    """``payload`` with ``disclosures`` put in; ``contents`` are the decoded disclosures, in the same order.

    ``flat``: places of disclosures known to hold no digest, nor ``_sd`` or ``...`` as a name; they are not searched.
    Raises: ``DocumentError`` with the step of RFC 9901 §7.1 that refuses.
    """
    check_hash_algorithm(payload)
    # 3.a the digest of each disclosure
    places = {digest: place for place, digest in enumerate(digests_of(disclosures))}
    if len(places) != len(disclosures):
        raise DisclosureRepeatedError(clause="RFC 9901 §7.1(5)")
    # 3.b, 3.c, 4
    reader = _Reader(places, contents, flat)
    claims = reader.members(payload, 0)
    # 5. no disclosure without a place
    if places:
        raise DisclosureUnreferencedError(clause="RFC 9901 §7.1(5)")
    claims.pop("_sd_alg", None)  # 3.f
    return Revealed(claims, reader.hidden)


class _Reader:
    """Walks a payload once; takes the place of each disclosure out of ``left`` as its digest comes by."""

    def __init__(self, left: dict[str, int], contents: Sequence[Any], flat: Container[int]) -> None:
        self.left = left
        self.contents = contents
        self.flat = flat
        self.seen: set[str] = set()
        self.hidden = 0

    def value(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if kind is dict:
            return self.members(value, depth)
        return self.elements(value, depth) if kind is list else value

    def members(self, source: dict[str, Any], depth: int) -> dict[str, Any]:
        """An object: steps 3.c.ii and 3.e."""
        if depth > MAX_DEPTH:
            raise TooDeepError(clause="RFC 9901 §9.10")
        if "..." in source:
            raise ReservedNameError("... as a name", clause="RFC 9901 §4.1")
        result: dict[str, Any] = {}
        for name, value in source.items():
            if name != "_sd":
                kind = type(value)
                result[name] = self.value(value, depth + 1) if kind is dict or kind is list else value
        if "_sd" in source:
            self._disclosed_members(source["_sd"], result, depth)
        return result

    def _disclosed_members(self, digests: Any, result: dict[str, Any], depth: int) -> None:
        if type(digests) is not list:
            raise DigestMalformedError("_sd is an array of digests", clause="RFC 9901 §7.1(3.b.i)")
        # As the issuer listed them; the order of digests says nothing.
        for place in sorted(self._take(digests)):
            content = self.contents[place]
            if type(content) is not tuple:  # a tuple was read as salt, name and value
                _check_member(content)
            _, name, value = content
            if name in _SPECIAL:
                _check_name(name, depth)
            if name in result:
                raise ClaimCollisionError(clause="RFC 9901 §7.1(3.c.ii.C)")
            result[name] = value if place in self.flat else self.value(value, depth + 1)

    def elements(self, source: list[Any], depth: int) -> list[Any]:
        """An array: steps 3.c.iii and 3.d."""
        if depth > MAX_DEPTH:
            raise TooDeepError(clause="RFC 9901 §9.10")
        result = []
        for element in source:
            if type(element) is not dict or "..." not in element:
                result.append(self.value(element, depth + 1))
                continue
            if len(element) != 1:
                raise ReservedNameError("... beside other members", clause="RFC 9901 §7.1(3.b.ii)")
            for place in self._take([element["..."]]):
                result.append(self.value(_element_value(self.contents[place]), depth + 1))  # noqa: PERF401
        return result

    def _take(self, digests: list[Any]) -> list[int]:
        """The places of the disclosures of ``digests``, without those that were not disclosed (3.c.i)."""
        if not {str}.issuperset(map(type, digests)):
            raise DigestMalformedError("a digest is a text", clause="RFC 9901 §7.1(3.b)")
        before = len(self.seen)
        self.seen.update(digests)
        if len(self.seen) != before + len(digests):
            raise DigestRepeatedError(clause="RFC 9901 §7.1(4)")
        left = self.left
        places = [left.pop(digest) for digest in digests if digest in left]
        self.hidden += len(digests) - len(places)
        return places


def _check_member(content: Any) -> None:
    """A disclosure for an object is salt, name and value: step 3.c.ii.A."""
    _check_salt(content)
    if len(content) != _MEMBER_PARTS:
        kind = DisclosureKindError if len(content) == _ELEMENT_PARTS else DisclosureMalformedError
        raise kind("not salt, name and value", clause="RFC 9901 §7.1(3.c.ii.A)")
    if type(content[1]) is not str:
        raise DisclosureMalformedError("a claim name is a text", clause="RFC 9901 §7.1(3.c.ii.A)")


def _check_name(name: str, depth: int) -> None:
    """Step 3.c.ii.B, and names that may not be hidden at the top."""
    if name in _RESERVED:
        raise ReservedNameError("_sd or ... as the name of a disclosed claim", clause="RFC 9901 §7.1(3.c.ii.B)")
    if not depth:
        raise ClaimHiddenError(clause="draft-ietf-oauth-sd-jwt-vc-19 §2.2.2.3")


def _element_value(content: Any) -> Any:
    """The value in a disclosure for an array element: step 3.c.iii.A."""
    _check_salt(content)
    if len(content) != _ELEMENT_PARTS:
        kind = DisclosureKindError if len(content) == _MEMBER_PARTS else DisclosureMalformedError
        raise kind("not salt and value", clause="RFC 9901 §7.1(3.c.iii.A)")
    return content[1]


def _check_salt(content: Any) -> None:
    if type(content) not in (list, tuple) or not content or type(content[0]) is not str:
        raise DisclosureMalformedError("not an array that begins with a salt", clause="RFC 9901 §7.1(3.c)")
