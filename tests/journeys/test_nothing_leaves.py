# SPDX-License-Identifier: EUPL-1.2
"""Promise 3: without a valid consent or own access no byte of payload leaves a source. Looked at on the wire itself."""

from __future__ import annotations

import asyncio
import base64
import re
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

import pytest
from starlette.routing import Route

from blauweknop.services.source.app import routes
from tests.journeys.delivery import BSN, CANARY

from .conftest import SourceSite
from .forms import hidden
from .plus_kit import World, world
from .raw import raw_answer, spellings, traces
from .test_plus_door import BAD

SECRETS = (str(CANARY), BSN)  # the back-end's other amounts differ from the first in their last digit
SHOWN = ("7490000", "74.900,00", "999996149")  # of the site of ``conftest.py``, as data and as the page writes it


@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "ÿÿ"])
def test_a_secret_is_found_in_any_spelling(before: str) -> None:
    said = f"{before}{CANARY}]".encode()
    for spelt in (said, said.hex().encode(), base64.b64encode(said), base64.urlsafe_b64encode(said)):
        assert traces(b"x" * 7 + spelt, SECRETS) == [str(CANARY)]
    assert traces(base64.b64encode(f"{before}58000000023]".encode()), SECRETS) == []
    assert all(len(spelling) > 10 for spelling in spellings(str(CANARY)))


def test_bk061_no_byte_of_payload_is_on_the_wire_when_a_request_is_refused(tmp_path: Path) -> None:
    async def case(w: World) -> None:
        for grant, good in (("h" * 22, True), ("", False), ("i" * 22, True)):
            if good:
                # A set for a requester holds the values, and nobody's number.
                assert await sent(w, token=w.token(grant_id=grant)) == [str(CANARY)]
                continue
            for name, (make, _, _) in BAD.items():
                assert await sent(w, **make(w)) == [], name
        for value in (1, 2):
            w.consent.set(5, value)
            await asyncio.to_thread(time.sleep, 1.1)  # the stand of before counts for a second
            assert await sent(w, token=w.token()) == []

    async def sent(w: World, *, token: str, **parts: object) -> list[str]:
        before = len(w.raw)
        await w.ask(token, **parts)  # type: ignore[arg-type]
        assert len(w.raw) > before
        return traces(bytes(w.raw[before:]), SECRETS)

    async def whole() -> None:
        async with world(tmp_path) as w:
            await case(w)

    asyncio.run(whole())


def test_no_byte_of_payload_is_on_the_wire_without_a_login_that_counts(site: SourceSite) -> None:
    visitor = site.browser()
    visitor.log_in()
    form = urlencode({**hidden(visitor.choose("verzamelinkomen")), "vorm": "json", "element": "verzamelinkomen"})
    cookies = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
    assert "7490000" not in visitor.get("/").text
    assert traces(asked(site, "GET", "/bekijk/inkomen/1", cookies, ""), SHOWN) == ["74.900,00"]
    looked, delivered = len(site.door.looked), len(site.door.delivered)
    for method, path in every_way(site):
        for not_a_session in ("", re.sub("=[^;]{4}", "=xxxx", cookies)):
            assert traces(asked(site, method, path, not_a_session, form), SHOWN) == [], (method, path)
    site.clock.moved = 1_000
    for method, path in every_way(site):
        assert traces(asked(site, method, path, cookies, form), SHOWN) == [], (method, path)
    assert (len(site.door.looked), len(site.door.delivered)) == (looked, delivered)


def every_way(site: SourceSite) -> list[tuple[str, str]]:
    """Method and path of everything that the source answers."""
    pages = cast("Any", SimpleNamespace(site=SimpleNamespace(secure=False)))
    values = {"id": "inkomen", "version": "1", "number": "1"}
    table = [route for route in routes(site.parts, pages) if isinstance(route, Route)]
    paths = [(route, re.sub(r"{(\w+):\w+}", lambda found: values[found[1]], route.path)) for route in table]
    return [(method, path) for route, path in paths for method in sorted(route.methods or ())]


def asked(site: SourceSite, method: str, path: str, cookies: str, form: str) -> bytes:
    head = f"{method} {path} HTTP/1.1\nAccept: text/html\nOrigin: {site.iss}"
    if cookies:
        head += f"\nCookie: {cookies}"
    if method == "POST":
        return raw_answer(urlsplit(site.iss).netloc, f"{head}\nContent-Type: application/x-www-form-urlencoded", form)
    return raw_answer(urlsplit(site.iss).netloc, head)
