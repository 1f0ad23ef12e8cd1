# SPDX-License-Identifier: EUPL-1.2
"""Sealing a set: SD-JWT VC with every element its own disclosure (RFC 9901 §4, §6; draft-ietf-oauth-sd-jwt-vc).

The shape is fixed by ``vectors/annotated-set.md``. What makes it fast: one random draw for all salts, the disclosures
of a row encoded, base64url-ed and split in one go each, the header built once per key. Steps of ``issue_set``:

1. count the disclosures and draw all salts at once (16 bytes each, RFC 9901 §9.3);
2. seal the rows, innermost first (§4.2.6, recursive disclosures);
3. seal what is missing (``ontbreekt``), an array of disclosures (§4.2.2);
4. put the payload together, members in the order of ``content.MEMBERS``; digests sorted, so that their order says
   nothing (§4.2.4.1);
5. sign; ``s`` in its lower half, so that one sealing has one spelling and one fingerprint.
"""

from __future__ import annotations

import functools
import hashlib
from binascii import b2a_base64
from typing import TYPE_CHECKING, Any

import msgspec

from blauweknop.core.seal.content import SD_ALG, TYP, VISIBLE, SetContent
from blauweknop.core.seal.errors import PROFILE, ContentError
from blauweknop.core.seal.sealed import SealedSet
from blauweknop.core.seal.signature import low_s
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from blauweknop.core.dataset.value import Row
    from blauweknop.core.wire.keys import Signer

SALT_BYTES = 16
_SALT_CHARACTERS = 22
_PADDED_BYTES = 18  # each salt starts on a base64 boundary, so that one pass spells them all
_PADDED_CHARACTERS = 24
_TO_URL = bytes.maketrans(b"+/", b"-_")
_encode_lines = msgspec.json.Encoder().encode_lines
_sha256 = hashlib.sha256


def issue_set(content: SetContent, *, signer: Signer, random: Callable[[int], bytes]) -> SealedSet:
    """``content``, sealed by ``signer``; ``random(n)`` gives n unpredictable bytes and is called at most once.

    Raises: ``ContentError`` when the content does not fit the shape of its definition, or the key has no certificate.
    Spec: RFC 9901 §6.1.
    """
    single = content.definition.shape == "enkel"
    if single and len(content.rows) > 1:
        raise ContentError("a set of one record has at most one row", clause=PROFILE)
    # 1. one draw for all salts
    count = sum(map(_count, content.rows)) + len(content.missing) + (0 if single else len(content.rows))
    sealer = _Sealer(_salts(random(SALT_BYTES * count), count) if count else iter(()))
    # 2. the rows
    data: dict[str, Any] = {}
    rows = [sealer.row(row) for row in content.rows]
    if not single:
        data["rijen"] = _places(sealer.batch([(salt, {"_sd": row}) for row, salt in zip(rows, sealer.salts)]))  # noqa: B905
    elif rows and rows[0]:
        data["_sd"] = rows[0]
    # 3. what is missing
    if content.missing:
        items = [(salt, item) for item, salt in zip(content.missing, sealer.salts)]  # noqa: B905
        data["ontbreekt"] = _places(sealer.batch(items))
    # 4. the payload
    payload = {**_visible(content), **data, "_sd_alg": SD_ALG}
    # 5. the signature
    signing_input = b"%b.%b" % (
        protected_header(signer.alg, signer.kid, signer.certificates),
        b64url_encode(encode(payload)).encode("ascii"),
    )
    signature = b64url_encode(low_s(signer.sign(signing_input))).encode("ascii")
    return SealedSet(b"%b.%b" % (signing_input, signature), tuple(sealer.disclosures))


@functools.lru_cache(maxsize=64)
def protected_header(alg: str, kid: str, certificates: tuple[bytes, ...]) -> bytes:
    """The header of everything one key seals, base64url; certificates in standard base64 (RFC 7515 §4.1.6)."""
    if not certificates:
        raise ContentError("a seal needs the certificate of its key", clause=PROFILE)
    x5c = [b2a_base64(der, newline=False).decode("ascii") for der in certificates]
    return b64url_encode(encode({"alg": alg, "typ": TYP, "kid": kid, "x5c": x5c})).encode("ascii")


