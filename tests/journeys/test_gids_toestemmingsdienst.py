# SPDX-License-Identifier: EUPL-1.2
"""The guide for a consent service works as it stands: a whole scheme of real processes, a delivery, a restore."""

from __future__ import annotations

import asyncio
import io
import secrets
import time
import zipfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import httpx2

from blauweknop.demo.burger import Citizen
from blauweknop.testing.login import LoginClient, TestLogin, TestPerson
from blauweknop.testing.serving import bound_socket, free_port
from blauweknop.testing.threaded import address_of, served_in_thread
from tests.guides import Guide
from tests.journeys.forms import hidden

T = TypeVar("T")
MARK = TestPerson(bsn="999996149", name="Mark Boer", nl="met een auto", en="with a car")
PLACES = ("8090", "8200", "8101", "8320")  # register, consent service, source, requester


class Place:
    """Where everybody of the guide is here."""

    def __init__(self, login: str) -> None:
        self.ports = {there: str(free_port()) for there in PLACES}
        self.login, self.secret = login, secrets.token_urlsafe(16)

    def at(self, there: str) -> str:
        return f"http://localhost:{self.ports[there]}"

    def elsewhere(self) -> dict[str, str]:
        moved = {f"http://localhost:{there}": self.at(there) for there in PLACES}
        moved |= {f"--poort {there}": f"--poort {self.ports[there]}" for there in PLACES}
        return {**moved, "http://localhost:8100": self.login, "BK_LOGIN_GEHEIM=…": f"BK_LOGIN_GEHEIM={self.secret}"}

    def clients(self) -> list[LoginClient]:
        names = {"toestemming": self.at("8200"), "proef": self.at("8101")}
        return [
            LoginClient(client_id=name, client_secret=self.secret, redirect_uri=f"{iss}/inloggen/terug")
            for name, iss in names.items()
        ]

    def as_mark(self, act: Callable[[Citizen], Awaitable[T]]) -> T:
        async def go() -> T:
            async with Citizen(MARK.bsn, login=self.login, consent_service=self.at("8200")) as citizen:
                return await act(citizen)

        return asyncio.run(go())

    def shares(self, folder: Path) -> str:
        """Mark at the requester's window: asked, granted, compared, collected; the page, and the evidence unpacked."""
        with httpx2.Client(headers={"accept": "text/html"}, trust_env=False, timeout=20) as browser:
            asked = {"dienst": "autoverzekering/1", "naam": "Mark Boer", "geboortedatum": "15-06-1979"}
            left = browser.post(f"{self.at('8320')}/aanvraag", data=asked)
            assert left.status_code == 303, left.text
            back = self.as_mark(lambda citizen: citizen.consent(left.headers["location"]))
            page = browser.get(back, follow_redirects=True)
            assert page.status_code == 200, page.text
            proof = browser.post(f"{self.at('8320')}/bewijs", data=hidden(page))
            assert proof.status_code == 200, proof.text
        zipfile.ZipFile(io.BytesIO(proof.content)).extractall(folder / "bewijs")
        return page.text


def test_bk072_the_guide_sets_up_a_scheme_delivers_and_restores(tmp_path: Path) -> None:
    listener = bound_socket()
    listener.listen()
    place = Place(address_of(listener))
    login = TestLogin(place.login, place.clients(), [MARK], now=time.time, random=secrets.token_bytes)
    page, shown = "", ""
    with (
        served_in_thread(login.app(), listener),
        Guide("gids-toestemmingsdienst.md", tmp_path, place.elsewhere()) as guide,
    ):
        for kind, text in guide.blocks("sh", "toml"):
            if kind == "toml":
                (tmp_path / text.splitlines()[0].removeprefix("# ")).write_text(text, encoding="utf-8")
                continue
            if "bewijs/" in text:
                page = place.shares(tmp_path)
            if "rm -f" in text:  # what the guide says to do before, and what makes the back-up an old one
                assert place.as_mark(lambda citizen: citizen.stop_all()) == 1
                guide.end(place.ports["8200"])
            shown += guide.follow(text)
        # The store is of before the stop, and yet nothing runs; it is the journal that knows, as the guide says.
        assert place.as_mark(lambda citizen: citizen.stop_all()) == 0
        guide.end(place.ports["8200"])
        (tmp_path / "elders" / "toestemming.journaal").unlink()
        guide.follow(text)
        assert place.as_mark(lambda citizen: citizen.stop_all()) == 1
    assert shown.count("is now toegelaten") == 3
    for words in ("AE-01-IO", "SKODA", "Bron Proef"):
        assert words in page
    assert shown.count("PASSED") == len(list((tmp_path / "bewijs").glob("*.sd-jwt"))) == 2, shown
