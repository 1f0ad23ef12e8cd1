# SPDX-License-Identifier: EUPL-1.2
"""Citizens, their consents, and the status that sources read of them.

- ``citizen_of`` gives one id for one BSN, for ever: concurrent callers get the same. The BSN is stored encrypted, found
  by a keyed hash; both keys are held outside the database and its backups.
- ``keep_pending`` keeps a request that a citizen has before them; ``record`` and ``refuse`` take it away: of two
  decisions on one request exactly one counts, in whatever process (``AlreadyDecidedError``).
- ``record`` stores consent, receipt, a status place for each source and the code, in one transaction; ``change`` sets
  the state and the bit of each place. Both do, in this order: take the next ``volgnr``; write a line to the journal and
  sync it; commit; return. So what was acknowledged stands in the journal too, which no restored backup takes back.
- ``volgnr`` only grows. At the start of a store that is older than its journal, every line after it is carried out
  again as far as it makes a place stricter (a restore revives nothing: who resumed a pause resumes it once more), a
  place that the store does not know is ended, and ``volgnr`` goes on above the highest.
- ``lists`` reads everything about a source's lists in one snapshot begun after the call.
- Only the last mint of a consent and source is kept.
- Every method raises ``StoreFailedError`` and its kinds; nobody retries inside.

Trust: whoever steals this store learns which client has which consent about citizens without a name; with the keys,
who they are. Whoever changes it can end consents; a consent they write in is refused for lack of its receipt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

import msgspec

from blauweknop.adapters.store.engine.errors import StoreConflictError
from blauweknop.core.consent.consent import Consent  # noqa: TC001 - msgspec reads it at run time
from blauweknop.core.oauth.model import StatusRef  # noqa: TC001

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from blauweknop.adapters.store.grants.contract import NewCode
    from blauweknop.core.consent.consent import Change


class AlreadyDecidedError(StoreConflictError):
    """This request was decided on before, or its time is over."""

    code = "al-besloten"
    status: ClassVar[int] = 409  # RFC 9110 §15.5.10: the second window of one citizen is no failure of ours


class ConsentUnknownError(StoreConflictError):
    """There is no such consent of this citizen."""

    code = "toestemming-onbekend"


class StoredConsent(msgspec.Struct, frozen=True, kw_only=True):
    """A consent with its receipt, or own access with its record (compact JWS): what nobody else could write in."""

    consent: Consent
    receipt: bytes


class ListState(msgspec.Struct, frozen=True, kw_only=True):
    """One list. ``statuses``: 2 bits a place; ``token``: the newest signed, of ``token_version``, at ``token_at``."""

    number: int
    version: int
    statuses: bytes
    token: bytes
    token_version: int
    token_at: int


class SourceLists(msgspec.Struct, frozen=True, kw_only=True):
    """All lists of one source, and the ``volgnr`` they stand at."""

    serial: int
    lists: tuple[ListState, ...]


class ConsentStore(Protocol):
    """See the module. Times are seconds since 1970, UTC."""

    async def citizen_of(self, bsn: str) -> str:
        """The id of this citizen, made when there was none."""
        ...

    async def bsn_of(self, citizen: str) -> str:
        """The BSN, in memory only. Raises: ``ConsentUnknownError``."""
        ...

    async def keep_pending(self, name: str, content: bytes, *, expires_at: int, now: int) -> None:
        """``name``: 256 random bits; kept as SHA-256."""
        ...

    async def load_pending(self, name: str, *, now: int) -> bytes | None:
        """The content; it stays."""
        ...

    async def record(
        self, name: str, stored: StoredConsent, sources: Mapping[str, str], *, code: NewCode, now: int
    ) -> None:
        """``sources``: ``iss`` to OIN. Raises: ``AlreadyDecidedError``."""
        ...

    async def refuse(self, name: str, *, now: int) -> None:
        """Raises: ``AlreadyDecidedError``."""
        ...

    async def change(self, consent: str, change: Change, *, citizen: str = "") -> Consent:
        """Raises: ``ConsentUnknownError`` (also for another citizen's), ``TransitionRefusedError``."""
        ...

    async def load(self, consent: str) -> StoredConsent | None:
        """The consent as it stands."""
        ...

    async def of_citizen(self, citizen: str) -> Sequence[StoredConsent]:
        """All of one citizen, newest first."""
        ...

    async def place(self, consent: str, source: str) -> StatusRef | None:
        """Where the status of this consent stands for the source with this OIN."""
        ...

    async def note_mint(self, consent: str, source: str, *, at: int) -> None:
        """A token for ``source`` (``iss``) was minted."""
        ...

    async def mints(self, consent: str) -> Mapping[str, int]:
        """The last mint by source (``iss``)."""
        ...

    async def lists(self, source: str) -> SourceLists:
        """The lists of the source with this OIN."""
        ...

    async def keep_token(self, source: str, signed: ListState) -> None:
        """Keeps the signed list, unless another process kept one for this version that is no older."""
        ...
