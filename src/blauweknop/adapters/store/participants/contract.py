# SPDX-License-Identifier: EUPL-1.2
"""The state of the register: participants, their keys, what was decided, what was published.

- Everything runs in one write transaction: a caller gives ``transact`` a function over ``RegisterState``, and what it
  did is durable, or undone as a whole, when ``transact`` returns. Concurrent callers, also of another process, take
  turns; nobody retries inside.
- Nothing is ever deleted; the change log only grows, each row carrying the hash of the one before; a key keeps its
  owner, purpose and place; what was published for good does not change. The database itself refuses otherwise.
- ``number`` of a change is the ``volgnr`` of the status list; versions of the register only grow. A restored backup
  therefore shows lower numbers than readers have seen, and they refuse it until ``raise_numbers`` lifts it above them.
- What is not there gives None, or an empty sequence.

Trust: whoever changes this store decides who is admitted at the next signing, and the broken chain of the change log
shows it to whoever compares it with a copy; whoever steals it learns nothing that is not published, but the names of
accounts and proposals under way. Signing keys do not lie here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from blauweknop.core.scheme.registration import Registration
    from blauweknop.core.scheme.stages import Act
    from blauweknop.core.scheme.vocabulary import KeyPurpose, Stage

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredParticipant:
    """``status``: place in the status list; ``mark_until``: end of the certification, 0 where there is none."""

    registration: Registration
    stage: Stage
    since: int
    status: int
    mark_until: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredKey:
    """A key that stands, or once stood, in the register."""

    thumbprint: str
    oin: str
    purpose: KeyPurpose
    kid: str
    status: int
    compromised_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One line of the change log. ``content``: canonical JSON; ``signature``: the signed decision(s), or empty."""

    at: int
    account: str
    act: str
    oin: str
    content: str
    signature: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A decision that waits for a second person."""

    id: str
    at: int
    account: str
    act: Act
    oin: str
    content: str
    signature: str
    approved: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """The newest signing. ``change``: the last change that is in it."""

    version: int
    issued_at: int
    change: int
    token: bytes


class RegisterState(Protocol):
    """What runs inside one transaction."""

    def participants(self) -> Sequence[StoredParticipant]:
        """All, in order of OIN."""
        ...

    def participant(self, oin: str) -> StoredParticipant | None:
        """One."""
        ...

    def save_participant(self, participant: StoredParticipant) -> None:
        """Adds it, or changes all but its OIN and place. Raises: ``StoreConflictError`` (an ``iss`` of another)."""
        ...

    def all_keys(self) -> Sequence[StoredKey]:
        """All keys that ever stood here, in order of thumbprint."""
        ...

    def add_key(self, key: StoredKey) -> None:
        """Adds a key. Raises: ``StoreConflictError`` when it stands here already."""
        ...

    def mark_compromised(self, thumbprint: str, at: int) -> None:
        """Sets mark T, or moves it to an earlier time. Raises: ``StoreConflictError`` for a later one."""
        ...

    def append(self, change: Change) -> int:
        """Appends to the change log; gives its number."""
        ...

    def changes(self, *, after: int = 0, limit: int = 1000) -> Sequence[Change]:
        """Lines of the change log in order."""
        ...

    def last_change(self) -> int:
        """The highest number, 0 at first."""
        ...

    def raise_numbers(self, above: int, change: Change) -> None:
        """Appends ``change`` under a number above ``above``; the next version is above it too."""
        ...

    def account(self, name: str) -> str | None:
        """The JWK (JSON) of an account."""
        ...

    def add_account(self, name: str, jwk: str) -> None:
        """Adds an account. Raises: ``StoreConflictError`` when the name is taken."""
        ...

    def proposal(self, proposal_id: str) -> Proposal | None:
        """One proposal."""
        ...

    def proposals(self) -> Sequence[Proposal]:
        """Those that wait, oldest first."""
        ...

    def add_proposal(self, proposal: Proposal) -> None:
        """Adds a proposal."""
        ...

    def close_proposal(self, proposal_id: str) -> None:
        """Marks it as approved."""
        ...

    def published(self) -> Mapping[str, str]:
        """Everything published for good: SHA-256 by ``kind:id/version``."""
        ...

    def publish_entry(self, ref: str, sha256: str) -> None:
        """Publishes an entry for good; the same again changes nothing. Raises: ``StoreConflictError``."""
        ...

    def ended(self) -> Mapping[str, int]:
        """Published versions that may not be used any more, and from when on."""
        ...

    def end_entry(self, ref: str, since: int) -> None:
        """Ends a published version for good. Raises: ``StoreConflictError``: never published, or ended already."""
        ...

    def save_detail(self, sha256: str, data: bytes) -> None:
        """Keeps a detail under its hash."""
        ...

    def detail(self, sha256: str) -> bytes | None:
        """A detail."""
        ...

    def newest(self) -> Publication | None:
        """The newest signing."""
        ...

    def save_publication(self, publication: Publication) -> None:
        """Makes it the newest. Raises: ``StoreConflictError`` for a version that was used."""
        ...


class RegisterStore(Protocol):
    """See the module. Every method raises ``StoreFailedError`` and its kinds."""

    async def transact(self, work: Callable[[RegisterState], T]) -> T:
        """Runs ``work`` in the next write transaction; what it raises undoes all of it."""
        ...

    async def read(self, work: Callable[[RegisterState], T]) -> T:
        """Runs ``work`` on one snapshot; it may only read."""
        ...

    async def close(self) -> None:
        """Finishes what was asked, then closes."""
        ...
