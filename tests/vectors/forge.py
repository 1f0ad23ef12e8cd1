# SPDX-License-Identifier: EUPL-1.2
"""A second, plain issuer for vectors: it writes whatever it is told, right or wrong.

It shares no code with ``core/seal``: what it makes is written down here as RFC 9901 describes it, so that the vectors
check the seal and not themselves. A set is a tree of plain values in which ``Member`` (in ``Node.hidden``) and ``Item``
(in a list) stand for what is disclosed separately.
"""

import base64
import copy
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from blauweknop.testing.sealing import ISS, SCHEME_URL, FixedSigner, SealKit

AT = 1_795_600_000
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
NONCE = "n-2026"
AUDIENCE = "https://vrager.voorbeeld.example"
Change = Callable[["Forge"], None]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def sha(text: str) -> str:
    return b64(hashlib.sha256(text.encode("ascii")).digest())


def dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass
class Member:
    """A hidden member of an object. ``content`` or ``raw`` replace what the disclosure holds."""

    name: Any
    value: Any
    shown: bool = True
    content: list[Any] | None = None
    raw: bytes | None = None
    spelt: Callable[[str], str] = str


@dataclass
class Item:
    """A hidden element of an array; as ``Member``."""

    value: Any
    shown: bool = True
    content: list[Any] | None = None
    raw: bytes | None = None
    spelt: Callable[[str], str] = str


@dataclass
class Node:
    """An object with hidden members; ``extra`` digests, or anything, are added to its ``_sd``."""

    hidden: list[Member]
    clear: dict[str, Any] = field(default_factory=dict)
    extra: list[Any] = field(default_factory=list)
    sd: Any = None


@dataclass
class Forge:
    """One set in the making. The functions at the end change what is written after it was put together."""

    signer: FixedSigner
    header: dict[str, Any]
    payload: dict[str, Any]
    node: Node | None
    kb_header: dict[str, Any] = field(default_factory=dict)
    kb_claims: dict[str, Any] | None = None
    kb_signer: FixedSigner | None = None
    payload_bytes: Callable[[bytes], bytes] = bytes
    header_bytes: Callable[[bytes], bytes] = bytes
    signature: Callable[[bytes], bytes] = bytes
    jwt: Callable[[str], str] = str
    disclosures: Callable[[list[str]], list[str]] = list
    after_kb: Callable[[list[str]], list[str]] = list
    whole: Callable[[bytes], bytes] = bytes
    members: Callable[[dict[str, Any]], Any] = dict
    form: str = "compact"
    made: list[str] = field(default_factory=list)
    hidden: int = 0

    def copy(self) -> "Forge":
        keep = {id(signer): signer for signer in (self.signer, self.kb_signer) if signer is not None}
        return copy.deepcopy(self, dict(keep))

    def write(self) -> bytes:
        """The bytes of the set, in its form."""
        jwt = self.written_jwt()
        disclosures = self.disclosures(list(self.made))
        kb_jwt = self._kb_jwt("~".join([jwt, *disclosures, ""]))
        disclosures = self.after_kb(disclosures)
        if self.form == "compact":
            return self.whole("~".join([jwt, *disclosures, kb_jwt]).encode("utf-8"))
        protected, payload, signature = jwt.split(".")
        header: dict[str, Any] = {"disclosures": disclosures}
        if kb_jwt:
            header["kb_jwt"] = kb_jwt
        members = {"payload": payload, "protected": protected, "signature": signature, "header": header}
        return self.whole(dump(self.members(members)))

    def written_jwt(self) -> str:
        self.made, self.hidden = [], 0
        payload = self._payload()
        first = b64(self.header_bytes(dump(self.header)))
        signing_input = f"{first}.{b64(self.payload_bytes(dump(payload)))}"
        return self.jwt(f"{signing_input}.{b64(self.signature(low_s(self.signer.sign(signing_input.encode()))))}")

    def _payload(self) -> Any:
        last = {"_sd_alg"} & set(self.payload)
        payload = {}
        for name, value in self.payload.items():
            if name in last or (name == "ontbreekt" and self.node is not None):
                continue
            payload[name] = self._value(value, name)
        if self.node is not None:
            payload |= self._value(self.node, "top")
            if "ontbreekt" in self.payload:
                payload["ontbreekt"] = self._value(self.payload["ontbreekt"], "ontbreekt")
        return payload | {name: self.payload[name] for name in last}

    def _value(self, value: Any, path: str, *, shown: bool = True) -> Any:
        if isinstance(value, Node):
            digests = [self._hide(member, f"{path}/{place}", shown=shown) for place, member in enumerate(value.hidden)]
            extra = [self.made_digest(each) if isinstance(each, Member) else each for each in value.extra]
            clear = {name: self._value(each, f"{path}.{name}", shown=shown) for name, each in value.clear.items()}
            return {**clear, "_sd": sorted(digests) + extra if value.sd is None else value.sd}
        if isinstance(value, dict):
            return {name: self._value(each, f"{path}.{name}", shown=shown) for name, each in value.items()}
        if isinstance(value, list):
            return [self._element(each, f"{path}[{place}]", shown=shown) for place, each in enumerate(value)]
        return value

    def _element(self, each: Any, path: str, *, shown: bool) -> Any:
        if isinstance(each, Item):
            return {"...": self._hide(each, path, shown=shown)}
        return self._value(each, path, shown=shown)

    def _hide(self, part: Member | Item, path: str, *, shown: bool) -> str:
        place = len(self.made)
        visible = shown and part.shown
        name = [part.name] if isinstance(part, Member) else []
        content = [salt(path), *name, self._value(part.value, path, shown=visible)]
        text = part.spelt(b64(part.raw or dump(part.content or content)))
        if visible:
            self.made.insert(place, text)
        elif shown:
            self.hidden += 1
        return sha(text)

    def made_digest(self, member: Member) -> str:
        """The digest of a disclosure that is already there, to put it at a second place."""
        wanted = dump(member.name)
        return next(sha(text) for text in self.made if wanted in base64.urlsafe_b64decode(text + "=="))

    def _kb_jwt(self, shown: str) -> str:
        if self.kb_claims is None or self.kb_signer is None:
            return ""
        claims = {name: sha(shown) if value == "SD_HASH" else value for name, value in self.kb_claims.items()}
        signing_input = f"{b64(dump(self.kb_header))}.{b64(dump(claims))}"
        return f"{signing_input}.{b64(self.kb_signer.sign(signing_input.encode()))}"


