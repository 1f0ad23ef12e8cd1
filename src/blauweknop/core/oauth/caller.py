# SPDX-License-Identifier: EUPL-1.2
"""Who calls an endpoint: the rules every request of a client keeps, at PAR, token and revocation alike.

Two client profiles (system.md 3): a requester authenticates with ``private_key_jwt`` and shows a DPoP key of its
register entry; an app is a public client (``token_endpoint_auth_method=none``) that its DPoP key stands for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from blauweknop.core.oauth.client_assertion import (
    ASSERTION_TYPE,
    AssertionSituation,
    UnverifiedAssertion,
    check_assertion,
    parse_assertion,
)
from blauweknop.core.oauth.dpop import REMEMBERED, ProofSituation, UnverifiedProof, check_proof
from blauweknop.core.oauth.errors import InvalidClientError, InvalidDpopProofError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from blauweknop.core.oauth.client import Client
    from blauweknop.core.oauth.nonce import Nonces

Endpoint = Literal["par", "token", "intrekken"]


class FirstUse(Protocol):
    """Remembers names; see ``adapters/store/grants``."""

    async def __call__(self, kind: str, owner: str, name: str, *, until: int) -> bool:
        """Whether this is the first time."""
        ...


@dataclass(frozen=True, kw_only=True)
class Caller:
    """What the rows look at. ``url``: public URL of the endpoint; ``other_method``: it tried to prove itself by a
    secret; ``at``: now, seconds since 1970.
    """

    client: Client
    endpoint: Endpoint
    url: str
    issuer: str
    nonces: Nonces
    at: int
    first_use: FirstUse
    assertion: UnverifiedAssertion | None = None
    proof: UnverifiedProof | None = None
    other_method: bool = False

    @property
    def jkt(self) -> str:
        """Thumbprint of the DPoP key it showed, or empty."""
        return self.proof.jkt if self.proof else ""


def read_assertion(parameters: Mapping[str, str]) -> UnverifiedAssertion | None:
    """The client assertion among ``parameters``. Raises: ``InvalidClientError``. Spec: RFC 7523 §2.2."""
    if "client_assertion" not in parameters and "client_assertion_type" not in parameters:
        return None
    if parameters.get("client_assertion_type") != ASSERTION_TYPE:
        raise InvalidClientError("client_assertion_type", clause="RFC 7523 §2.2")
    return parse_assertion(parameters.get("client_assertion", ""))


def named_client(parameters: Mapping[str, str], assertion: UnverifiedAssertion | None) -> str:
    """Who the caller says it is. Raises: ``InvalidClientError`` for nobody, or two. Spec: RFC 7521 §4.2."""
    named = parameters.get("client_id", "")
    asserted = assertion.unverified_client_id if assertion else named
    if not asserted or (named and named != asserted):
        raise InvalidClientError("no client_id, or another one than asserted", clause="RFC 7521 §4.2")
    return asserted


def check_takes_part(s: Caller) -> None:
    """The register lets it take part now."""
    if s.client.refusal:
        raise InvalidClientError(s.client.refusal, clause="system.md 4")


def check_method(s: Caller) -> None:
    """A requester proves who it is, an app cannot; nobody uses a secret."""
    if s.other_method or (s.assertion is None) != (s.client.profile == "app"):
        raise InvalidClientError("private_key_jwt for a requester, none for an app", clause="FAPI 2.0 §5.3.2.1")


def check_client_assertion(s: Caller) -> None:
    """The assertion is its own."""
    if s.assertion is not None:
        check_assertion(
            AssertionSituation(
                assertion=s.assertion,
                client_id=s.client.client_id,
                keys=s.client.keys,
                issuer=s.issuer,
                at=s.at,
            )
        )


def check_proof_present(s: Caller) -> None:
    """There is a DPoP proof."""
    if s.proof is None:
        raise InvalidDpopProofError("no DPoP header", clause="RFC 9449 §5")


def check_dpop(s: Caller) -> None:
    """The DPoP proof is for this request, the nonce included."""
    if s.proof is not None:
        check_proof(
            ProofSituation(proof=s.proof, method="POST", url=s.url, profile=s.client.profile, nonces=s.nonces, at=s.at)
        )


def check_registered_key(s: Caller) -> None:
    """The DPoP key stands in the requester's register entry."""
    if s.proof is not None and s.proof.jkt not in s.client.dpop:
        raise InvalidDpopProofError("not a dpop key of this requester in the register", clause="system.md 3")


async def use_assertion(s: Caller) -> None:
    """Remembers the assertion; from here on it cannot be used again."""
    if s.assertion is None:
        return
    if not await s.first_use("assertion", s.client.client_id, s.assertion.jti, until=s.assertion.until):
        raise InvalidClientError("client_assertion was used before", clause="RFC 7523 §3(7)")


async def use_proof(s: Caller) -> None:
    """Remembers the proof; from here on it cannot be used again."""
    if s.proof is None:
        return
    if not await s.first_use("proof", s.proof.jkt, s.proof.jti, until=s.at + REMEMBERED):
        raise InvalidDpopProofError("used before", clause="RFC 9449 §11.1")
