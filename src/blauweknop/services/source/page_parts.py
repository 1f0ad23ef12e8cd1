# SPDX-License-Identifier: EUPL-1.2
"""What the page of a source is made of; whoever starts it brings the parts (``parts.py``, or a test)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, get_args

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from blauweknop.adapters.clock import Clock
    from blauweknop.adapters.login.relying_party import RelyingParty
    from blauweknop.adapters.store.sessions.contract import LoginAttemptStore, SessionStore
    from blauweknop.core.dataset.catalogue import Catalogue
    from blauweknop.core.dataset.definition import DataSetDefinition, Text
    from blauweknop.core.delivery.decide import OfferedSet, Person
    from blauweknop.core.delivery.model import Grant, Refusal
    from blauweknop.endpoints.controleer.page import Checking
    from blauweknop.endpoints.pages.site import ContactWays
    from blauweknop.services.source.pipeline import Delivery, Look

FileForm = Literal["pdf-nl", "pdf-en", "sd-jwt", "json", "code"]
FILE_FORMS: Final[tuple[FileForm, ...]] = get_args(FileForm)


class Door(Protocol):
    """The delivery pipeline, as the page uses it (``pipeline.py``)."""

    async def look(self, grant: Grant, person: Person) -> Look | Refusal:
        """The values for the screen."""
        ...

    async def deliver(self, grant: Grant, person: Person) -> Delivery | Refusal:
        """A sealed set, logged before this returns."""
        ...

    async def sent(self, delivery: Delivery) -> None:
        """The last byte of the delivery was handed over."""
        ...


class FileMaker(Protocol):
    """Makes the file a citizen takes along."""

    async def __call__(self, delivery: Delivery, form: FileForm) -> bytes:
        """The bytes of the file."""
        ...


@dataclass(frozen=True, kw_only=True)
class PageParts:
    """``iss``: public address of this source, without a trailing slash; ``status_list``: a signed list by number.

    ``type_metadata``: SD-JWT VC type metadata by data set.

    ``closing``: called at the end.
    ``checking``: what ``/controleer`` goes by.
    ``deliveries``: ``POST /v1/leveringen``, where Plus or Centraal is on.
    ``contact``: how a citizen reaches the organisation.
    """

    name: Text
    oin: str
    iss: str
    slug: str
    environment: Literal["test", "productie"]
    catalogue: Catalogue
    offered: Mapping[str, OfferedSet]
    door: Door
    files: FileMaker
    session_store: SessionStore
    attempt_store: LoginAttemptStore
    login: RelyingParty
    status_list: Callable[[int], Awaitable[bytes | None]]
    healthy: Callable[[], Awaitable[bool]]
    clock: Clock
    random: Callable[[int], bytes]
    scheme_url: str
    type_metadata: Mapping[str, bytes]
    checking: Checking
    contact: ContactWays
    closing: tuple[Callable[[], Awaitable[None]], ...] = ()
    deliveries: Callable[[Request], Awaitable[Response]] | None = None

    def now(self) -> int:
        """Seconds since 1970, UTC."""
        return self.clock.now_ns() // 1_000_000_000

    @property
    def open_sets(self) -> tuple[DataSetDefinition, ...]:
        """The definitions of the data sets that are turned on, in the order of the configuration."""
        return tuple(self.catalogue.definitions[ref] for ref, offered in self.offered.items() if offered.on)