def salt(path: str) -> str:
    return b64(hashlib.sha256(path.encode()).digest()[:16])


def low_s(signature: bytes) -> bytes:
    s = int.from_bytes(signature[32:], "big")
    return signature[:32] + min(s, ORDER - s).to_bytes(32, "big")


def high_s(signature: bytes) -> bytes:
    s = int.from_bytes(signature[32:], "big")
    return signature[:32] + max(s, ORDER - s).to_bytes(32, "big")


def forge(kit: SealKit, *, data_set: str, node: Node | None, data: dict[str, Any] | None = None) -> Forge:
    """A set of ``data_set`` as it should be; ``data`` are members after the fixed ones."""
    der = kit.signer.certificates[0]
    return Forge(
        signer=kit.signer,
        header={"alg": "ES256", "typ": "dc+sd-jwt", "kid": kit.signer.kid, "x5c": [base64.b64encode(der).decode()]},
        payload={
            "iss": ISS,
            "vct": f"{SCHEME_URL}/v1/gegevenssets/{data_set}",
            "vct#integrity": "sha256-" + base64.b64encode(hashlib.sha256(data_set.encode()).digest()).decode(),
            "iat": AT,
            "omgeving": "test",
            "levering": "4f1c2a",
            **(data or {}),
            "_sd_alg": "sha-256",
        },
        node=node,
    )


def bind(made: Forge, kit: SealKit) -> Forge:
    """``made`` bound to the holder of ``kit``, and shown by it."""
    numbers = kit.holder_key.public_numbers()
    x, y = (b64(number.to_bytes(32, "big")) for number in (numbers.x, numbers.y))
    alg = made.payload.pop("_sd_alg")
    made.payload |= {"cnf": {"jwk": {"kty": "EC", "crv": "P-256", "x": x, "y": y}}, "_sd_alg": alg}
    made.kb_signer = kit.holder
    made.kb_header = {"alg": "ES256", "typ": "kb+jwt"}
    made.kb_claims = {"iat": AT, "aud": AUDIENCE, "nonce": NONCE, "sd_hash": "SD_HASH"}
    return made
