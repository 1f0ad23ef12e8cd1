# SPDX-License-Identifier: EUPL-1.2
"""Opens own access for an app, for an hour at most, and ends it (system.md 3; BK029: it is no consent).

1. the lines are those that the app asked: they are the citizen's own data, and there is no service that caps them.
   A service that the app named chose lines, and ends here: no set may say that it was made for one
2. it ends an hour after the citizen went on, or with the last day that the app asked, whichever is first
3. own access, its signed record and the code are stored in one transaction that takes the request away

Logging out ends what was opened since that login, whichever app has it: so nothing goes on behind a citizen who left.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from blauweknop.adapters.clock import amsterdam_day_at
from blauweknop.adapters.store.consents.contract import StoredConsent
from blauweknop.core.consent.consent import FINAL, Change, ChangeReason, Consent, Party, State, TransitionRefusedError
from blauweknop.core.consent.own_access import issue_own_access, make_own_access
from blauweknop.core.consent.pairwise import pairwise_sub
from blauweknop.core.oauth.model import OWN_ACCESS_SECONDS, Granted
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.services.consent.deciding import given_now

if TYPE_CHECKING:
    from blauweknop.core.consent.line import Line
    from blauweknop.core.consent.own_access import OwnAccessRequest
    from blauweknop.endpoints.authorization.browser import CodeAnswers
    from blauweknop.endpoints.pages.session import Session
    from blauweknop.services.consent.asking import Pending
    from blauweknop.services.consent.parts import ConsentParts

_ID_BYTES = 16


class Opening:
    """Own access in the name of the citizen who is logged in."""

    def __init__(self, parts: ConsentParts, answers: CodeAnswers) -> None:
        """``answers``: of the authorization server."""
        self._parts, self._answers = parts, answers

    async def open(self, name: str, pending: Pending, view: OwnAccessRequest, session: Session) -> str:
        """The citizen goes on: returns where the browser goes. Raises: ``AlreadyDecidedError``."""
        given = await self._given(pending, session)
        record = make_own_access(
            given,
            iss=self._parts.iss,
            environment=self._parts.environment,
            sub=pairwise_sub(self._parts.keys.sub, given.client_oin, given.citizen),
        )
        stored = StoredConsent(consent=given, receipt=issue_own_access(record, self._parts.keys.receipt))
        prepared = self._answers.prepare(pending.pushed, Granted(grant_id=given.id, lines=given.lines))
        sources = {one.iss: one.oin for one in view.sources}
        await self._parts.store.record(name, stored, sources, code=prepared.code, now=given.given_at)
        return prepared.address

    async def end_since_login(self, session: Session) -> None:
        """Ends what this citizen opened since ``session`` began."""
        citizen = await self._parts.store.citizen_of(session.subject)
        for stored in await self._parts.store.of_citizen(citizen):
            one = stored.consent
            if one.kind != "eigen_inzage" or one.given_at < session.started_at or one.state in FINAL:
                continue
            change = Change(to=State.WITHDRAWN, by=Party.CITIZEN, reason=ChangeReason.STOP, at=self._parts.now())
            with contextlib.suppress(TransitionRefusedError):  # it ended meanwhile
                await self._parts.store.change(one.id, change, citizen=citizen)

    async def _given(self, pending: Pending, session: Session) -> Consent:
        now = self._parts.now()
        last_day = amsterdam_day_at(now + OWN_ACCESS_SECONDS - 1)
        lines = tuple(self._line(line, last_day) for line in pending.pushed.lines)
        access = await given_now(self._parts, pending, session, kind="eigen_inzage", lines=lines)
        return msgspec.structs.replace(access, until=min(access.given_at + OWN_ACCESS_SECONDS, access.until))

    def _line(self, line: Line, last_day: str) -> Line:
        rule = b64url_encode(self._parts.random(_ID_BYTES))
        return msgspec.structs.replace(
            line, dienst="", regel=rule, geldig_tot=min(line.geldig_tot or last_day, last_day)
        )
