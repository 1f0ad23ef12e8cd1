# SPDX-License-Identifier: EUPL-1.2
"""What the pages of a source share: the parts, the session of a request, and the answers of the pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from starlette.responses import RedirectResponse

from blauweknop.adapters.http.refusals import NotFoundError, RefusedRequestError
from blauweknop.core.delivery.model import Refusal
from blauweknop.endpoints.pages.forms import check_form_mark, read_form

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import HTMLResponse

    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.endpoints.pages.forms import Form
    from blauweknop.endpoints.pages.session import Session, Sessions
    from blauweknop.endpoints.pages.site import Pages
    from blauweknop.services.source.page_parts import PageParts
    from blauweknop.services.source.pipeline import Delivery, Look

SEE_OTHER = 303


class DeliveryRefusedError(RefusedRequestError):
    """The source may not hand this out; the reason is one of docs/redenen.md."""

    code = "levering-geweigerd"
    status: ClassVar[int] = 403

    def __init__(self, refusal: Refusal) -> None:
        """``refusal``: as decided."""
        super().__init__(str(refusal.reason))
        self.refusal = refusal
        self.page = f"weigering-{refusal.reason}"
        self.shown_code = str(refusal.reason)


class Handlers:
    """Base of the groups of pages."""

    def __init__(self, parts: PageParts, pages: Pages, sessions: Sessions) -> None:
        """``pages``: renders; ``sessions``: finds who it is for."""
        self.parts = parts
        self.pages = pages
        self.sessions = sessions

    def personal(self, request: Request, template: str, session: Session, **content: Any) -> HTMLResponse:
        """A page for the citizen of ``session``."""
        return self.pages.page(request, template, signed_in=True, form_mark=session.form_mark, **content)

    async def session_form(
        self, request: Request, *, single: frozenset[str] = frozenset(), many: frozenset[str] = frozenset()
    ) -> tuple[Session, Form]:
        """The session and the form of a request that changes something. Raises when either is not right."""
        session = await self.sessions.find(request)
        form = await read_form(request, single=single, many=many)
        check_form_mark(form, session.form_mark)
        return session, form

    def definition(self, ref: str) -> DataSetDefinition:
        """The data set ``ref`` (``id/version``) as this source offers it. Raises: ``NotFoundError``."""
        offered = self.parts.offered.get(ref)
        if offered is None or not offered.on:
            raise NotFoundError
        return self.parts.catalogue.definitions[ref]

    def definition_at(self, request: Request) -> DataSetDefinition:
        """The data set in the path of ``request``."""
        return self.definition(f"{request.path_params['id']}/{request.path_params['version']}")


def go_to(path: str) -> RedirectResponse:
    """The way on after a form: 303, so that reloading does not send it again (RFC 9110 §15.4.4)."""
    return RedirectResponse(path, status_code=SEE_OTHER)


def permitted_look(outcome: Look | Refusal) -> Look:
    """What may be shown. Raises: ``DeliveryRefusedError``."""
    if isinstance(outcome, Refusal):
        raise DeliveryRefusedError(outcome)
    return outcome


def permitted_delivery(outcome: Delivery | Refusal) -> Delivery:
    """What may be handed over. Raises: ``DeliveryRefusedError``."""
    if isinstance(outcome, Refusal):
        raise DeliveryRefusedError(outcome)
    return outcome
