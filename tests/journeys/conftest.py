# SPDX-License-Identifier: EUPL-1.2
"""A source's page with a real login service, real HTTP and a real store, over a pipeline that does as it is told."""

from __future__ import annotations

import random
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from blauweknop.adapters.catalogue import load_catalogue
from blauweknop.adapters.login.model import LoginSettings
from blauweknop.adapters.login.relying_party import RelyingParty
from blauweknop.adapters.store.engine.sqlite import SqliteEngine
from blauweknop.adapters.store.sessions.sqlite import SqliteLoginAttemptStore, SqliteSessionStore
from blauweknop.core.dataset.definition import Text
from blauweknop.core.dataset.missing import Missing, MissingElement
from blauweknop.core.dataset.value import EURO_CENT, Period, Row, Value
from blauweknop.core.delivery.decide import OfferedSet, Person
from blauweknop.core.delivery.model import Grant, Reason, Refusal
from blauweknop.core.seal.sealed import SealedSet
from blauweknop.core.seal.trust import Trust
from blauweknop.endpoints.controleer.page import Checking
from blauweknop.endpoints.pages.site import ContactWays
from blauweknop.errors import BlauweKnopError
from blauweknop.services.source.app import create_app
from blauweknop.services.source.page_parts import FileForm, PageParts
from blauweknop.services.source.pipeline import Delivery, Look
from blauweknop.testing.login import LEVELS, LoginClient, TestLogin, TestPerson
from blauweknop.testing.threaded import address_of, free_socket, served_in_thread
from tests.demo_thread import demo_in_thread
from tests.journeys.forms import hidden
from tests.journeys.lender import Lender
from tests.journeys.once import HARD, Output, people, run
from tests.journeys.town import Town

if TYPE_CHECKING:
    from blauweknop.demo.serve import RunningDemo

MARK = "999996149"
SECRET = "een-geheim-van-de-proef"
LEVEL = {name: acr for acr, name in LEVELS.items()}


class MovableClock:
    """Real time, moved by the test."""

    def __init__(self) -> None:
        self.moved = 0

    def now_ns(self) -> int:
        return time.time_ns() + self.moved * 1_000_000_000

    def monotonic_ns(self) -> int:
        return time.monotonic_ns()

    def today(self) -> str:
        return "2026-11-01"


ROW: Row = {
    "belastingjaar": Value(waarde=2025, begrip="belastingjaar/1"),
    "verzamelinkomen": Value(
        waarde=7490000,
        eenheid=EURO_CENT,
        periode=Period("2025-01-01", "2025-12-31"),
        peildatum="2026-11-01",
        status="voorlopig",
        begrip="verzamelinkomen/1",
        in_onderzoek="2026-03",
    ),
}


@dataclass
class ToldDoor:
    """Records what it was asked, and answers what the test said."""

    rows: tuple[Row, ...] = (ROW,)
    missing: tuple[MissingElement, ...] = (
        MissingElement(element="belastingjaar", reden=Missing.NO_VALUE, periode=Period("2023-01-01", "2023-12-31")),
    )
    refuse: Reason | None = None
    fail: BlauweKnopError | None = None
    looked: list[tuple[Grant, Person]] = field(default_factory=list)
    delivered: list[tuple[Grant, Person]] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    def _outcome(self, grant: Grant) -> Look | Refusal:
        if self.fail is not None:
            raise self.fail
        if self.refuse is not None:
            return Refusal(reason=self.refuse)
        definition = load_catalogue().definitions[grant.data_set]
        return Look(definition=definition, rows=self.rows, missing=self.missing, known=True)

    async def look(self, grant: Grant, person: Person) -> Look | Refusal:
        self.looked.append((grant, person))
        return self._outcome(grant)

    async def deliver(self, grant: Grant, person: Person) -> Delivery | Refusal:
        self.delivered.append((grant, person))
        look = self._outcome(grant)
        if isinstance(look, Refusal):
            return look
        name = f"levering-{len(self.delivered)}"
        return Delivery(id=name, set=SealedSet(b"a.b.c", ()), proof={"id": name}, look=look, issued_at=1, repeat=False)

    async def sent(self, delivery: Delivery) -> None:
        self.ended.append(delivery.id)


async def make_file(delivery: Delivery, form: FileForm) -> bytes:
    return f"{delivery.id} {delivery.look.definition.ref} {form}".encode()


async def status_list(number: int) -> bytes | None:
    return b"a.b.c" if number == 1 else None


async def healthy() -> bool:
    return True


@dataclass
class SourceSite:
    """A running source and its login."""

    iss: str
    login: TestLogin
    door: ToldDoor
    clock: MovableClock
    parts: PageParts

    visitors: list[Visitor] = field(default_factory=list)

    def browser(self, **headers: str) -> Visitor:
        self.visitors.append(Visitor(self, headers))
        return self.visitors[-1]


