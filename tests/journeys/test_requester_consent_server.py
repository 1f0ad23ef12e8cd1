# SPDX-License-Identifier: EUPL-1.2
"""Our own client of the consent service, against the real one over HTTP: asked, granted, renewed, ended."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.clock import SystemClock, amsterdam_day
from blauweknop.adapters.http.client import HttpCaller
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_signer
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.core.consent.cap import OverAskingError
from blauweknop.core.consent.line import Line, parse_lines
from blauweknop.core.oauth.callback import CallbackRefusedError, read_callback
from blauweknop.core.oauth.client_side import ProofKey
from blauweknop.core.oauth.metadata import PAR_PATH
from blauweknop.services.requester.calls import ProvenCalls
from blauweknop.services.requester.consent_server import ConsentServer
from blauweknop.services.requester.errors import ConsentEndedError, ConsentServerRefusedError
from tests.journeys.forms import hidden
from tests.journeys.town import KEVIN, Town, income_line

A = TypeVar("A")
PROFILE = load_catalogue().profiles["hypotheek/1"]


def calling(town: Town, work: Callable[[ConsentServer], Awaitable[A]], *, dpop: str = "dpop") -> A:
    """``work`` with a client of its own, in an event loop of its own."""

    def signer(purpose: str) -> Any:
        return load_bare_signer(bare_key_path(keys_folder(town.home, "hypotheekverlener"), purpose), purpose)

    def now() -> int:
        return int(time.time())

    async def run() -> A:
        caller = HttpCaller(town.consent)
        calls = ProvenCalls(town.consent, caller, ProofKey(signer(dpop), signer(dpop).public_key), now=now)
        try:
            return await work(ConsentServer(calls, town.lender.iss, signer("client"), now=now))
        finally:
            await caller.close()

    return asyncio.run(run())


def lines(town: Town, **changes: Any) -> tuple[Line, ...]:
    return parse_lines([income_line(town.source("Belastingdienst"), **changes)])


def push(town: Town, asked: tuple[Line, ...], *, dpop: str = "dpop") -> str:
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636 appendix B
    fields = {"redirect_uri": f"{town.lender.iss}/terug", "state": "s" * 22, "code_challenge": challenge}
    today = amsterdam_day(SystemClock())
    return calling(town, lambda server: server.push(asked, PROFILE, today=today, fields=fields), dpop=dpop)


VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636 appendix B


def test_bk021_asked_granted_renewed_and_ended(town: Town) -> None:
    page = town.browser.get(push(town, lines(town)))
    page = town.browser.post(f"{town.consent}/inloggen", data={"naar": "/aanvraag"})
    level = "http://eidas.europa.eu/LoA/substantial"
    fields = {"verzoek": hidden(page)["verzoek"], "persoon": KEVIN, "niveau": level, "keuze": "verder"}
    page = town.browser.post(f"{town.demo.login}/inloggen", data=fields)
    back = town.decide(page, besluit="ja", set="0").headers["location"]
    redirect = f"{town.lender.iss}/terug"
    with pytest.raises(CallbackRefusedError, match="state"):
        read_callback(back, redirect_uri=redirect, state=secrets.token_urlsafe(16), issuer=town.consent)
    with pytest.raises(CallbackRefusedError, match="iss"):
        read_callback(back, redirect_uri=redirect, state="s" * 22, issuer="http://localhost:1")
    code = read_callback(back, redirect_uri=redirect, state="s" * 22, issuer=town.consent)
    tokens = calling(town, lambda server: server.exchange(code, redirect_uri=redirect, verifier=VERIFIER))
    assert tokens.grant_id
    assert tokens.lines[0].elementen == ("belastingjaar", "verzamelinkomen")
    source = town.source("Belastingdienst")
    renewed = calling(town, lambda server: server.renew(tokens.refresh_token, source))
    assert renewed.refresh_token == tokens.refresh_token
    fetched = town.lender.fetch(source, renewed.access_token, tokens.lines[0].regel)
    assert fetched.status_code == 200, fetched.text
    town.stop()
    with pytest.raises(ConsentEndedError):
        calling(town, lambda server: server.renew(tokens.refresh_token, source))


@pytest.mark.parametrize(
    ("changes", "dimension"),
    [
        ({"dienst": "wlz/1"}, "dienst"),
        ({"datatypes": ["wlz-indicatie/1"]}, "gegevensset"),
        ({"elementen": ["belastingjaar", "leeftijd"]}, "element"),
        ({"periode": {"laatste": "P9Y"}}, "periode"),
        ({"geldig_tot": "2099-01-01"}, "geldig_tot"),
        ({"frequentie": "dagelijks"}, "frequentie"),
        ({"bewaartermijn": "P9Y"}, "bewaartermijn"),
    ],
)
def test_bk021_over_asking_is_refused_here_and_nothing_is_sent(
    town: Town, changes: dict[str, Any], dimension: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    real = HttpCaller.call

    async def counted(self: HttpCaller, method: str, path: str, **rest: Any) -> Any:
        sent.append(path)
        return await real(self, method, path, **rest)

    monkeypatch.setattr(HttpCaller, "call", counted)
    with pytest.raises(OverAskingError) as refused:
        push(town, lines(town, **changes))
    assert refused.value.dimension == dimension
    assert refused.value.element == ("leeftijd" if dimension == "element" else "")
    assert not sent
    push(town, lines(town))
    assert PAR_PATH in sent  # the counter counts


def test_a_key_that_is_not_the_dpop_key_of_the_register_opens_nothing(town: Town) -> None:
    with pytest.raises(ConsentServerRefusedError) as refused:
        push(town, lines(town), dpop="client")
    assert refused.value.error == "invalid_dpop_proof"


def test_a_code_that_was_never_given_is_refused(town: Town) -> None:
    redirect = f"{town.lender.iss}/terug"
    with pytest.raises(ConsentServerRefusedError, match="invalid_grant"):
        calling(town, lambda server: server.exchange("x" * 43, redirect_uri=redirect, verifier=VERIFIER))
