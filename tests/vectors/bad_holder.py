# SPDX-License-Identifier: EUPL-1.2
"""Bad cases of the proof of a holder (RFC 9901 §7.3)."""

from tests.vectors.bad import Bad, proof, proof_header
from tests.vectors.bad_edits import (
    HOLDER_KEY,
    PROFILE,
    PROOF_WRONG,
    after_proof,
    another_holder,
    cnf,
    jwk,
    unshown,
    without_claim,
)
from tests.vectors.bad_form import OWN_RULE
from tests.vectors.forge import AT
from tests.vectors.good import OWN_COPY, PROOF

HOLDER_CASES = [
    Bad("bewijs-weg", "houder", "not shown by its holder", "houderbewijs-ontbreekt", "RFC 9901 §7.3(2)", unshown),
    Bad(
        "bewijs-ongevraagd",
        "houder",
        "shown to a reader that asked for none",
        "houderbewijs-onverwacht",
        "RFC 9901 §7.3(1)",
        expectation="geen",
    ),
    Bad(
        "bewijs-bij-eigen",
        "houder",
        "shown to its own holder",
        "houderbewijs-onverwacht",
        "RFC 9901 §7.3(1)",
        expectation=OWN_COPY,
    ),
    Bad(
        "gebonden-ongevraagd",
        "houder-eigen",
        "read by who expects a set bound to nobody",
        "houderbewijs-ontbreekt",
        "RFC 9901 §7.3(2)",
        expectation="geen",
    ),
    Bad(
        "ongebonden-gevraagd",
        "enkel",
        "read by who expects a holder",
        "houderbewijs-ontbreekt",
        "RFC 9901 §7.3(5.a)",
        expectation=PROOF,
    ),
    Bad("bewijs-nonce", "houder", "another nonce", PROOF_WRONG, "RFC 9901 §7.3(5.f)", proof(nonce="n-2025")),
    Bad("bewijs-nonce-weg", "houder", "no nonce", PROOF_WRONG, "RFC 9901 §7.3(5.f)", without_claim("nonce")),
    Bad(
        "bewijs-aud",
        "houder",
        "for another reader",
        PROOF_WRONG,
        "RFC 9901 §7.3(5.f)",
        proof(aud="https://ander.voorbeeld.example"),
    ),
    Bad(
        "bewijs-aud-lijst",
        "houder",
        "for several readers",
        PROOF_WRONG,
        "RFC 9901 §7.3(5.f)",
        proof(aud=["https://vrager.voorbeeld.example"]),
    ),
    Bad("bewijs-oud", "houder", "shown six minutes ago", PROOF_WRONG, "RFC 9901 §7.3(5.e)", proof(iat=AT - 360)),
    Bad("bewijs-toekomst", "houder", "shown a minute from now", PROOF_WRONG, "RFC 9901 §7.3(5.e)", proof(iat=AT + 60)),
    Bad("bewijs-iat-weg", "houder", "without a time", PROOF_WRONG, "RFC 9901 §7.3(5.e)", without_claim("iat")),
    Bad(
        "bewijs-iat-breuk",
        "houder",
        "a time that is a fraction",
        PROOF_WRONG,
        "RFC 9901 §7.3(5.e)",
        proof(iat=AT + 0.5),
    ),
    Bad(
        "bewijs-afdruk", "houder", "over another selection", PROOF_WRONG, "RFC 9901 §7.3(5.g)", proof(sd_hash="A" * 43)
    ),
    Bad(
        "bewijs-minder",
        "houder",
        "a disclosure left out after it was shown",
        PROOF_WRONG,
        "RFC 9901 §7.3(5.g)",
        after_proof(lambda made: made[1:]),
    ),
    Bad("bewijs-andere-sleutel", "houder", "by another holder", PROOF_WRONG, "RFC 9901 §7.3(5)", another_holder),
    Bad("bewijs-typ", "houder", "typ JWT", PROOF_WRONG, "RFC 9901 §7.3(5)", proof_header(typ="JWT")),
    Bad("bewijs-alg", "houder", "alg none", PROOF_WRONG, "RFC 9901 §7.3(5)", proof_header(alg="none")),
    Bad("bewijs-crit", "houder", "crit in its header", PROOF_WRONG, "RFC 9901 §7.3(5)", proof_header(crit=["x"])),
    Bad("bewijs-exp", "houder", "a proof that has ended", PROOF_WRONG, "RFC 9901 §7.3(5.h)", proof(exp=AT - 60)),
    Bad("bewijs-nbf", "houder", "a proof that has not begun", PROOF_WRONG, "RFC 9901 §7.3(5.h)", proof(nbf=AT + 60)),
    Bad("cnf-vorm", "houder", "a holder's key by its address", PROFILE, OWN_RULE, cnf({"jku": "https://x.example"})),
    Bad("cnf-kromme", "houder", "a holder's key on another curve", PROOF_WRONG, HOLDER_KEY, jwk(crv="P-384")),
    Bad("cnf-punt", "houder", "a holder's key that is no point", PROOF_WRONG, HOLDER_KEY, jwk(x="A" * 43)),
    Bad("cnf-lengte", "houder", "a coordinate of another length", PROOF_WRONG, "RFC 7518 §6.2.1.2", jwk(x="AAAA")),
    Bad("cnf-prive", "houder", "a private key", PROFILE, OWN_RULE, jwk(d="A" * 43)),
    Bad(
        "cnf-eigen-punt",
        "houder-eigen",
        "a holder's key that is no point, read by the holder",
        PROOF_WRONG,
        HOLDER_KEY,
        jwk(y="A" * 43),
    ),
]
