# SPDX-License-Identifier: EUPL-1.2
"""What is sealed at which door (system.md 4).

- at the session door a set to be shown later: its own status, the second it was made;
- to a requester or app: for whom, for what, until when to keep, always visible; no status and no key, which could be
  compared with another's; made to the minute.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from blauweknop.core.consent.cap import add_duration
from blauweknop.core.seal.content import SetContent, StatusRef
from blauweknop.core.seal.issue import issue_set

if TYPE_CHECKING:
    from blauweknop.adapters.store.log.contract import SealIndex
    from blauweknop.core.delivery.model import Grant
    from blauweknop.core.seal.sealed import SealedSet
    from blauweknop.services.source.parts import Parts
    from blauweknop.services.source.pipeline import Look

_MINUTE = 60


def issue_time(grant: Grant, now: int) -> int:
    """When the set says it was made, seconds since 1970."""
    return now if grant.door == "basis" else now - now % _MINUTE


def visible_of(grant: Grant, day: str) -> dict[str, str]:
    """The members that stay visible. ``day``: the date in Amsterdam, from which ``bewaren_tot`` is counted."""
    if grant.door == "basis":
        return {}
    visible = {"ontvanger": grant.recipient, "dienst": grant.service}
    if grant.retention:
        visible["bewaren_tot"] = add_duration(day, grant.retention)
    return {name: text for name, text in visible.items() if text}


def seal(
    parts: Parts, look: Look, *, delivery: str, index: SealIndex | None, issued_at: int, visible: dict[str, str]
) -> SealedSet:
    """The set of ``look``, sealed under delivery id ``delivery``."""
    status = None
    if index is not None:
        status = StatusRef(uri=f"{parts.iss}/status/zegels/{index.number}", idx=index.index)
    content = SetContent(
        definition=look.definition,
        iss=parts.iss,
        scheme_url=parts.scheme_url,
        integrity=parts.integrity[look.definition.ref],
        issued_at=issued_at,
        environment=parts.environment,
        delivery=delivery,
        rows=look.rows,
        missing=look.missing,
        status=status,
        visible=visible,
    )
    return issue_set(content, signer=parts.seal_signer, random=secrets.token_bytes)
