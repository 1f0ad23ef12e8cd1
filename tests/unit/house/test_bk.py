# SPDX-License-Identifier: EUPL-1.2
"""The file bk: what it makes is whole or not there, one at a time, and it says in one line what is wrong."""

import importlib.machinery
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
LOAD = """
import importlib.machinery, importlib.util, sys
loader = importlib.machinery.SourceFileLoader("bk_file", {bk!r})
bk = importlib.util.module_from_spec(importlib.util.spec_from_loader("bk_file", loader))
loader.exec_module(bk)
bk.HOME = {home!r}
"""


@pytest.fixture
def bk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The file as a module that works in an empty folder."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = importlib.machinery.SourceFileLoader("bk_file", str(ROOT / "bk"))
    spec = importlib.util.spec_from_loader("bk_file", loader)
    assert spec is not None
    module: Any = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    module.HOME = str(tmp_path / ".bk")
    return module


def write(text: str) -> Callable[[str, str], None]:
    """A build that makes one file."""

    def build(folder: str, _target: str) -> None:
        (Path(folder) / "what").write_text(text, encoding="ascii")

    return build


def broken(folder: str, _target: str) -> None:
    """A build that is interrupted half-way."""
    (Path(folder) / "what").write_text("half", encoding="ascii")
    raise KeyboardInterrupt


def python(bk: Any, program: str) -> subprocess.Popen[str]:
    """Another process that has bk loaded."""
    text = LOAD.format(bk=str(ROOT / "bk"), home=bk.HOME) + program
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([sys.executable, "-B", "-c", text], text=True, start_new_session=True, **pipes)  # type: ignore[call-overload, no-any-return]


def test_what_is_made_is_stamped_and_made_once(bk: Any) -> None:
    folder = Path(bk.make("thing", "one", write("one")))
    assert bk.stands(str(folder), "one")
    bk.make("thing", "one", broken)  # stands already: not built
    assert (folder / "what").read_text(encoding="ascii") == "one"


def test_another_stamp_builds_anew(bk: Any) -> None:
    folder = Path(bk.make("thing", "one", write("one")))
    bk.make("thing", "two", write("two"))
    assert (folder / "what").read_text(encoding="ascii") == "two"
    assert not bk.stands(str(folder), "one")


def test_an_interrupted_build_leaves_what_stood(bk: Any) -> None:
    folder = Path(bk.make("thing", "one", write("one")))
    with pytest.raises(KeyboardInterrupt):
        bk.make("thing", "two", broken)
    assert bk.stands(str(folder), "one")
    assert (folder / "what").read_text(encoding="ascii") == "one"


def test_what_an_interruption_left_is_swept(bk: Any) -> None:
    with pytest.raises(KeyboardInterrupt):
        bk.make("thing", "one", broken)
    assert not (Path(bk.HOME) / "thing").exists()
    bk.make("other", "one", write("one"))
    assert sorted(path.name for path in Path(bk.HOME).iterdir()) == ["lock", "other"]


def test_a_killed_bk_leaves_nothing_half_and_no_lock(bk: Any) -> None:
    program = "bk.make('thing', 'one', lambda *_: (print('building', flush=True), sys.stdin.read()))"
    with python(bk, program) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "building\n"
        other.kill()
    assert not (Path(bk.HOME) / "thing").exists()
    assert bk.stands(bk.make("thing", "one", write("one")), "one")


def test_a_second_bk_waits_for_the_first_and_takes_what_it_made(bk: Any) -> None:
    program = "bk.make('thing', 'one', lambda *_: sys.exit('built twice'))"
    with bk.Locked():
        other = python(bk, program)
        assert other.stderr is not None
        assert "waiting" in other.stderr.readline()
        folder = Path(bk.HOME) / "thing"
        folder.mkdir()
        (folder / ".stamp").write_text("one", encoding="ascii")
    with other:
        assert other.wait() == 0


def test_an_environment_works_after_the_checkout_was_moved(bk: Any, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    (checkout / "src" / "blauweknop").mkdir(parents=True)
    (checkout / "src" / "blauweknop" / "__init__.py").write_text("here = 'moved'\n", encoding="ascii")
    bk.HOME = str(checkout / ".bk")
    bk.install = lambda *_args, **_keywords: None
    bk.make("venv", "one", lambda folder, target: bk.build_environment("runtime", folder, target))
    moved = checkout.rename(tmp_path / "elsewhere")
    command = [str(moved / ".bk" / "venv" / "bin" / "python"), "-P", "-c", "import blauweknop; print(blauweknop.here)"]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd="/").stdout == "moved\n"


def test_programs_of_an_environment_name_its_final_place(bk: Any) -> None:
    def install(*_args: object, python: str) -> None:
        program = Path(python).with_name("program")
        program.write_text(f"#!{python}\n", encoding="ascii")

    bk.install = install
    folder = bk.make("venv", "one", lambda folder, target: bk.build_environment("runtime", folder, target))
    first = (Path(folder) / "bin" / "program").read_text(encoding="ascii")
    assert first == f"#!{folder}/bin/python\n"


