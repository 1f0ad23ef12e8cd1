# SPDX-License-Identifier: EUPL-1.2
"""``blauweknop keys init`` killed at any moment leaves no key or a whole key, and the next run goes on from there."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from blauweknop.adapters.keys.chain import ChainSource, init_test_chain, keys_folder, trust_folder
from blauweknop.adapters.keys.contract import Purpose, SecretPurpose
from blauweknop.adapters.keys.folder import load_secret, load_signer
from blauweknop.adapters.keys.trust_folder import load_trust

SOURCE = ChainSource("bron", "Bron", "00000001999999999000", "https://bron.example")
NOW = 1_790_000_000
# Stops itself without cleaning up, as a kill does, at the n-th call that changes the disk.
CHILD = """
import os, sys, pathlib
left = int(sys.argv[2])

def dying(call):
    def wrapped(*arguments, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), 9)
        return call(*arguments, **named)
    return wrapped

for name in ("open", "fsync", "fchmod", "link", "mkdir"):
    setattr(os, name, dying(getattr(os, name)))
for name in ("rename", "unlink"):
    setattr(pathlib.Path, name, dying(getattr(pathlib.Path, name)))

from blauweknop.adapters.keys.chain import ChainSource, init_source
source = ChainSource("bron", "Bron", "00000001999999999000", "https://bron.example")
init_source(pathlib.Path(sys.argv[1]), source, now=1_790_000_000)
"""


def run(checkout: Path, chain: Path, kill_at: int) -> int:
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    command = [sys.executable, "-c", CHILD, str(chain), str(kill_at)]
    return subprocess.run(command, env=environment, check=False).returncode


def check_whole_or_absent(chain: Path) -> None:
    folder = keys_folder(chain, "bron")
    if folder.exists():
        for purpose in Purpose:
            load_signer(folder, purpose)
        for secret in SecretPurpose:
            load_secret(folder, secret)


def contents(chain: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in keys_folder(chain, "bron").glob("*")}


def test_killed_at_any_moment_it_leaves_no_key_or_a_whole_key(
    tmp_path: Path, rounds: Callable[[int, int], int], root: Path
) -> None:
    assert run(root, tmp_path / "clean", 0) == 0
    killed = 0
    for moment in range(1, 400, rounds(7, 1)):
        folder = tmp_path / str(moment)
        code = run(root, folder, moment)
        check_whole_or_absent(folder)
        if folder.exists():
            # The next run needs no repair by hand, and what was whole stays the same.
            before = contents(folder)
            init_test_chain(folder, [SOURCE], now=NOW)
            check_whole_or_absent(folder)
            assert before.items() <= contents(folder).items()
            assert len(load_trust(trust_folder(folder)).known) == 1
        shutil.rmtree(folder, ignore_errors=True)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        killed += 1
    else:
        raise AssertionError("it never came to an end")
    assert killed >= 5
