# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop serve``: the settings file says which service it is, and one mistake in it serves nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
import structlog
from starlette.types import Message
from typer.testing import CliRunner

from blauweknop.adapters.config.read import SettingsError
from blauweknop.adapters.config.secret import SecretMissingError
from blauweknop.adapters.http.serving import Edge
from blauweknop.adapters.keys.bare import ensure_bare_keys
from blauweknop.adapters.keys.chain import keys_folder
from blauweknop.adapters.keys.errors import KeyUnusableError
from blauweknop.cli import build_app
from blauweknop.commands.serve import open_service
from blauweknop.demo.home import prepare_home
from blauweknop.demo.plus import prepare_consent, wanted_ports
from blauweknop.demo.vragers import requester_settings, requesters
from blauweknop.errors import Actor, ConfigurationError
from blauweknop.services.requester.sdk import PURPOSES
from blauweknop.testing.register_service import register_settings
from blauweknop.testing.scheme import source_environment

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def log_records() -> Iterator[None]:
    """The command sets up its own log."""
    before = structlog.get_config()
    yield
    structlog.configure(**before)


async def lived(app: Edge) -> None:
    """Starts and ends ``app`` as a server does."""
    messages = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive() -> Message:
        return next(messages)

    async def send(_message: Message) -> None:
        pass

    await app({"type": "lifespan"}, receive, send)


def ready_demo(home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A demo that nobody serves yet: keys, pins and secrets of the consent service and of one requester."""
    environ = source_environment(home, wanted_ports())
    lender = next(one for one in requesters() if one.slug == "hypotheekverlener")
    prepare_home(home, [], now=int(time.time()))
    prepare_consent(home)
    register_settings(home, iss="http://localhost:8090")
    ensure_bare_keys(keys_folder(home, lender.slug), PURPOSES)
    requester_settings(lender, home, environ)
    environ |= {"VRAGER": lender.slug, "VRAGER_NAAM": lender.name, "VRAGER_OIN": lender.oin}
    environ |= {"VRAGER_ADRES": "http://localhost:8301", "VRAGER_DIENST": lender.services[0]}
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return environ


@pytest.mark.parametrize(
    ("name", "address", "page"),
    [("toestemming.toml", "http://localhost:8200", "/mijn"), ("vrager.toml", "http://localhost:8301", "/start")],
)
async def test_the_settings_say_what_is_served_and_it_closes(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, address: str, page: str
) -> None:
    ready_demo(tmp_path, monkeypatch)
    app = await open_service(root / "src" / "blauweknop" / "demo" / name)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=address) as client:
        assert (await client.get("/gezond")).json() == {"gezond": True}
        assert (await client.get(page, headers={"accept": "text/html"})).status_code < 400
        await lived(app)
        gone = await client.get("/gezond")
        assert (gone.status_code, gone.json()) == (503, {"gezond": False})


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("vrager.toml", "[loket]", "[balie]", SettingsError),
        ("vrager.toml", "[loket]\n", "[loket.x]\n", SettingsError),
        ("vrager.toml", 'diensten = ["${VRAGER_DIENST}"]', 'diensten = ["niets/1"]', ConfigurationError),
        ("vrager.toml", "[vrager]", "[vragers]", SettingsError),
        ("vrager.toml", "[opslag]", "[bron]\n[opslag]", SettingsError),
        ("vrager.toml", "opslag.secret", "weg.secret", SecretMissingError),
        ("toestemming.toml", "[toestemmingsdienst]", "[toestemming]", SettingsError),
        ("toestemming.toml", "login.secret", "weg.secret", SecretMissingError),
        ("toestemming.toml", "/keys/toestemming", "/keys/hypotheekverlener", KeyUnusableError),
    ],
)
async def test_one_change_and_nothing_is_served(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    old: str,
    new: str,
    error: type[ConfigurationError],
) -> None:
    ready_demo(tmp_path, monkeypatch)
    text = (root / "src" / "blauweknop" / "demo" / name).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / name).write_text(text, encoding="utf-8")
    await lived(await open_service(tmp_path / name))
    (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(error) as caught:
        await open_service(tmp_path / name)
    assert caught.value.actor is Actor.CALLER


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "exactly one of [bron], [toestemmingsdienst], [vrager]"),
        ("[register]\nnaam = 1\n", "blauweknop register serve"),
        ("[vrager]\n[bron]\n", "exactly one of"),
        ("[bron", "not TOML"),
        ('[bron]\nnaam = "${NERGENS}"\n', "set the environment variable NERGENS"),
        ("bron = 1\n", "exactly one of"),
    ],
)
def test_a_file_of_no_one_service_is_said_in_one_line(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(build_app(), ["serve", "--instelling", str(file)])
    assert isinstance(done.exception, SettingsError)
    assert said in str(done.exception)
    assert str(file) in str(done.exception)
    assert "\n" not in str(done.exception)
