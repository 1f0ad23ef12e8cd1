# SPDX-License-Identifier: EUPL-1.2
"""What a user would take instead of our seal: sd-jwt (Python), and @sd-jwt/sd-jwt-vc where Node is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from bench.timing import Timed, timed
from blauweknop.core.wire.base64url import b64url_encode

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

    from tests.interop.node import NodeSdJwt

NONCE = "n-123"
AUDIENCE = "https://vrager.example"


class PythonPeer:
    """sd-jwt: the same claims, the same number of disclosures, bound to the same holder."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, holder: ec.EllipticCurvePrivateKey, at: int) -> None:
        self._key, self._holder, self._at = JWK.from_pyca(key), JWK.from_pyca(holder), at
        self._public = JWK.from_pyca(key.public_key())

    def issue(self, claims: dict[str, Any]) -> str:
        """One issued set."""
        hidden = {SDObj(name): value for name, value in claims.items()}
        fixed = {"iss": "https://bron.example", "iat": self._at, "vct": "https://x.example/1"}
        header = {"typ": "dc+sd-jwt"}
        issuer = SDJWTIssuer({**fixed, **hidden}, self._key, holder_key=self._holder, extra_header_parameters=header)
        return str(issuer.sd_jwt_issuance)

    def present(self, holder: SDJWTHolder, keep: list[str]) -> str:
        """Part of a set, shown by its holder."""
        holder.create_presentation(dict.fromkeys(keep, True), NONCE, AUDIENCE, self._holder)
        return str(holder.sd_jwt_presentation)

    def verify(self, presentation: str) -> object:
        """What was shown."""
        return SDJWTVerifier(presentation, lambda _iss, _header: self._public, AUDIENCE, NONCE).get_verified_payload()


class NodePeer:
    """@sd-jwt/sd-jwt-vc, timed within its process by the processor time it takes, as ours is."""

    def __init__(
        self, node: NodeSdJwt, key: ec.EllipticCurvePrivateKey, holder: ec.EllipticCurvePrivateKey, at: int
    ) -> None:
        self._node, self._at = node, at
        self._key, self._holder = private_jwk(key), private_jwk(holder)

    def issue(self, claims: dict[str, Any]) -> Timed:
        """Issuing."""
        payload = {
            "iss": "https://bron.example",
            "iat": self._at,
            "vct": "https://x.example/1",
            "cnf": {"jwk": public(self._holder)},
            **claims,
        }
        return self._timed("issue", payload=payload, frame={"_sd": list(claims)}, key=self._key)

    def present(self, compact: str, keep: list[str]) -> Timed:
        """Showing a part."""
        kb = {"iat": self._at, "aud": AUDIENCE, "nonce": NONCE}
        return self._timed("present", compact=compact, frame=dict.fromkeys(keep, True), key=self._holder, kb=kb)

    def verify(self, compact: str) -> Timed:
        """Verifying what was shown."""
        holder = public(self._holder)
        return self._timed("verify", compact=compact, key=public(self._key), holder=holder, nonce=NONCE, at=self._at)

    def once(self, run: Timed) -> str:
        """The set that ``run`` makes."""
        run(1)
        return str(self.answer["compact"])

    def _timed(self, what: str, **given: Any) -> Timed:
        def many(count: int) -> float:
            self.answer = self._node.ask(what, repeat=count, **given)
            if "error" in self.answer:
                raise RuntimeError(self.answer["error"])
            return float(self.answer["microseconds"]) / 1e6

        return many


def private_jwk(key: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """``key`` as a private JWK."""
    numbers = key.private_numbers()
    parts = {"x": numbers.public_numbers.x, "y": numbers.public_numbers.y, "d": numbers.private_value}
    return {"kty": "EC", "crv": "P-256"} | {
        name: b64url_encode(number.to_bytes(32, "big")) for name, number in parts.items()
    }


def public(jwk: dict[str, str]) -> dict[str, str]:
    """``jwk`` without its private part."""
    return {name: value for name, value in jwk.items() if name != "d"}


__all__ = ["AUDIENCE", "NONCE", "NodePeer", "PythonPeer", "SDJWTHolder", "timed"]
