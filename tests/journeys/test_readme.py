# SPDX-License-Identifier: EUPL-1.2
"""The README's commands run as they are written there, in an empty folder, with a demo of their own."""

import json
import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

BLOCKS = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
LINES = [line.split(" #", 1)[0].strip() for block in BLOCKS for line in block.splitlines()]
ONE_GO = [line for line in LINES if line not in ("./bk demo", "./bk test")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder in which ./bk is this checkout's."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "bk").symlink_to(ROOT / "bk")
    return folder


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a line of the README."""
    env = dict(os.environ, BK_DEMO=str(folder / "demo"), TERM="dumb")
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_bk075_the_commands_of_the_readme_run_in_order(folder: Path) -> None:
    assert ONE_GO[0].startswith("./bk demo --once")
    for line in ONE_GO:
        done = shell(line, folder)
        assert done.returncode == 0, f"{line}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
    people = {step["citizen"] for step in json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))}
    assert len(people) >= 5


def test_a_changed_file_is_not_passed_by_the_command(folder: Path) -> None:
    if not (folder / "out").is_dir():
        assert shell(ONE_GO[0], folder).returncode == 0
    good = next((folder / "out").glob("*/*.sd-jwt"))
    changed = folder / "changed.sd-jwt"
    text = bytearray(good.read_bytes())
    assert shell(f"./bk verify {good}", folder).returncode == 0
    text[len(text) // 2] ^= 1
    changed.write_bytes(text)
    done = shell("./bk verify changed.sd-jwt", folder)
    assert done.returncode == 1
    assert "PASSED" not in done.stdout
    assert shell("./bk verify no-such-file", folder).returncode == 2


def test_ctrl_c_on_bk_demo_leaves_no_process(folder: Path) -> None:
    env = dict(os.environ, BK_DEMO=str(folder / "served"))
    with subprocess.Popen(
        [folder / "bk", "demo"], cwd=folder, env=env, text=True, start_new_session=True, stdout=subprocess.PIPE
    ) as demo:
        assert demo.stdout is not None
        assert any("ctrl-C" in line for line in demo.stdout)
        os.killpg(demo.pid, signal.SIGINT)
        assert demo.wait() == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(demo.pid, 0)
