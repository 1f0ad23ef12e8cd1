# SPDX-License-Identifier: EUPL-1.2
"""``requester init`` killed at any moment leaves nothing or everything, and the next run goes on from there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from blauweknop.adapters.config.registration import load_registration
from blauweknop.adapters.config.requester import load_requester_settings
from blauweknop.adapters.config.secret import load_secret_value
from blauweknop.adapters.keys.bare import bare_key_path, load_bare_key
from blauweknop.adapters.keys.register_folder import init_register
from blauweknop.core.seal.seal_profile import SealSubject
from blauweknop.services.requester.sdk import PURPOSES
from tests.failure.test_keys_init_killed import CHILD

WORDS = (
    *("requester", "init", "vrager", "--naam", "Vrager", "--oin", "00000001888888888000"),
    *("--iss", "http://localhost:8310", "--dienst", "autoverzekering/1"),
    *("--vertrouwen", "vertrouwen/register", "--toestemmingsdienst", "http://localhost:8200"),
)
COMMAND = f"""{CHILD[: CHILD.index("from blauweknop")]}
from blauweknop.cli import main
sys.argv = ["blauweknop", *{WORDS!r}]
sys.exit(main())
"""


def run(checkout: Path, place: Path, kill_at: int) -> int:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    command = [sys.executable, "-c", COMMAND, "", str(kill_at)]
    return subprocess.run(command, cwd=place, env=environment, check=False, capture_output=True).returncode


def check_whole(place: Path) -> None:
    folder = place / "vrager"
    settings = load_requester_settings(folder / "vrager.toml", environ={})
    assert load_secret_value(settings.store.secret, {}).reveal()
    handed = load_registration(folder / "aanmelding" / "registratie.toml", environ={})
    for key, purpose in zip(handed.keys, PURPOSES, strict=True):
        assert key.purpose == purpose
        assert load_bare_key(bare_key_path(folder / "keys", purpose), purpose)


def test_killed_at_any_moment_it_leaves_nothing_or_everything(
    tmp_path: Path, rounds: Callable[[int, int], int], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    init_register(tmp_path, SealSubject(oin="1" * 20, name="Beheer", uri="http://localhost:8090"), now=1_790_000_000)
    killed = 0
    for moment in range(1, 400, rounds(9, 1)):
        code = run(root, tmp_path, moment)
        if (tmp_path / "vrager").exists():
            check_whole(tmp_path)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed += 1
        # The next run needs no repair by hand, and clears away what the killed one left.
        there = (tmp_path / "vrager").exists()
        assert run(root, tmp_path, 0) == (2 if there else 0)
        check_whole(tmp_path)
        shutil.rmtree(tmp_path / "vrager")
        assert there or not list(tmp_path.glob(".nieuw-*"))
    else:
        raise AssertionError("it never came to an end")
    assert killed >= 3
