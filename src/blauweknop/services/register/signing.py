# SPDX-License-Identifier: EUPL-1.2
"""What the register signs: itself, the status list of participants and its stand, marks.

``publish`` runs inside one write transaction: read the state, hold it to the rules every reader holds it to, take the
next version, sign, store. A crash leaves the version before or the new one whole. It is signed anew when something
changed and at least every hour; nothing is signed that a reader would refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from blauweknop.adapters.store.participants.contract import Publication
from blauweknop.core.scheme.document import LIFETIME, Index, Published, issue_register
from blauweknop.core.scheme.freshness import LIFETIME as STATUS_LIFETIME
from blauweknop.core.scheme.freshness import TTL
from blauweknop.core.scheme.index_rules import check_index
from blauweknop.core.scheme.participation import ENDED, SUSPENDED
from blauweknop.core.scheme.publication import check_versions_kept, publish_catalogue
from blauweknop.core.scheme.registration import KeyState, Placing, make_detail, make_entry
from blauweknop.core.scheme.vocabulary import Stage
from blauweknop.core.status.stand import RegisterSeen, Stand, issue_stand
from blauweknop.core.status.status_list import StatusList
from blauweknop.core.status.token import StatusListTimes, issue_status_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from blauweknop.adapters.store.participants.contract import RegisterState, StoredKey, StoredParticipant
    from blauweknop.core.scheme.document import Participant
    from blauweknop.services.register.parts import RegisterParts

RESIGN_SECONDS: Final = 3600
STATUS_LIST_SIZE: Final = 2**16
STAND_SECONDS: Final = 60
_BITS: Final = {Stage.SUSPENDED: SUSPENDED, Stage.ENDED: ENDED, Stage.APPLIED: 3}


def publish(parts: RegisterParts, state: RegisterState) -> Publication:
    """Signs the register as it is now. Raises: ``PublicationRefusedError``, ``RegisterContentError``."""
    newest = state.newest()
    now = max(parts.now(), newest.issued_at if newest else 0)
    version = newest.version + 1 if newest else 1
    index = make_index(parts, state, version=version, now=now)
    token = issue_register(index, parts.keys.register)
    publication = Publication(version=version, issued_at=now, change=state.last_change(), token=token)
    state.save_publication(publication)
    return publication


def make_index(parts: RegisterParts, state: RegisterState, *, version: int, now: int) -> Index:
    """The index of the state, checked; its details are kept in the state."""
    index = Index(
        iss=parts.iss,
        environment=parts.environment,
        version=version,
        iat=now,
        exp=now + LIFETIME,
        status_list=parts.status_uri,
        participants=_entries(state),
        published=_publish_catalogue(parts, state),
        ended=dict(state.ended()),
    )
    check_index(index)
    return index


def needs_signing(parts: RegisterParts, newest: Publication | None, last_change: int) -> bool:
    """Whether the newest signing is not of the newest state, or more than an hour old."""
    return newest is None or newest.change != last_change or parts.now() - newest.issued_at >= RESIGN_SECONDS


async def current_register(parts: RegisterParts) -> Publication:
    """The newest register; signs it first where that is due."""
    newest, last = await parts.store.read(lambda state: (state.newest(), state.last_change()))
    if newest is None or needs_signing(parts, newest, last):
        return await parts.store.transact(lambda state: _publish_if_due(parts, state))
    return newest


def _publish_if_due(parts: RegisterParts, state: RegisterState) -> Publication:
    # Asked again inside the transaction: of two callers at once, one signs and the other finds it done.
    newest = state.newest()
    if newest is None or needs_signing(parts, newest, state.last_change()):
        return publish(parts, state)
    return newest


def _entries(state: RegisterState) -> tuple[Participant, ...]:
    keys = {key.thumbprint: key for key in state.all_keys()}
    entries = []
    for stored in state.participants():
        states = {print_: key_state(keys[print_]) for print_ in (key.thumbprint for key in stored.registration.keys)}
        detail = make_detail(stored.registration, states)
        placing = Placing(stage=stored.stage, since=stored.since, status=stored.status)
        entry, data = make_entry(stored.registration, placing, detail)
        state.save_detail(entry.detail, data)
        entries.append(entry)
    return tuple(entries)


def key_state(key: StoredKey) -> KeyState:
    """What the register adds to a key."""
    return KeyState(status=key.status, compromised_at=key.compromised_at)


def _publish_catalogue(parts: RegisterParts, state: RegisterState) -> Published:
    published, details = publish_catalogue(parts.catalogue)
    check_versions_kept(state.published(), published.all())
    for ref, digest in published.all().items():
        state.publish_entry(ref, digest)
        state.save_detail(digest, details[digest])
    return published


def make_status_list(participants: Sequence[StoredParticipant], keys: Sequence[StoredKey]) -> StatusList:
    """The bits: suspended 2, ended 1, not admitted 3, a compromised key 1; the rest 0."""
    statuses = StatusList(STATUS_LIST_SIZE)
    for participant in participants:
        statuses.set(participant.status, _BITS.get(participant.stage, 0))
    for key in keys:
        statuses.set(key.status, ENDED if key.compromised_at is not None else 0)
    return statuses


async def sign_status_list(parts: RegisterParts) -> bytes:
    """The status list of participants as it is in the store at this moment."""
    participants, keys, serial = await parts.store.read(
        lambda state: (state.participants(), state.all_keys(), state.last_change())
    )
    now = parts.now()
    return issue_status_list(
        make_status_list(participants, keys),
        uri=parts.status_uri,
        times=StatusListTimes(now, now + STATUS_LIFETIME, TTL),
        signer=parts.keys.status,
        serial=serial,
    )


async def sign_stand(parts: RegisterParts) -> bytes:
    """The stand: the newest ``volgnr``, from a read begun after it was asked.

    It names no hash of the list, which is signed afresh each time: the list's own ``volgnr`` says how new it is.
    """
    serial = await parts.store.read(lambda state: state.last_change())
    now = parts.now()
    stand = Stand(
        iss=parts.iss,
        sub=parts.oin,
        iat=now,
        exp=now + STAND_SECONDS,
        serial=serial,
        lists={},
        register_seen=RegisterSeen(serial, now),
    )
    return issue_stand(stand, parts.keys.status)
