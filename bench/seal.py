# SPDX-License-Identifier: EUPL-1.2
"""Goals 1 to 3: issue 50 elements, verify half of 50 with key binding, present from 50 and from 500.

The limit of each is the bare cryptography in it, by the `cryptography` package and nothing else: the same number of
P-256 operations and SHA-256 hashes, over messages of the same size.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from bench.peers import AUDIENCE, NONCE, NodePeer, PythonPeer, SDJWTHolder
from bench.timing import Outcome, Timed, interleave, timed
from blauweknop.core.dataset.value import Row, Value
from blauweknop.core.seal.content import SetContent
from blauweknop.core.seal.issue import issue_set
from blauweknop.core.seal.key_binding import HolderProof, public_jwk
from blauweknop.core.seal.present import present_set
from blauweknop.core.seal.sealed import UnverifiedSet, parse_sealed_set
from blauweknop.core.wire.keys import P256Signer
from blauweknop.testing.sealing import ISS, SCHEME_URL, fixed_key, seal_kit, small_definition
from tests.interop.node import NodeSdJwt, node_is_there

if TYPE_CHECKING:
    from collections.abc import Callable

AT = 1_795_600_000
SHA256 = hashes.SHA256()
ECDSA = ec.ECDSA(SHA256)
KIT = seal_kit()
KEY, HOLDER_KEY = fixed_key(f"seal {ISS}"), fixed_key(f"holder {ISS}")
SIGNER = P256Signer(KEY, kid=KIT.signer.kid, certificates=KIT.signer.certificates)
HOLDER = P256Signer(HOLDER_KEY, kid="")
DEFINITION = small_definition("meting")


@dataclass(frozen=True)
class Goal:
    """One goal: ``ours`` against ``limit`` (at least ``least`` of it) and against peers (``times`` as fast)."""

    name: str
    outcome: Outcome
    least: float
    times: dict[str, float]


def row(count: int) -> Row:
    """``count`` elements of the kind a source hands out."""
    return {
        f"element_{place}": Value(waarde=f"waarde {place}", peildatum="2026-11-01", begrip=f"element_{place}/1")
        for place in range(count)
    }


def content(count: int) -> SetContent:
    """A set of ``count`` elements, bound to the holder."""
    return SetContent(
        definition=DEFINITION,
        iss=ISS,
        scheme_url=SCHEME_URL,
        issued_at=AT,
        environment="test",
        delivery="4f1c2a",
        rows=(row(count),),
        missing=(),
        integrity="sha256-" + "A" * 43 + "=",
        holder_jwk=public_jwk(HOLDER_KEY.public_key()),
    )


def whole(count: int) -> UnverifiedSet:
    """A sealed set of ``count`` elements, taken apart."""
    return parse_sealed_set(issue_set(content(count), signer=SIGNER, random=os.urandom).compact())


def names(count: int, step: int = 2) -> list[str]:
    """Every ``step``-th element of ``count``."""
    return [f"element_{place}" for place in range(0, count, step)]


def show(whole_set: UnverifiedSet, keep: list[str]) -> bytes:
    """Part of a set, shown by its holder."""
    shown = present_set(whole_set, keep, nonce=NONCE, audience=AUDIENCE, at=AT, holder=HOLDER)
    return shown.compact()


def bare(*, hashed: int, signed: int = 0, verified: int = 0, random: int = 0, message: int = 200) -> Callable[[], None]:
    """So many operations, and nothing else."""
    block, text = os.urandom(150), os.urandom(message)
    signature, public = KEY.sign(text, ECDSA), KEY.public_key()
    digest = hashes.Hash.hash  # in one call: the fastest that `cryptography` has

    def run() -> None:
        if random:
            os.urandom(random)
        for _ in range(hashed):
            digest(SHA256, block)
        for _ in range(signed):
            KEY.sign(text, ECDSA)
        for _ in range(verified):
            public.verify(signature, text, ECDSA)

    return run


def measure(rounds: int) -> list[Goal]:
    """All three, each in a run of its own."""
    with contextlib.ExitStack() as stack:
        node = None
        if node_is_there():
            node = NodePeer(stack.enter_context(NodeSdJwt()), KEY, HOLDER_KEY, AT)
        peer = PythonPeer(KEY, HOLDER_KEY, AT)
        claims = {name: value.envelope() for name, value in row(50).items()}
        return [
            _issue(peer, node, claims, rounds),
            _verify(peer, node, claims, rounds),
            _present(peer, node, claims, rounds),
            _present_many(rounds),
        ]


def _issue(peer: PythonPeer, node: NodePeer | None, claims: dict[str, Any], rounds: int) -> Goal:
    what = content(50)
    subjects: dict[str, tuple[Timed, int]] = {
        "limit": (timed(bare(hashed=50, signed=1, random=800, message=4500)), 40),
        "ours": (timed(lambda: issue_set(what, signer=SIGNER, random=os.urandom)), 40),
        "sd-jwt": (timed(lambda: peer.issue(claims)), 4),
    }
    if node:
        subjects["@sd-jwt"] = (node.issue(claims), 20)
    return Goal("1 issue 50", interleave(subjects, rounds=rounds), 0.43, {"sd-jwt": 5, "@sd-jwt": 9})


def _verify(peer: PythonPeer, node: NodePeer | None, claims: dict[str, Any], rounds: int) -> Goal:
    shown, expect = show(whole(50), names(50)), HolderProof(NONCE, AUDIENCE)
    theirs = peer.present(SDJWTHolder(peer.issue(claims)), names(50))
    subjects: dict[str, tuple[Timed, int]] = {
        "limit": (timed(bare(hashed=25, verified=2, message=4500)), 30),
        "ours": (timed(lambda: parse_sealed_set(shown).verify(KIT.trust, at=AT, expect=expect)), 30),
        "sd-jwt": (timed(lambda: peer.verify(theirs)), 4),
    }
    if node:
        compact = node.once(node.present(node.once(node.issue(claims)), names(50)))
        subjects["@sd-jwt"] = (node.verify(compact), 20)
    return Goal("2 verify 25 of 50, bound", interleave(subjects, rounds=rounds), 0.70, {"sd-jwt": 3, "@sd-jwt": 6})


def _present(peer: PythonPeer, node: NodePeer | None, claims: dict[str, Any], rounds: int) -> Goal:
    ours, theirs = whole(50), SDJWTHolder(peer.issue(claims))
    subjects: dict[str, tuple[Timed, int]] = {
        "limit": (timed(bare(hashed=0, signed=1)), 60),
        "ours": (timed(lambda: show(ours, names(50))), 60),
        "sd-jwt": (timed(lambda: peer.present(theirs, names(50))), 4),
    }
    if node:
        subjects["@sd-jwt"] = (node.present(node.once(node.issue(claims)), names(50)), 20)
    return Goal("3 present 25 of 50", interleave(subjects, rounds=rounds), 0.85, {})


def _present_many(rounds: int) -> Goal:
    """500 elements against 50: the limit here is ours from 50, and it may cost three times as much."""
    few, many = whole(50), whole(500)
    subjects: dict[str, tuple[Timed, int]] = {
        "limit": (timed(lambda: show(few, names(50))), 40),
        "ours": (timed(lambda: show(many, names(500))), 40),
    }
    return Goal("3 present 250 of 500, against 25 of 50", interleave(subjects, rounds=rounds), 1 / 3, {})