def test_an_environment_whose_python_is_gone_is_made_anew(bk: Any) -> None:
    built: list[str] = []
    bk.install = lambda lock, **_keywords: built.append(lock)
    python = Path(bk.environment("runtime"))
    bk.environment("runtime")
    assert built == ["runtime"]
    python.unlink()
    python.symlink_to("/nowhere/python")
    assert os.access(bk.environment("runtime"), os.X_OK)
    assert built == ["runtime", "runtime"]


def test_the_stamp_follows_the_lock_and_the_python(bk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    bk.ROOT = str(tmp_path)
    stamps = {bk.fingerprint("runtime"), bk.fingerprint("dev")}
    with (tmp_path / "requirements" / "runtime.txt").open("a", encoding="ascii") as file:
        file.write("\n")
    stamps.add(bk.fingerprint("runtime"))
    monkeypatch.setattr(sys, "version", "3.99")
    stamps.add(bk.fingerprint("runtime"))
    assert len(stamps) == 4


def test_an_older_python_is_told_so_in_one_line(bk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 9, "final", 0))
    with pytest.raises(bk.Stop, match=r"^needs Python 3\.11 or later; this is"):
        bk.main(["demo"])


def test_without_root_bk_says_exactly_what_to_install(bk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/" + name if name in ("apt-get", "qpdf") else None)
    with pytest.raises(bk.Stop, match=r"sudo apt-get install -y chromium poppler-utils$"):
        bk.debian_packages()


def test_without_apt_bk_names_the_programs(bk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(bk.Stop, match="chromium, pdfsig, qpdf"):
        bk.debian_packages()


def test_nothing_is_asked_of_debian_when_nothing_is_missing(bk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(bk, "apt", lambda _packages: pytest.fail("asked apt"))
    bk.debian_packages()


def test_an_installer_that_fails_is_shown_and_named(bk: Any, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(bk.Stop, match=r"installing it did not work \(exit 7\)") as stop:
        bk.must([sys.executable, "-c", "import sys; print('the disk is full'); sys.exit(7)"], "installing it")
    assert stop.value.code == 1
    assert "the disk is full" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "whole"),
    [([], True), (["--long"], True), (["-x", "-v"], True), (["-k", "jws"], False), (["tests/unit"], False)],
)
def test_the_coverage_gates_are_for_a_whole_run(
    bk: Any, monkeypatch: pytest.MonkeyPatch, arguments: list[str], whole: bool
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(bk, "environment", lambda _lock: "/x/bin/python")
    monkeypatch.setattr(bk, "node_path", lambda: None)
    for name in ("debian_packages", "npm_packages"):
        monkeypatch.setattr(bk, name, lambda *_: None)

    def run(command: list[str], *_: object) -> int:
        ran.append(command)
        return 0

    monkeypatch.setattr(bk, "run", run)
    assert bk.test(arguments) == 0
    gates = [word for command in ran for word in command if word.startswith("--fail-under")]
    assert gates == (["--fail-under=100", "--fail-under=90"] if whole else [])
    assert ran[0][-len(arguments) :] == arguments or not arguments


@pytest.mark.parametrize(("core", "rest", "status"), [(0, 0, 0), (2, 0, 2), (0, 2, 2)])
def test_each_gate_can_fail_the_run(
    bk: Any, monkeypatch: pytest.MonkeyPatch, core: int, rest: int, status: int
) -> None:
    answers = iter([0, core, rest])
    monkeypatch.setattr(bk, "environment", lambda _lock: "/x/bin/python")
    monkeypatch.setattr(bk, "node_path", lambda: None)
    for name in ("debian_packages", "npm_packages"):
        monkeypatch.setattr(bk, name, lambda *_: None)
    monkeypatch.setattr(bk, "run", lambda *_: next(answers))
    assert bk.test([]) == status


def test_ctrl_c_ends_the_child_and_shows_no_traceback(bk: Any) -> None:
    child = "import os; print(os.getpid(), flush=True); import signal; signal.pause()"
    # Whoever started the tests in the background had SIGINT ignored, and what is ignored is inherited.
    program = f"""
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    bk.run([sys.executable, "-c", {child!r}])
except KeyboardInterrupt:
    print("bk was told", flush=True)
"""
    with python(bk, program) as other:
        assert other.stdout is not None
        pid = int(other.stdout.readline())
        os.killpg(other.pid, signal.SIGINT)
        assert other.stdout.read() == "bk was told\n"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_sigterm_reaches_the_child(bk: Any) -> None:
    child = "print('ready', flush=True); import signal; signal.pause()"
    with python(bk, f"sys.exit(bk.run([sys.executable, '-c', {child!r}]) == -15)") as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        other.terminate()
        assert other.wait() == 1


@pytest.mark.parametrize("arguments", [["check", "something"]])
def test_wrong_usage_is_one_line_and_exit_2(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, ROOT / "bk", *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("bk: ")
    assert done.stderr.count("\n") == 1
