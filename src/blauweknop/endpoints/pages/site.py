# SPDX-License-Identifier: EUPL-1.2
"""Pages of one service: templates, layout, languages. Texts come from ``texts/``; everything shown is escaped text.

A page is one template of the service (``services/…/pages/*.html``) that extends ``layout.html`` of this folder. An
undefined name in a template is a mistake of ours and raises.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import jinja2
from starlette.responses import HTMLResponse

from blauweknop.endpoints.pages.language import chosen_language, remember_language
from blauweknop.texts import LANGUAGES, load_messages
from blauweknop.texts.spelling import pick, spell_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from blauweknop.core.dataset.definition import Text

OK: Final = 200
_OWN = Path(__file__).parent


@dataclass(frozen=True, kw_only=True)
class ContactWays:
    """How a person reaches the organisation; empty what there is not."""

    url: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True)
class Site:
    """What stands around every page: who it is of, whether the data are made up, whether cookies want https.

    ``address``: the public one, for who came by another; ``links``: at the foot of each page, (path, id of the text).
    """

    name: Text
    environment: str
    secure: bool
    home: str = "/"
    address: str = ""
    links: tuple[tuple[str, str], ...] = ()
    contact: ContactWays = ContactWays()


class Pages:
    """Renders the pages of one service."""

    def __init__(self, site: Site, folders: Sequence[Path] = ()) -> None:
        """``folders``: where the service's own templates lie; they come before the shared ones."""
        self.site = site
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader([*folders, _OWN]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def page(self, request: Request, template: str, *, status: int = OK, **content: Any) -> HTMLResponse:
        """The page ``template`` for ``request``, in the reader's language. ``content``: what the template names."""
        language = chosen_language(request)
        messages = load_messages(language)
        text = self._environment.get_template(template).render(
            t=messages,
            language=language,
            languages=LANGUAGES,
            pick=lambda words: pick(words, language),
            date=lambda spelt: spell_date(spelt, language),
            site=self.site,
            organisation=pick(self.site.name, language),
            switch_here=request.method in ("GET", "HEAD") and status == OK,
            path=request.url.path,
            **{"signed_in": False, "form_mark": "", "kept_query": "", **content},
        )
        response = HTMLResponse(text, status_code=status, headers={"content-language": language})
        remember_language(request, response, secure=self.site.secure)
        return response
