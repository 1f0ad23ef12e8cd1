# SPDX-License-Identifier: EUPL-1.2
"""What every register must keep, whoever signs it: the same rules bind the service that publishes and who reads.

1. ``version`` and the places in the status list are positive or zero; addresses have their one spelling;
2. OINs, addresses and places in the status list stand once;
3. names cannot mislead (``names.py``);
4. a participant has at least one role, each once; one that seals has ``waarmerk_sinds``;
5. a key (its thumbprint) stands once in the whole register: one key, one purpose, one owner;
6. hashes have the form of SHA-256; published references the form ``id/version``;
7. a version that ended is one that was published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from blauweknop.core.scheme.errors import RegisterContentError
from blauweknop.core.scheme.names import check_name
from blauweknop.core.scheme.vocabulary import KeyPurpose, check_address, check_hash, check_oin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from blauweknop.core.scheme.document import Index, Participant

_REF: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*/[1-9][0-9]{0,5}", re.ASCII)
MAX_STATUS_INDEX: Final = 2**20


def check_index(index: Index) -> None:
    """Raises ``RegisterContentError`` that names the rule; see the module."""
    # 1.
    if index.version < 1:
        raise RegisterContentError("version is not positive", clause="rule 1")
    for address in (index.iss, index.status_list):
        check_address(address, index.environment)
    for participant in index.participants:
        _check_participant(participant, index.environment)
    # 2, 5.
    _check_unique(index.participants)
    # 6.
    for ref, digest in index.published.all().items():
        if not _REF.fullmatch(ref.partition(":")[2]):
            raise RegisterContentError("a reference is not id/version", clause="rule 6")
        check_hash(digest)
    # 7.
    if not index.ended.keys() <= index.published.all().keys():
        raise RegisterContentError("a version ended that was never published", clause="rule 7")


def _check_unique(participants: tuple[Participant, ...]) -> None:
    # 2.
    _check_once("OIN", (one.oin for one in participants))
    _check_once("iss", (one.iss for one in participants))
    _check_once("place in the status list", (str(one.status) for one in participants))
    # 5.
    _check_once("key", (text for one in participants for texts in one.keys.values() for text in texts))


def _check_participant(participant: Participant, environment: str) -> None:
    check_oin(participant.oin)
    check_address(participant.iss, environment)
    check_hash(participant.detail)
    if not 0 <= participant.status < MAX_STATUS_INDEX:
        raise RegisterContentError("a place in the status list is out of range", clause="rule 1")
    # 3.
    check_name(participant.name)
    # 4.
    if not participant.roles:
        raise RegisterContentError("a participant has no role", clause="rule 4")
    _check_once("role", participant.roles)
    if (KeyPurpose.SEAL in participant.keys) and participant.seals_since is None:
        raise RegisterContentError("a participant seals, and waarmerk_sinds is not there", clause="rule 4")
    for prints in participant.keys.values():
        for text in prints:
            check_hash(text)


def _check_once(what: str, values: Iterable[str]) -> None:
    seen = set()
    for value in values:
        if value in seen:
            raise RegisterContentError(f"a {what} stands twice", clause="rules 2, 4 and 5")
        seen.add(value)