class _Sealer:
    """Gathers the disclosures of one set; ``salts`` are taken from the draw as they are needed."""

    def __init__(self, salts: Iterator[str]) -> None:
        self.salts = salts
        self.disclosures: list[bytes] = []

    def batch(self, contents: Sequence[Any]) -> list[str]:
        """Makes a disclosure of each of ``contents`` and gives their digests, in that order (RFC 9901 §4.2.3)."""
        if not contents:
            return []
        lines = _encode_lines(contents).split(b"\n")
        lines.pop()  # after the last line end
        made = _base64url(lines)
        self.disclosures += made
        return b"~".join(_base64url([_sha256(each).digest() for each in made])).decode("ascii").split("~")

    def row(self, row: Row) -> list[str]:
        """Seals every element of ``row`` as a member of one object: its digests, sorted."""
        contents: list[tuple[str, str, Any]] = []
        for (name, value), salt in zip(row.items(), self.salts):  # noqa: B905
            inner = value.waarde
            if type(inner) is tuple:
                envelope = value.envelope()
                envelope["waarde"] = self._items(inner)
                contents.append((salt, name, envelope))
            elif type(inner) is dict:
                envelope = value.envelope()
                envelope["waarde"] = {"_sd": self.row(inner)}
                contents.append((salt, name, envelope))
            else:
                contents.append((salt, name, value))
        return sorted(self.batch(contents))

    def _items(self, items: tuple[Row, ...]) -> list[dict[str, str]]:
        rows = [self.row(item) for item in items]
        return _places(self.batch([(salt, {"_sd": row}) for row, salt in zip(rows, self.salts)]))  # noqa: B905


def _count(row: Row) -> int:
    """How many disclosures ``row`` takes, its own excluded."""
    count = len(row)
    for value in row.values():
        inner = value.waarde
        if type(inner) is tuple:
            count += len(inner) + sum(map(_count, inner))
        elif type(inner) is dict:
            count += _count(inner)
    return count


def _salts(draw: bytes, count: int) -> Iterator[str]:
    """``count`` salts of 16 bytes from ``draw``, each in base64url."""
    padded = bytearray(_PADDED_BYTES * count)
    for place in range(SALT_BYTES):
        padded[place::_PADDED_BYTES] = draw[place::SALT_BYTES]
    text = b2a_base64(padded, newline=False).translate(_TO_URL).decode("ascii")
    starts = range(0, _PADDED_CHARACTERS * count, _PADDED_CHARACTERS)
    return iter([text[start : start + _SALT_CHARACTERS] for start in starts])


def _base64url(texts: list[bytes]) -> list[bytes]:
    """Each of ``texts`` in base64url, all in one pass: msgspec spells bytes as base64 in a JSON list."""
    return encode(texts)[2:-2].translate(_TO_URL, b"=").split(b'","')


def _places(digests: list[str]) -> list[dict[str, str]]:
    """Where array elements are hidden (RFC 9901 §4.2.4.2)."""
    return [{"...": digest} for digest in digests]


def _visible(content: SetContent) -> dict[str, Any]:
    """The members that are always visible, in order."""
    members: dict[str, Any] = {
        "iss": content.iss,
        "vct": content.definition.vct(content.scheme_url),
        "vct#integrity": content.integrity,
        "iat": content.issued_at,
        "omgeving": content.environment,
    }
    visible = {**content.visible, "levering": content.delivery}
    members.update((name, visible[name]) for name in VISIBLE if visible.get(name))
    if content.status is not None:
        members["status"] = {"status_list": {"idx": content.status.idx, "uri": content.status.uri}}
    if content.holder_jwk is not None:
        members["cnf"] = {"jwk": content.holder_jwk}
    return members