class Visitor:
    """A browser without script: follows redirects, keeps cookies, sends forms as they stand on the page."""

    def __init__(self, site: SourceSite, headers: dict[str, str]) -> None:
        self.site = site
        accept = {"accept": "text/html", **headers}
        self.http = httpx2.Client(base_url=site.iss, headers=accept, follow_redirects=True, trust_env=False)

    def get(self, path: str, **more: Any) -> httpx2.Response:
        return self.http.get(path, **more)

    def post(self, path: str, fields: dict[str, Any], **more: Any) -> httpx2.Response:
        return self.http.post(path, data=fields, **more)

    def log_in(self, bsn: str = MARK, *, service: str = "", level: str = "substantieel") -> httpx2.Response:
        page = self.begin(service=service)
        return self.decide(page, bsn=bsn, level=level)

    def begin(self, *, service: str = "") -> httpx2.Response:
        page = self.post("/inloggen", {"dienst": service})
        assert page.status_code == 200, page.text
        return page

    def decide(self, page: httpx2.Response, *, bsn: str = MARK, level: str = "substantieel") -> httpx2.Response:
        fields = {"verzoek": hidden(page)["verzoek"], "bsn": bsn, "niveau": LEVEL[level], "keuze": "verder"}
        return self.http.post(f"{self.site.login.issuer}/inloggen", data=fields)

    def choose(self, *elements: str, data_set: str = "inkomen/1") -> httpx2.Response:
        page = self.get(f"/kies/{data_set}")
        assert page.status_code == 200, page.text
        return self.post(f"/kies/{data_set}", {**hidden(page), "element": list(elements)})


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SourceSite]:
    folder: Path = tmp_path_factory.mktemp("bron")
    source_socket, login_socket = free_socket(), free_socket()
    iss, issuer = address_of(source_socket), address_of(login_socket)
    clock, catalogue, door = MovableClock(), load_catalogue(), ToldDoor()
    client = LoginClient(client_id="bron", client_secret=SECRET, redirect_uri=f"{iss}/inloggen/terug")
    login = TestLogin(
        issuer,
        [client],
        [TestPerson(bsn=MARK, name="Mark de Boer", nl="zelfstandige", en="self-employed")],
        now=lambda: clock.now_ns() / 1e9,
        random=secrets.token_bytes,
    )
    engine = SqliteEngine.open(folder / "store.db")
    chance = random.Random(20261101)
    settings = LoginSettings(
        issuer=issuer,
        client_id="bron",
        client_secret=SECRET,
        redirect_uri=client.redirect_uri,
        levels=dict(LEVELS),  # type: ignore[arg-type]
        asked_levels=(LEVEL["substantieel"],),
    )
    parts = PageParts(
        name=Text(nl="Belastingdienst", en="Tax Administration"),
        oin="99999999900000000200",
        iss=iss,
        slug="belastingdienst",
        environment="test",
        catalogue=catalogue,
        offered={
            "inkomen/1": OfferedSet(
                on=True, elements=frozenset(e.id for e in catalogue.definitions["inkomen/1"].elements)
            ),
            "voertuigen/1": OfferedSet(on=True, elements=frozenset({"merk", "kenteken"})),
            "huishouden/1": OfferedSet(on=False, elements=frozenset({"kinderen"})),
        },
        door=door,
        files=make_file,
        session_store=SqliteSessionStore(engine, secret=b"s" * 32, random=chance.randbytes),
        attempt_store=SqliteLoginAttemptStore(engine, secret=b"s" * 32, random=chance.randbytes),
        login=RelyingParty(settings, now=lambda: clock.now_ns() / 1e9, random=secrets.token_bytes),
        status_list=status_list,
        healthy=healthy,
        clock=clock,
        random=secrets.token_bytes,
        scheme_url="http://localhost:8100",
        type_metadata={"inkomen/1": b"{}"},
        contact=ContactWays(url="https://www.example.nl", phone="0800 0543"),
        checking=Checking(trust=Trust(anchors=(), known={}, environment="test"), definitions={}, now=lambda: 1),
        closing=(engine.close,),
    )
    with served_in_thread(login.app(), login_socket), served_in_thread(create_app(parts), source_socket):
        yield SourceSite(iss, login, door, clock, parts)


@pytest.fixture
def site(running_site: SourceSite) -> Iterator[SourceSite]:
    """The running site as it was at first: nothing looked at, nothing tampered with."""
    fresh = ToldDoor()
    for name in ("rows", "missing", "refuse", "fail", "looked", "delivered", "ended"):
        setattr(running_site.door, name, getattr(fresh, name))
    running_site.clock.moved = 0
    running_site.login.tamper = lambda _header, _claims: None
    running_site.login.announce = {}
    yield running_site
    while running_site.visitors:
        running_site.visitors.pop().http.close()


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Output:
    """What one run of ``demo --once`` wrote for the hard people of the cast."""
    return run(tmp_path_factory.mktemp("once"), people(*HARD))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo keeps its keys, roots and stores."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def demo(home: Path) -> Iterator[RunningDemo]:
    """The whole demo, on ports of its own."""
    with demo_in_thread(home) as running:
        yield running


@pytest.fixture
def town(demo: RunningDemo, home: Path) -> Iterator[Town]:
    """A browser and a requester in the demo."""
    with (
        httpx2.Client(headers={"accept": "text/html"}, follow_redirects=True, trust_env=False, timeout=20) as browser,
        httpx2.Client(trust_env=False, timeout=20) as machine,
    ):
        lender = Lender(home, demo.requesters["hypotheekverlener"], demo.consent_service, machine)
        town = Town(demo, home, browser, lender)
        town.describe()
        yield town
    assert [described.faults for described in town.described] == [[], []]
