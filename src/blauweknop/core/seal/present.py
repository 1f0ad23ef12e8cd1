# SPDX-License-Identifier: EUPL-1.2
"""Making a smaller copy of a sealed set, and showing one as its holder (RFC 9901 §7.2).

Nothing here needs a key of the source or believes the seal: who receives the copy verifies it. Rules:

- what is kept is named by paths (``core/dataset/path.py``); items and rows are counted as they are shown in this copy;
- a part that is kept keeps the disclosures above it, an element keeps all that is in it (RFC 9901 §7.2 step 3);
- ``ontbreekt`` keeps only what is about something kept: a smaller copy says nothing of the rest;
- an earlier key binding JWT goes: it was over another selection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.core.seal.key_binding import make_key_binding
from blauweknop.core.seal.sealed import SealedSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blauweknop.core.seal.sealed import UnverifiedSet
    from blauweknop.core.wire.keys import Signer


def minimise_set(unverified: UnverifiedSet, keep: Sequence[str]) -> SealedSet:
    """``unverified`` with only the disclosures that ``keep`` (paths) names.

    Raises: ``PathUnknownError`` when the set has nothing of that name; ``MalformedError`` when one is no path;
    ``DocumentError`` when the set itself is malformed.
    """
    return SealedSet(unverified.jwt, _chosen(unverified, keep))


def present_set(
    unverified: UnverifiedSet, keep: Sequence[str], *, nonce: str, audience: str, at: int, holder: Signer
) -> SealedSet:
    """As ``minimise_set``, shown by ``holder`` to ``audience`` at time ``at`` (seconds since 1970) under its ``nonce``.

    Raises: as ``minimise_set``. Spec: RFC 9901 §4.3, §7.2.
    """
    chosen = _chosen(unverified, keep)
    show_print = unverified.show_print_of(chosen)
    proof = make_key_binding(show_print, nonce=nonce, audience=audience, at=at, holder=holder)
    return SealedSet(unverified.jwt, chosen, proof)


def _chosen(unverified: UnverifiedSet, keep: Sequence[str]) -> tuple[bytes, ...]:
    disclosures = unverified.disclosures
    return tuple([disclosures[place] for place in unverified.tree.select(keep)])
