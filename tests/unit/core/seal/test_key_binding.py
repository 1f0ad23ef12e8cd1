# SPDX-License-Identifier: EUPL-1.2
"""The proof of a holder: made and checked; keys as other wallets spell them. The rest stands in the vectors."""

import pytest

from blauweknop.core.seal.errors import HolderProofInvalidError
from blauweknop.core.seal.key_binding import (
    MAX_AGE,
    HolderProof,
    holder_key,
    make_key_binding,
    public_jwk,
    verify_key_binding,
)
from tests.unit.core.seal.sets import AT, KIT

JWK = public_jwk(KIT.holder_key)
EXPECT = HolderProof("n", "https://vrager.example")
PROOF = make_key_binding("S" * 43, nonce="n", audience="https://vrager.example", at=AT, holder=KIT.holder)


@pytest.mark.parametrize("at", [AT - 10, AT, AT + MAX_AGE])
def test_a_proof_holds_for_five_minutes(at: int) -> None:
    verify_key_binding(PROOF, JWK, EXPECT, show_print="S" * 43, at=at)


@pytest.mark.parametrize("at", [AT - 60, AT + MAX_AGE + 1, AT + 86_400])
def test_and_no_longer(at: int) -> None:
    with pytest.raises(HolderProofInvalidError, match="five minutes"):
        verify_key_binding(PROOF, JWK, EXPECT, show_print="S" * 43, at=at)


def test_other_public_members_of_a_key_are_let_be() -> None:
    key = holder_key({**JWK, "kid": "1", "alg": "ES256", "use": "sig"})
    assert public_jwk(key) == JWK


@pytest.mark.parametrize(
    "jwk",
    [
        {**JWK, "d": "A" * 43},
        {**JWK, "kty": "OKP"},
        {**JWK, "crv": "secp256k1"},
        {**JWK, "x": JWK["y"], "y": JWK["x"]},
        {**JWK, "x": JWK["x"] + "A"},
        {**JWK, "y": 1},
        {**JWK, "y": "=" * 43},
        {name: JWK[name] for name in ("kty", "crv", "x")},
        [],
        None,
        "x",
    ],
)
def test_what_is_no_public_key_on_p_256_is_refused(jwk: object) -> None:
    with pytest.raises(HolderProofInvalidError):
        holder_key(jwk)
