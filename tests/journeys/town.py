# SPDX-License-Identifier: EUPL-1.2
"""The demo as a citizen and a mortgage lender meet it: what is asked, granted and stopped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blauweknop.adapters.clock import SystemClock, amsterdam_day
from tests.contract.described import Described
from tests.journeys.forms import hidden

if TYPE_CHECKING:
    from pathlib import Path

    import httpx2

    from blauweknop.demo.serve import RunningDemo
    from tests.journeys.lender import Lender

KEVIN = "999996538"
SUBSTANTIAL = "http://eidas.europa.eu/LoA/substantial"


def income_line(source: str, **changes: Any) -> dict[str, Any]:
    """Three years of income from ``source``, for two months or so."""
    year, month, _ = amsterdam_day(SystemClock()).split("-")
    until = f"{int(year) + (int(month) > 9)}-{(int(month) + 2) % 12 + 1:02}-01"
    return {
        "type": "gegevensset",
        "locations": [source],
        "datatypes": ["inkomen/1"],
        "actions": ["ophalen"],
        "elementen": ["belastingjaar", "verzamelinkomen"],
        "periode": {"laatste": "P3Y"},
        "dienst": "hypotheek/1",
        "geldig_tot": until,
        "frequentie": "maandelijks",
        "bewaartermijn": "P3M",
        **changes,
    }


@dataclass
class Town:
    """The demo, and a browser and a requester in it.

    ``described``: the OpenAPI documents that the consent service and a source serve, once ``describe`` asked for them.
    """

    demo: RunningDemo
    home: Path
    browser: httpx2.Client
    lender: Lender
    described: tuple[Described, ...] = ()

    def describe(self) -> None:
        """From here on every answer is held to what the services say of themselves."""
        places = (self.consent, self.source("Belastingdienst"))
        self.described = tuple(
            Described(self.lender.http.get(f"{place}/v1/openapi.json").json(), base=place) for place in places
        )
        for described in self.described:
            described.hears(self.browser)
            described.hears(self.lender.http)

    @property
    def consent(self) -> str:
        return self.demo.consent_service

    def source(self, word: str) -> str:
        return next(source.address for source in self.demo.sources if word in source.name)

    def line(self, **changes: Any) -> dict[str, Any]:
        return income_line(self.source("Belastingdienst"), **changes)

    def arrive(self, bsn: str, *lines: dict[str, Any]) -> httpx2.Response:
        """The citizen's browser, sent by the requester, through the login to the request."""
        pushed = self.lender.ask(*(lines or (self.line(),)))
        assert pushed.status_code == 201, pushed.text
        page = self.browser.get(self.lender.door(pushed))
        assert page.status_code == 200, page.text
        page = self.browser.post(f"{self.consent}/inloggen", data={"naar": "/aanvraag"})
        fields = {"verzoek": hidden(page)["verzoek"], "persoon": bsn, "niveau": SUBSTANTIAL, "keuze": "verder"}
        return self.browser.post(f"{self.demo.login}/inloggen", data=fields)

    def decide(self, page: httpx2.Response, **fields: Any) -> httpx2.Response:
        data = {**hidden(page), **fields}
        return self.browser.post(f"{self.consent}/aanvraag", data=data, follow_redirects=False)

    def granted(self, bsn: str = KEVIN) -> dict[str, Any]:
        """Asks and is granted: the token answer."""
        response = self.decide(self.arrive(bsn), besluit="ja", set="0")
        assert response.status_code == 303, response.text
        code = self.lender.answer(response.headers["location"])["code"]
        answer = self.lender.exchange(code, self.source("Belastingdienst"))
        assert answer.status_code == 200, answer.text
        token: dict[str, Any] = answer.json()
        return token

    def stop(self) -> None:
        mine = self.browser.get(f"{self.consent}/mijn")
        (way,) = re.findall(r'href="(/mijn/[^"]+/stop)"', mine.text)
        page = self.browser.get(f"{self.consent}{way}")
        stopped = self.browser.post(f"{self.consent}{way}", data=hidden(page))
        assert stopped.status_code == 200, stopped.text
