# SPDX-License-Identifier: EUPL-1.2
"""Names of DPoP proofs seen at a source: each counts once, over all its processes.

- ``first_use`` gives True once for a name until ``until``: of concurrent callers, in whatever process, exactly one; it
  is durable when it returns, and a crash before the answer leaves the name used.
- Names are kept as SHA-256, a short time, apart from the log; what has passed goes with later writes, a few at a time.

Trust: whoever steals this store learns how busy the source was in the last minutes; whoever changes it can let a proof
count twice, for which they still need the request that carried it.
"""

from __future__ import annotations

from typing import Protocol


class ProofStore(Protocol):
    """See the module."""

    async def first_use(self, key: str, name: str, *, until: int, now: int) -> bool:
        """``key``: thumbprint of who made the proof; ``name``: its ``jti``. Raises: ``StoreFailedError``."""
        ...
