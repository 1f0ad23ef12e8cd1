# SPDX-License-Identifier: EUPL-1.2
"""Asks RvIG and Rechtspraak whether somebody may decide (system.md 3.6): by law, for no service, kept nowhere.

The consent service mints itself a token of type ``bekwaamheid`` for each of the two sources and fetches like any other
caller. Which sources those are, the register says: those that offer ``bekwaamheid/1``; the one that answers
``minderjarig`` is the population register. What does not come within five seconds is silence, and silence is no answer.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, Any, Final

from cryptography.hazmat.primitives.asymmetric import ec

from blauweknop.adapters.http.client import CallFailedError, HttpCaller
from blauweknop.core.consent.capacity import (
    ANSWER_SECONDS,
    CAPACITY_SET,
    CapacityAnswers,
    CourtAnswer,
    NoAnswer,
    PopulationAnswer,
)
from blauweknop.core.consent.line import FETCH, Line
from blauweknop.core.oauth.access_token import TokenOrder, capacity_token, issue_access_token
from blauweknop.core.oauth.client_side import ProofKey
from blauweknop.core.oauth.model import Identity
from blauweknop.core.scheme.participation import running_keys
from blauweknop.core.scheme.seals import seal_trust
from blauweknop.core.scheme.vocabulary import KeyPurpose
from blauweknop.core.seal.sealed import parse_sealed_set
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import BlauweKnopError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.scheme.contract import RegisterReader
    from blauweknop.core.dataset.value import Row
    from blauweknop.core.scheme.detail import RegisteredKey
    from blauweknop.core.scheme.register import VerifiedRegister
    from blauweknop.core.wire.keys import P256Signer

POPULATION: Final = ("minderjarig", "onder_curatele")
COURT: Final = ("onder_curatele", "onder_bewind", "onder_mentorschap")
_NS: Final = 1_000_000_000
_REFUSED: Final = frozenset({403})
_UNKNOWN: Final = "persoon-onbekend"
_RULE: Final = "bekwaamheid"


class CapacityDesk:
    """``CapacityQuestion`` over the register and the sources' own doors."""

    def __init__(  # noqa: PLR0913 - one keyword for each key and clock that a request takes
        self,
        register: RegisterReader,
        *,
        iss: str,
        environment: str,
        token: P256Signer,
        dpop: P256Signer,
        clock: Clock,
        random: Callable[[int], bytes],
        population: str,
        court: str,
    ) -> None:
        """``population`` and ``court``: OINs of RvIG and Rechtspraak; ``dpop``: this service's own key for proofs."""
        self._register, self._iss, self._environment = register, iss, environment
        self._token, self._proof = token, ProofKey(dpop, dpop.public_key)
        self._clock, self._random = clock, random
        self._population, self._court = population, court

    async def ask(self, bsn: str) -> CapacityAnswers:
        """See ``CapacityQuestion.ask``."""
        population, court = await asyncio.gather(
            self._row(self._population, POPULATION, bsn), self._row(self._court, COURT, bsn)
        )
        return CapacityAnswers(population=_population(population), court=_court(court))

    async def _row(self, oin: str, elements: tuple[str, ...], bsn: str) -> Row | NoAnswer:
        with contextlib.suppress(TimeoutError, BlauweKnopError):
            async with asyncio.timeout(ANSWER_SECONDS):
                return await self._fetch(oin, elements, bsn)
        return NoAnswer.SILENT

    async def _fetch(self, oin: str, elements: tuple[str, ...], bsn: str) -> Row | NoAnswer:
        register = await self._register.with_details(oin)
        listed = (await self._register.newest()).listed
        detail = register.detail(oin)
        keys = running_keys(detail, KeyPurpose.ENCRYPTION, listed, at=self._clock.now_ns() // _NS)
        if not keys:
            return NoAnswer.SILENT  # nothing that this source alone could open
        line = Line(
            type="bekwaamheid",
            locations=(detail.iss,),
            datatypes=(CAPACITY_SET,),
            actions=(FETCH,),
            elementen=elements,
            regel=_RULE,
        )
        token = self._mint(line, keys[0], bsn)
        caller = HttpCaller(detail.iss)
        try:
            answer = await self._post(caller, detail.iss, token)
        finally:
            await caller.close()
        said = parse_object(answer.body)
        if answer.status in _REFUSED:
            return NoAnswer.UNKNOWN if said.get("reden") == _UNKNOWN else NoAnswer.SILENT
        return self._verified(register, said)

    def _mint(self, line: Line, key: RegisteredKey, bsn: str) -> bytes:
        now = self._clock.now_ns() // _NS
        public = key.public_key
        assert isinstance(public, ec.EllipticCurvePublicKey)
        order = TokenOrder(
            issuer=self._iss,
            environment=self._environment,
            client_id=self._iss,
            grant_id="",
            jkt=self._proof.signer.kid,
            jti=b64url_encode(self._random(16)),
            at=now,
        )
        identity = Identity(person={"bsn": bsn}, key=public, kid=key.kid)
        claims = capacity_token(order, line, identity, random=self._random)
        return issue_access_token(claims, self._token).encode("ascii")

    async def _post(self, caller: HttpCaller, iss: str, token: bytes) -> Any:
        proof = self._proof.prove(
            "POST",
            f"{iss}/v1/leveringen",
            jti=b64url_encode(self._random(16)),
            at=self._clock.now_ns() // _NS,
            access_token=token,
        )
        headers = {
            "authorization": f"DPoP {token.decode('ascii')}",
            "dpop": proof,
            "content-type": "application/json",
            "idempotency-key": b64url_encode(self._random(16)),
        }
        body = encode({"regel": _RULE})
        try:
            return await caller.call(
                "POST", "/v1/leveringen", timeout=ANSWER_SECONDS, headers=headers, body=body, accept=_REFUSED
            )
        except CallFailedError as error:
            raise error from None

    def _verified(self, register: VerifiedRegister, said: Mapping[str, Any]) -> Row | NoAnswer:
        now = self._clock.now_ns() // _NS
        trust = seal_trust(register, anchors=(), sealed_at=now)
        verified = parse_sealed_set(str(said.get("set", "")).encode("ascii")).verify(trust, at=now)
        mine = verified.visible.get("ontvanger") == register.by_iss(self._iss).oin
        if not mine or verified.data_set != CAPACITY_SET or len(verified.rows) != 1:
            return NoAnswer.SILENT
        return verified.rows[0]


def _population(row: Row | NoAnswer) -> PopulationAnswer | NoAnswer:
    if isinstance(row, NoAnswer):
        return row
    values = [_yes(row, name) for name in POPULATION]
    return NoAnswer.SILENT if None in values else PopulationAnswer(minor=bool(values[0]), guardianship=bool(values[1]))


def _court(row: Row | NoAnswer) -> CourtAnswer | NoAnswer:
    if isinstance(row, NoAnswer):
        return row
    values = [_yes(row, name) for name in COURT]
    if None in values:
        return NoAnswer.SILENT
    return CourtAnswer(guardianship=bool(values[0]), administration=bool(values[1]), mentorship=bool(values[2]))


def _yes(row: Row, name: str) -> bool | None:
    value = row.get(name)
    return value.waarde if value is not None and isinstance(value.waarde, bool) else None
