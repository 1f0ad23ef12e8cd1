# SPDX-License-Identifier: EUPL-1.2
"""Pages for a citizen who has logged in: choosing, looking, taking along."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from starlette.background import BackgroundTask
from starlette.responses import Response

from blauweknop.core.wire.base64url import b64url_encode
from blauweknop.endpoints.pages.forms import FormInvalidError
from blauweknop.endpoints.pages.language import chosen_language
from blauweknop.endpoints.pages.showing import Shower
from blauweknop.services.source.choosing import chosen_paths, grant_of, left_out, options_of, period_of
from blauweknop.services.source.handlers import go_to, permitted_delivery, permitted_look
from blauweknop.services.source.page_parts import FILE_FORMS
from blauweknop.services.source.start_pages import SERVICE, StartPages
from blauweknop.texts import load_messages
from blauweknop.texts.spelling import spell_period

if TYPE_CHECKING:
    from starlette.requests import Request

    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.endpoints.pages.session import Session
    from blauweknop.services.source.page_parts import FileForm

KEY_BYTES: Final = 16
_KEY_LENGTH: Final = 22  # 16 bytes in base64url
_ELEMENT, _SET, _FORM, _KEY = "element", "gegevensset", "vorm", "sleutel"
# Media types: SD-JWT VC §3.1, RFC 9901 §8, RFC 8118, RFC 2083.
_FILES: Final[dict[FileForm, tuple[str, str]]] = {
    "pdf-nl": ("pdf", "application/pdf"),
    "pdf-en": ("pdf", "application/pdf"),
    "sd-jwt": ("sd-jwt", "application/dc+sd-jwt"),
    "json": ("json", "application/sd-jwt+json"),
    "code": ("png", "image/png"),
}


class SetPages(StartPages):
    """See the module."""

    async def sets(self, request: Request) -> Response:
        """Which data? Those that the service needs; going straight on where there is only one."""
        session = await self.sessions.find(request)
        needed = [entry for entry in self.parts.open_sets if self._needed(entry, session)]
        return self.personal(
            request,
            "kies-set.html",
            session,
            sets=needed,
            others=[entry for entry in self.parts.open_sets if entry not in needed],
            services=self.services(),
            service=self.parts.catalogue.profiles.get(session.service),
            service_ref=session.service,
        )

    async def change_service(self, request: Request) -> Response:
        """The citizen wants it for something else: choices begin anew."""
        session, form = await self.session_form(request, single=frozenset({SERVICE}))
        await self.sessions.serve(request, session, self.known_service(form.one(SERVICE)))
        return go_to("/kies")

    async def choose(self, request: Request) -> Response:
        """Which elements?"""
        session = await self.sessions.find(request)
        definition = self.definition_at(request)
        return self._choose(request, session, definition)

    async def chosen(self, request: Request) -> Response:
        """Keeps the choice and goes on to the values."""
        session, form = await self.session_form(request, many=frozenset({_ELEMENT}))
        definition = self.definition_at(request)
        paths = chosen_paths(options_of(self.parts, definition, session), form.many(_ELEMENT))
        if not paths:
            return self._choose(request, session, definition, nothing=True)
        await self.sessions.choose(request, session, definition.ref, paths)
        return go_to(f"/bekijk/{definition.ref}")

    async def look(self, request: Request) -> Response:
        """The values on the screen; no file is made."""
        session = await self.sessions.find(request)
        definition = self.definition_at(request)
        paths = session.choices.get(definition.ref)
        if paths is None:
            return go_to(f"/kies/{definition.ref}")
        key = b64url_encode(self.parts.random(KEY_BYTES))
        grant = grant_of(self.parts, definition, service=session.service, paths=paths, key=key)
        looked = permitted_look(await self.parts.door.look(grant, session.person))
        messages = load_messages(chosen_language(request))
        shower = Shower(self.parts.catalogue, definition, messages)
        return self.personal(
            request,
            "bekijk.html",
            session,
            definition=definition,
            records=shower.records(looked.rows),
            missing=shower.missing(looked.missing),
            paths=paths,
            key=key,
            today=self.parts.clock.today(),
        )

    async def download(self, request: Request) -> Response:
        """Seals what was on the screen and hands it over in the form asked. The same page asked twice is a repeat."""
        session, form = await self.session_form(
            request, single=frozenset({_SET, _FORM, _KEY}), many=frozenset({_ELEMENT})
        )
        definition = self._form_definition(form.one(_SET))
        file_form = next((known for known in FILE_FORMS if known == form.one(_FORM)), None)
        if file_form is None or len(form.one(_KEY)) != _KEY_LENGTH:
            raise FormInvalidError(((_FORM, "is not one of the buttons of the page"),))
        options = options_of(self.parts, definition, session)
        paths = chosen_paths(options, form.many(_ELEMENT))
        # One button pressed twice is one delivery; another button of the same page is another delivery.
        key = b64url_encode(hashlib.sha256(f"{form.one(_KEY)}|{file_form}".encode()).digest())
        grant = grant_of(self.parts, definition, service=session.service, paths=paths, key=key)
        delivery = permitted_delivery(await self.parts.door.deliver(grant, session.person))
        content = await self.parts.files(delivery, file_form)
        ending, media_type = _FILES[file_form]
        name = f"{self.parts.slug}-{definition.id}-{definition.version}.{ending}"
        return Response(
            content,
            media_type=media_type,
            headers={"content-disposition": f'attachment; filename="{name}"'},
            background=BackgroundTask(self.parts.door.sent, delivery),
        )

    def _form_definition(self, ref: str) -> DataSetDefinition:
        if ref not in {definition.ref for definition in self.parts.open_sets}:
            raise FormInvalidError(((_SET, "is not one of this organisation"),))
        return self.definition(ref)

    def _needed(self, definition: DataSetDefinition, session: Session) -> bool:
        profile = self.parts.catalogue.profiles.get(session.service)
        return profile is None or profile.part_of(definition.ref) is not None

    def _choose(
        self, request: Request, session: Session, definition: DataSetDefinition, *, nothing: bool = False
    ) -> Response:
        options = options_of(self.parts, definition, session)
        needed = self._needed(definition, session)
        period = period_of(self.parts, definition, session.service)
        messages = load_messages(chosen_language(request))
        return self.personal(
            request,
            "kies.html",
            session,
            status=400 if nothing else 200,
            nothing=nothing,
            definition=definition,
            options=options,
            left_out=left_out(self.parts, definition, options),
            service=self.parts.catalogue.profiles.get(session.service) if needed else None,
            period=spell_period(period, messages) if period is not None else "",
        )
