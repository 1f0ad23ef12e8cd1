# SPDX-License-Identifier: EUPL-1.2
"""What a requester's developer calls.

::

    async with Requester.from_config("vrager.toml") as bk:
        request = await bk.ask("hypotheek/1")                  # request.url is for the citizen
        ...                                                    # request.state goes into the session of this browser
        consent = await bk.finish(callback_url, state=state)   # what was granted, which may be less
        if await consent.matches(name="K. de Boer", birth_date="1980-02-29"):
            delivery = await consent.collect()                 # verified sets; what did not come, with its reason
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.clock import SystemClock, amsterdam_day
from blauweknop.adapters.config.requester import load_requester_settings
from blauweknop.adapters.config.secret import load_secret_value
from blauweknop.adapters.http.client import HttpCaller
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key, load_bare_signer
from blauweknop.adapters.scheme.configured import configured_register
from blauweknop.adapters.store.asked.sqlite import SqliteAskedStore
from blauweknop.adapters.store.engine.errors import StoreFailedError
from blauweknop.adapters.store.engine.migrate import load_migrations
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.core.consent.asking import EVERYTHING, lines_for
from blauweknop.core.consent.cap import OverAskingError, add_duration
from blauweknop.core.consent.matching import Customer, OtherCustomerError, check_customer
from blauweknop.core.dataset.profile import MATCHING_SET
from blauweknop.core.oauth.callback import CallbackRefusedError, read_callback
from blauweknop.core.oauth.client_side import ProofKey
from blauweknop.core.scheme.vocabulary import TAKING_PART, KeyPurpose, Role
from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import MalformedError
from blauweknop.services.requester.calls import ProvenCalls
from blauweknop.services.requester.collecting import AFTER_THE_END, Collector
from blauweknop.services.requester.consent_server import ConsentServer
from blauweknop.services.requester.errors import ConsentEndedError, CustomerUnmatchedError, MatchingImpossibleError
from blauweknop.services.requester.model import Asked, Delivery, Kept, NotDelivered, Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Mapping, Sequence

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.config.requester import RequesterSettings
    from blauweknop.adapters.scheme.contract import RegisterReader
    from blauweknop.core.consent.line import Line
    from blauweknop.core.dataset.value import Row

_NS: Final = 1_000_000_000
_OPEN: Final = "P31D"  # a citizen may leave a request and come back to it for 30 days
_TRIES: Final = 3
GIVEN_UP: Final = "opgezegd"
PURPOSES: Final = (KeyPurpose.CLIENT, KeyPurpose.DPOP, KeyPurpose.ENCRYPTION)  # of its keys in the register


@dataclass(frozen=True, kw_only=True)
class _Parts:
    back_to: str
    register: RegisterReader
    store: SqliteAskedStore
    server: ConsentServer
    collector: Collector
    clock: Clock


class Requester:
    """Use ``Requester.from_config``."""

    def __init__(self, parts: _Parts) -> None:
        """See ``from_config``."""
        self._parts = parts
        self.catalogue = parts.collector.catalogue

    @classmethod
    @contextlib.asynccontextmanager
    async def from_config(cls, path: str | Path) -> AsyncIterator[Requester]:
        """An open requester, from the file that ``blauweknop.adapters.config.requester`` describes.

        Raises: ``ConfigurationError`` and its kinds, ``StoreFailedError``.
        """
        settings = load_requester_settings(Path(path), environ=os.environ)
        async with contextlib.AsyncExitStack() as stack:
            yield await cls.open(settings, environ=os.environ, clock=SystemClock(), stack=stack)

    @classmethod
    async def open(
        cls,
        settings: RequesterSettings,
        *,
        environ: Mapping[str, str],
        clock: Clock,
        stack: contextlib.AsyncExitStack,
    ) -> Requester:
        """From settings that were read; ``stack`` closes it. Raises: as ``from_config``."""
        return cls(await _open(settings, environ, clock, stack))

    async def ask(
        self,
        service: str,
        *,
        back_to: str = "",
        until: str = "",
        only: Mapping[str, Sequence[str]] = EVERYTHING,
        sources: Collection[str] = (),
    ) -> Request:
        """A request for ``service`` (``id/version``), pushed to the consent service; the citizen has 90 seconds to
        arrive there.

        ``back_to``: a redirect URI of ours; ``until``: ``JJJJ-MM-DD``; ``only``: elements by data set, where not all of
        the profile is wanted; ``sources``: the ``iss`` of those to ask, if not all.

        Raises: ``OverAskingError`` and ``MalformedError`` before anything is sent; ``ConsentServerRefusedError``,
        ``CallFailedError``.
        """
        profile = self.catalogue.profiles.get(service)
        if profile is None:
            raise OverAskingError("dienst")
        offered = {iss: sets for iss, sets in (await self._sources()).items() if not sources or iss in sources}
        lines = lines_for(profile, offered, today=self._today(), until=until, only=only)
        if not lines:
            raise MalformedError("no source has any of what this service asks")
        asked = Asked(verifier=secrets.token_urlsafe(48), back_to=back_to or self._parts.back_to, lines=lines)
        state = secrets.token_urlsafe(24)
        # Kept before it is sent: a crash in between leaves a request that nobody can come back to.
        due = add_duration(self._today(), _OPEN)
        await self._parts.store.save("aanvraag", state, encode(msgspec.to_builtins(asked)), due=due)
        challenge = b64url_encode(hashlib.sha256(asked.verifier.encode()).digest())
        fields = {"redirect_uri": asked.back_to, "state": state, "code_challenge": challenge}
        return Request(await self._parts.server.push(lines, profile, today=self._today(), fields=fields), state)

    async def finish(self, callback_url: str, *, state: str) -> Consent:
        """What was granted. ``callback_url``: as the citizen's browser asked for it; ``state``: that of ``Request``,
        from the session of this same browser. An answer counts once.

        Raises: ``CallbackRefusedError``, ``NotGrantedError``, ``ConsentServerRefusedError``, ``CallFailedError``.
        """
        content = await self._parts.store.load("aanvraag", state)
        if content is None:
            raise CallbackRefusedError("no request of this browser is open")
        asked = msgspec.json.decode(content, type=Asked)
        code = read_callback(callback_url, redirect_uri=asked.back_to, state=state, issuer=self._parts.server.issuer)
        if await self._parts.store.take("aanvraag", state) is None:
            raise CallbackRefusedError("it was answered already")
        tokens = await self._parts.server.exchange(code, redirect_uri=asked.back_to, verifier=asked.verifier)
        if not tokens.lines or not all(_was_asked(line, asked.lines) for line in tokens.lines):
            raise MalformedError("what was granted is not part of what was asked", clause="RFC 9396 §7")
        profile = self.catalogue.profiles[asked.lines[0].dienst]
        kept = Kept(
            grant_id=tokens.grant_id,
            refresh_token=tokens.refresh_token,
            asked=asked.lines,
            granted=tokens.lines,
            unmatched=profile.match_customer,
        )
        await self._keep(kept)
        return Consent(self, kept)

    async def consent(self, grant_id: str) -> Consent:
        """A consent of before. Raises: ``ConsentEndedError``, also where none is known."""
        content = await self._parts.store.load("toestemming", grant_id)
        if content is None:
            raise ConsentEndedError
        kept = msgspec.json.decode(content, type=Kept)
        if kept.ended is not None:
            raise ConsentEndedError(kept.ended)
        return Consent(self, kept)

    async def name_of(self, iss: str) -> str:
        """What the register calls ``iss``. Raises: ``ParticipantUnknownError``, and where no register counts now."""
        return (await self._parts.register.register()).by_iss(iss).name

    async def is_healthy(self) -> bool:
        """Whether the store answers."""
        try:
            await self._parts.store.load("aanvraag", "")
        except StoreFailedError:
            return False
        return True

    async def delete_due(self) -> int:
        """Deletes what may be kept no longer; how many. Call it daily."""
        return await self._parts.store.delete_due(self._today())

    async def _collect(self, kept: Kept) -> Delivery:
        try:
            return await self._parts.collector.collect(kept)
        except ConsentEndedError as error:
            await self._end(kept, error.reason)
            raise

    async def _received(self, kept: Kept) -> Delivery:
        return await self._parts.collector.received(kept)

    async def _give_up(self, kept: Kept) -> None:
        await self._parts.server.give_up(kept.refresh_token)
        await self._end(kept, GIVEN_UP)

    async def _compare(self, kept: Kept, customer: Customer) -> Kept:
        """``kept`` after one comparison. Raises: ``MatchingImpossibleError``, ``ConsentEndedError``."""
        try:
            check_customer(customer, await self._person(kept))
        except OtherCustomerError:
            # Whoever matched before: of this customer it is not.
            kept = msgspec.structs.replace(kept, unmatched=True, tries=kept.tries + 1)
            if kept.tries < _TRIES:
                await self._keep(kept)
                return kept
            await self._parts.server.give_up(kept.refresh_token)
            await self._end(kept, OtherCustomerError.code)
            # Of somebody who is no customer of ours nothing is kept for any term.
            await self._parts.store.delete_deliveries(kept.grant_id)
            raise ConsentEndedError(OtherCustomerError.code) from None
        kept = msgspec.structs.replace(kept, unmatched=False)
        await self._keep(kept)
        return kept

    async def _person(self, kept: Kept) -> Row:
        line = next((one for one in kept.granted if one.data_set == MATCHING_SET), None)
        if line is None:
            raise MatchingImpossibleError("niet-toegestaan")
        try:
            found = await self._parts.collector.one(kept, line)
        except ConsentEndedError as error:
            await self._end(kept, error.reason)
            raise
        if isinstance(found, NotDelivered):
            raise MatchingImpossibleError(found.reason)
        return found.verified.rows[0] if found.verified.rows else {}

    async def _keep(self, kept: Kept) -> None:
        # A consent is forgotten the day after the last of it could be collected.
        due = add_duration(max(line.geldig_tot for line in kept.granted), "P1D")
        await self._parts.store.save("toestemming", kept.grant_id, encode(msgspec.to_builtins(kept)), due=due)

    async def _end(self, kept: Kept, reason: str) -> None:
        await self._keep(msgspec.structs.replace(kept, refresh_token="", ended=reason))
        due = add_duration(self._today(), AFTER_THE_END)
        await self._parts.store.bring_forward(kept.grant_id, due=due)

    async def _sources(self) -> dict[str, tuple[str, ...]]:
        register = await self._parts.register.register()
        oins = [p.oin for p in register.index.participants if Role.SOURCE in p.roles and p.stage in TAKING_PART]
        register = await self._parts.register.with_details(*oins)
        return {register.participant(oin).iss: register.detail(oin).data_sets for oin in oins}

    def _today(self) -> str:
        return amsterdam_day(self._parts.clock)


class Consent:
    """What a citizen granted."""

    def __init__(self, requester: Requester, kept: Kept) -> None:
        """By ``Requester.finish`` and ``Requester.consent``."""
        self._requester = requester
        self._kept = kept

    @property
    def grant_id(self) -> str:
        """To find it back by (``Requester.consent``)."""
        return self._kept.grant_id

    @property
    def granted(self) -> tuple[Line, ...]:
        """The lines granted."""
        return self._kept.granted

    @property
    def not_granted(self) -> tuple[tuple[str, str, str], ...]:
        """(source, data set, element) of what was asked and not granted."""
        given = set(_pieces(self._kept.granted))
        return tuple(each for each in _pieces(self._kept.asked) if each not in given)

    async def matches(self, *, name: str, birth_date: str) -> bool:
        """Whether this consent is of our own customer: fetches who it is of, and compares. After three times no, the
        consent is given up and what was fetched is due for deletion. ``birth_date``: ``JJJJ-MM-DD``.

        Raises: ``MatchingImpossibleError``, ``ConsentEndedError``, ``ConsentWaitsError``, ``MalformedError`` for a
        name or date that nobody has.
        """
        self._kept = await self._requester._compare(self._kept, Customer(name=name, birth_date=birth_date))  # noqa: SLF001
        return not self._kept.unmatched

    async def collect(self) -> Delivery:
        """A delivery of each line granted, from all sources at once; what was collected before in the same period is
        given again from what was kept. What went wrong at one source stands in the delivery.

        Raises: ``CustomerUnmatchedError``, ``ConsentEndedError``, ``ConsentWaitsError``.
        """
        if self._kept.unmatched:
            raise CustomerUnmatchedError(clause="system.md 3.6")
        return await self._requester._collect(self._kept)  # noqa: SLF001

    async def received(self) -> Delivery:
        """What ``collect`` gave in this period, from what was kept alone: nothing is asked of anybody.

        Raises: ``CustomerUnmatchedError``.
        """
        if self._kept.unmatched:
            raise CustomerUnmatchedError(clause="system.md 3.6")
        return await self._requester._received(self._kept)  # noqa: SLF001

    async def give_up(self) -> None:
        """Ends the consent from our side; what was received is due in 30 days. Raises: as ``Requester.ask``."""
        await self._requester._give_up(self._kept)  # noqa: SLF001


async def _open(
    settings: RequesterSettings, environ: Mapping[str, str], clock: Clock, stack: contextlib.AsyncExitStack
) -> _Parts:
    party, scheme = settings.requester, settings.scheme
    folder = Path(party.keys.folder)
    dpop, client = (load_bare_signer(bare_key_path(folder, one), one) for one in (KeyPurpose.DPOP, KeyPurpose.CLIENT))
    secret = load_secret_value(settings.store.secret, environ).reveal().encode()
    migrations = load_migrations("requester")
    engine = await asyncio.to_thread(SqliteEngine.open, Path(settings.store.file), migrations=migrations)
    stack.push_async_callback(engine.close)

    def now() -> int:
        return clock.now_ns() // _NS

    register = configured_register(scheme, environment=party.environment, clock=clock)
    stack.push_async_callback(register.close)
    caller = HttpCaller(scheme.consent_service)
    stack.push_async_callback(caller.close)
    proof = ProofKey(dpop, dpop.public_key)
    calls = ProvenCalls(scheme.consent_service, caller, proof, now=now)
    server = ConsentServer(calls, party.iss, client, now=now)
    store = SqliteAskedStore(engine, secret=secret, random=secrets.token_bytes)
    collector = Collector(
        recipient=party.oin,
        server=server,
        register=register,
        store=store,
        catalogue=load_catalogue(),
        proof=proof,
        opener=load_bare_key(bare_key_path(folder, KeyPurpose.ENCRYPTION), KeyPurpose.ENCRYPTION),
        clock=clock,
    )
    return _Parts(
        back_to=party.back_to,
        register=register,
        store=store,
        server=server,
        collector=collector,
        clock=clock,
    )


def _was_asked(granted: Line, asked: tuple[Line, ...]) -> bool:
    """Whether ``granted`` is a line of ``asked``, or less of it: fewer elements, a nearer end."""
    for line in asked:
        same = msgspec.structs.replace(granted, elementen=line.elementen, geldig_tot=line.geldig_tot, regel=line.regel)
        if same == line:
            return set(granted.elementen) <= set(line.elementen) and granted.geldig_tot <= line.geldig_tot
    return False


def _pieces(lines: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    """(source, data set, element) of every element in ``lines``."""
    return [(line.source, line.data_set, path) for line in lines for path in line.elementen]
