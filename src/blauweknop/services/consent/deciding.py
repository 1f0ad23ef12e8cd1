# SPDX-License-Identifier: EUPL-1.2
"""From the form of the consent page to a consent that stands, or to nothing at all (system.md 3.1, 3.6).

1. the form is one that this page can have sent, of this session
2. no: the request is gone, the client is told ``access_denied``
3. may this citizen decide? Only the reason is ever kept, and that in no store
4. what was chosen narrows what was asked
5. the consent, its receipt with the exact text, and the code are stored in one transaction that takes the request away
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.adapters.clock import AMSTERDAM, amsterdam_day
from blauweknop.adapters.store.consents.contract import StoredConsent
from blauweknop.core.consent.capacity import decide_capacity
from blauweknop.core.consent.consent import Consent
from blauweknop.core.consent.pairwise import pairwise_sub
from blauweknop.core.consent.receipt import issue_receipt
from blauweknop.core.consent.recording import ConsentServiceName, ShownText, make_receipt
from blauweknop.core.consent.request import Choice, chosen_lines
from blauweknop.core.oauth.model import Granted
from blauweknop.core.wire.base64url import b64url_encode

if TYPE_CHECKING:
    from blauweknop.core.consent.capacity import CapacityReason
    from blauweknop.core.consent.line import Line, LineType
    from blauweknop.core.consent.request import ConsentRequest
    from blauweknop.endpoints.authorization.browser import CodeAnswers
    from blauweknop.endpoints.pages.forms import Form
    from blauweknop.endpoints.pages.session import Session
    from blauweknop.services.consent.asking import Pending
    from blauweknop.services.consent.parts import ConsentParts

SET: Final = "set"
ELEMENT: Final = "element"
LAST_DAY: Final = "geldig_tot"
DECISION: Final = "besluit"
EXPLICIT: Final = "uitdrukkelijk"
_ID_BYTES: Final = 16


class Deciding:
    """Decides on one request in the name of the citizen who is logged in."""

    def __init__(self, parts: ConsentParts, answers: CodeAnswers) -> None:
        """``answers``: of the authorization server."""
        self._parts, self._answers = parts, answers

    async def refuse(self, name: str, pending: Pending) -> str:
        """No: returns where the browser goes. Raises: ``AlreadyDecidedError``."""
        await self._parts.store.refuse(name, now=self._parts.now())
        return self._answers.refusal(pending.pushed)

    async def may_decide(self, session: Session, view: ConsentRequest) -> CapacityReason | None:
        """Why this citizen may not consent to this service, or None."""
        return decide_capacity(await self._parts.capacity.ask(session.subject), view.profile.touches)

    async def record(
        self, name: str, pending: Pending, view: ConsentRequest, *, form: Form, session: Session, shown: ShownText
    ) -> str:
        """Yes: returns where the browser goes; empty when nothing of the request was chosen.

        Raises: ``ChoiceRefusedError``, ``AlreadyDecidedError``.
        """
        choice = read_choice(form, view)
        lines = chosen_lines(view, choice, today=amsterdam_day(self._parts.clock))
        if not lines:
            return ""
        lines = tuple(
            msgspec.structs.replace(line, regel=b64url_encode(self._parts.random(_ID_BYTES))) for line in lines
        )
        consent = await self._consent(pending, lines=lines, session=session)
        receipt = make_receipt(
            consent,
            view,
            shown=shown,
            service=ConsentServiceName(
                iss=self._parts.iss,
                oin=self._parts.oin,
                name=self._parts.name.nl,
                environment=self._parts.environment,
            ),
            sub=pairwise_sub(self._parts.keys.sub, consent.client_oin, consent.citizen),
            catalogue=self._parts.catalogue,
        )
        stored = StoredConsent(consent=consent, receipt=issue_receipt(receipt, self._parts.keys.receipt))
        prepared = self._answers.prepare(pending.pushed, Granted(grant_id=consent.id, lines=lines))
        sources = {one.iss: one.oin for one in view.sources if one.iss in consent.sources}
        await self._parts.store.record(name, stored, sources, code=prepared.code, now=self._parts.now())
        return prepared.address

    async def _consent(self, pending: Pending, *, lines: tuple[Line, ...], session: Session) -> Consent:
        return await given_now(self._parts, pending, session, kind="gegevensset", lines=lines)


async def given_now(
    parts: ConsentParts, pending: Pending, session: Session, *, kind: LineType, lines: tuple[Line, ...]
) -> Consent:
    """What this citizen gives now: consent or own access, until the end of its last line."""
    now = parts.now()
    return Consent(
        id=b64url_encode(parts.random(_ID_BYTES)),
        kind=kind,
        citizen=await parts.store.citizen_of(session.subject),
        client=pending.pushed.client_id,
        client_oin=pending.client_oin,
        lines=lines,
        acr=session.assurance,
        given_at=now,
        until=first_second_after(max(line.geldig_tot for line in lines)),
        since=now,
    )


def read_choice(form: Form, view: ConsentRequest) -> Choice:
    """What was chosen. An element field is ``<number of the set>:<path>``; what is no number offers nothing."""
    ticked: dict[int, set[str]] = {}
    for field in form.many(ELEMENT):
        number, _, path = field.partition(":")
        ticked.setdefault(_number(number), set()).add(path)
    return Choice(
        sets=frozenset(_number(text) for text in form.many(SET)),
        ticked={number: frozenset(paths) for number, paths in ticked.items()},
        last_day=form.one(LAST_DAY) or view.last_day,
    )


def first_second_after(day: str) -> int:
    """The first second after ``day`` (``JJJJ-MM-DD``) in Amsterdam, seconds since 1970."""
    following = date.fromisoformat(day) + timedelta(days=1)
    return int(datetime.combine(following, time(), AMSTERDAM).astimezone(UTC).timestamp())


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1  # noqa: PLR2004
