# SPDX-License-Identifier: EUPL-1.2
"""``/controleer``: whoever holds a certified file, PDF or paper code checks it here, by the same rules as ``verify``.

Nothing that is sent is kept, and nothing of it reaches a log: it lives in memory until the answer is sent. The page
works without a script and without logging in. At most ``AT_ONCE`` checks run at the same time.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from starlette.routing import Route

from blauweknop.adapters.verify.kind import ON_PAPER, detect
from blauweknop.adapters.verify.online import StatusAsker
from blauweknop.adapters.verify.verify import verify_bytes
from blauweknop.adapters.verify.wording import facts, hidden_line, missing_lines, value_lines
from blauweknop.endpoints.controleer.upload import read_upload
from blauweknop.endpoints.pages.language import chosen_language
from blauweknop.texts import load_messages

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from blauweknop.adapters.verify.report import Report
    from blauweknop.core.dataset.definition import DataSetDefinition
    from blauweknop.core.seal.trust import Trust
    from blauweknop.endpoints.pages.site import Pages
    from blauweknop.texts import Messages

FOLDER: Final = Path(__file__).parent  # templates; a service gives it to ``Pages``
PATH: Final = "/controleer"
LARGEST: Final = 5_000_000  # bytes that the edge should let in at PATH
AT_ONCE: Final = 2
STATUS_TIME_OUT: Final = 2.0  # seconds; the whole answer comes within five
_LOOK: Final = {"PASSED": ("ok", "klaar"), "INDETERMINATE": ("warning", "let-op"), "FAILED": ("stop", "fout")}


@dataclass(frozen=True, kw_only=True)
class Checking:
    """What the page goes by. ``online``: whether the organisation is asked for the status of a set."""

    trust: Trust
    definitions: Mapping[str, DataSetDefinition]
    now: Callable[[], int]
    online: bool = True


def check_routes(pages: Pages, checking: Checking) -> list[BaseRoute]:
    """The routes of the page; ``pages`` must know ``FOLDER``."""
    page = CheckPage(pages, checking)
    return [
        Route(PATH, page.form, methods=["GET"], name="controleer"),
        Route(PATH, page.check, methods=["POST"]),
    ]


class CheckPage:
    """The form and its answer."""

    def __init__(self, pages: Pages, checking: Checking) -> None:
        """``pages``: renders ``controleer.html``."""
        self._pages = pages
        self._checking = checking
        self._places = asyncio.Semaphore(AT_ONCE)

    async def form(self, request: Request) -> Response:
        """The empty form."""
        return self._pages.page(request, "controleer.html", result=None, nothing=False)

    async def check(self, request: Request) -> Response:
        """The report on what was sent. An empty form comes back with what to do (400)."""
        data = await read_upload(request)
        if not data:
            return self._pages.page(request, "controleer.html", status=400, result=None, nothing=True)
        async with self._places:
            report = await asyncio.to_thread(self._verify, data)
        result = _result(report, self._checking.definitions, load_messages(chosen_language(request)))
        return self._pages.page(request, "controleer.html", result=result, nothing=False)

    def _verify(self, data: bytes) -> Report:
        checking, now = self._checking, self._checking.now()
        # A paper code has no status: the page shows what it says, and says that. Whoever decides on it asks the file.
        asks = checking.online and detect(data) not in ON_PAPER
        asker = StatusAsker(checking.trust, at=now, timeout=STATUS_TIME_OUT) if asks else None
        return verify_bytes(data, trust=checking.trust, at=now, definitions=checking.definitions, check_status=asker)


def _result(report: Report, definitions: Mapping[str, DataSetDefinition], messages: Messages) -> dict[str, Any]:
    definition = definitions.get(report.origin.data_set) if report.origin else None
    why, *about = facts(report, definition, messages)
    look, pictogram = _LOOK[report.outcome.value]
    return {
        "outcome": messages(f"verify-uitkomst-{report.outcome.value}"),
        "look": look,
        "pictogram": pictogram,
        "why": why,
        "about": about,
        "indication": " ".join(part for part in (report.outcome.value, report.finding.sub, report.code) if part),
        "values": list(value_lines(report, messages)),
        "missing": list(missing_lines(report, definition, messages)),
        "hidden": hidden_line(report, messages),
    }
