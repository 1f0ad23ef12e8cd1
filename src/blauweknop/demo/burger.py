# SPDX-License-Identifier: EUPL-1.2
"""A citizen with a browser, for a run without one: reads the pages, fills in their forms, follows where they lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urljoin

import httpx2

from blauweknop.errors import OtherPartyError

if TYPE_CHECKING:
    from types import TracebackType

_SUBSTANTIAL: Final = "http://eidas.europa.eu/LoA/substantial"
_TIMEOUT: Final = 30.0
_REDIRECTS: Final = 20


class PageUnexpectedError(OtherPartyError):
    """A page is not the one that a citizen would expect here."""

    code = "pagina-onverwacht"
    retry = False


class MayNotDecideError(OtherPartyError):
    """This citizen may not decide alone."""

    code = "mag-niet-zelf-beslissen"
    retry = False

    def __init__(self, reason: str) -> None:
        """``reason``: as the consent service says it, such as ``minderjarig``."""
        self.reason = reason
        super().__init__(reason)


@dataclass
class _Form:
    action: str
    fields: list[tuple[str, str, str]] = field(default_factory=list)  # name, type, value

    def hidden(self) -> dict[str, list[str]]:
        return {name: [value] for name, kind, value in self.fields if kind == "hidden"}

    def values(self, name: str) -> list[str]:
        return [value for known, _, value in self.fields if known == name]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.links: list[str] = []
        self.reason = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(_Form(found.get("action", "")))
        elif tag == "a":
            self.links.append(found.get("href", ""))
        elif tag in {"input", "button"} and self.forms and "name" in found:
            self.forms[-1].fields.append((found["name"], found.get("type", ""), found.get("value", "")))
        self.reason = found.get("data-reden", self.reason)


@dataclass(frozen=True)
class _Page:
    address: str
    read: _Reader

    def form(self, action: str) -> _Form:
        """The form that goes to ``action``. Raises: ``PageUnexpectedError``."""
        for form in self.read.forms:
            if form.action == action:
                return form
        raise PageUnexpectedError(f"no form to {action}")


class Citizen:
    """One test person; ``async with`` opens and closes the browser."""

    def __init__(self, bsn: str, *, login: str, consent_service: str) -> None:
        """``login`` and ``consent_service``: their addresses."""
        self._bsn, self._login, self._consent_service = bsn, login, consent_service
        self._http = httpx2.AsyncClient(headers={"accept": "text/html"}, trust_env=False, timeout=_TIMEOUT)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def consent(self, url: str) -> str:
        """Says yes to all that is asked at ``url``; where the consent service then sent the browser.

        Raises: ``MayNotDecideError``, ``PageUnexpectedError``.
        """
        page = await self._logged_in(await self._open(url), "/aanvraag")
        form = page.form("/aanvraag")
        given = {
            name: form.values(name) for name in ("set", "element", "uitdrukkelijk", "geldig_tot") if form.values(name)
        }
        return await self._decide({**form.hidden(), **given, "besluit": ["ja"]})

    async def stop_all(self) -> int:
        """Stops every consent that runs; how many. Raises: ``PageUnexpectedError``."""
        mine = f"{self._consent_service}/mijn"
        page = await self._logged_in(await self._open(mine), "/mijn")
        ways = [link for link in page.read.links if link.startswith("/mijn/") and link.endswith("/stop")]
        for way in ways:
            asked = await self._open(self._consent_service + way)
            await self._send(asked, way, asked.form(way).hidden())
        return len(ways)

    async def _logged_in(self, page: _Page, to: str) -> _Page:
        """``page``, or what comes after the login that it asks for."""
        if not any(form.action == "/inloggen" and form.values("naar") for form in page.read.forms):
            return page
        page = await self._send(page, "/inloggen", {"naar": [to]})
        if not page.address.startswith(self._login):
            return page
        chosen = {"persoon": [self._bsn], "niveau": [_SUBSTANTIAL], "keuze": ["verder"]}
        return await self._send(page, "/inloggen", {**page.form("/inloggen").hidden(), **chosen})

    async def _decide(self, data: dict[str, list[str]]) -> str:
        answer = await self._http.post(f"{self._consent_service}/aanvraag", data=data)
        if answer.is_redirect:
            return urljoin(str(answer.url), answer.headers["location"])
        reason = _read(answer).read.reason
        if reason:
            raise MayNotDecideError(reason)
        raise PageUnexpectedError(f"status {answer.status_code} after a decision")

    async def _send(self, page: _Page, action: str, data: dict[str, list[str]]) -> _Page:
        return await self._follow(await self._http.post(urljoin(page.address, action), data=data))

    async def _open(self, address: str) -> _Page:
        return await self._follow(await self._http.get(address))

    async def _follow(self, answer: httpx2.Response) -> _Page:
        for _ in range(_REDIRECTS):
            if not answer.is_redirect:
                break
            answer = await self._http.get(urljoin(str(answer.url), answer.headers["location"]))
        if not answer.is_success:
            raise PageUnexpectedError(f"status {answer.status_code}")
        return _read(answer)


def _read(answer: httpx2.Response) -> _Page:
    reader = _Reader()
    reader.feed(answer.text)
    return _Page(str(answer.url), reader)
