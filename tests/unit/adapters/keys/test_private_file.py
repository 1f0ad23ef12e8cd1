# SPDX-License-Identifier: EUPL-1.2
"""Files and folders appear whole or not at all, and never over what is there; every failing disk call is tried."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from blauweknop.adapters.keys.errors import KeyExistsError
from blauweknop.adapters.keys.private_file import PRIVATE_FILE, PUBLIC_FILE, write_file, write_folder
from blauweknop.errors import InfrastructureError

FILES = {"a.key": (b"secret", PRIVATE_FILE), "a.crt": (b"public", PUBLIC_FILE)}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_appears_with_its_files_and_modes(tmp_path: Path) -> None:
    write_folder(tmp_path / "new", FILES)
    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {
        name: contents for name, (contents, _) in FILES.items()
    }
    assert (tmp_path / "new" / "a.key").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["new"]


def test_an_empty_folder_may_be_there(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir(mode=0o700)
    write_folder(tmp_path / "new", FILES)
    assert names(tmp_path / "new") == ["a.crt", "a.key"]


def test_a_folder_with_anything_in_it_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine").write_bytes(b"mine")
    with pytest.raises(KeyExistsError):
        write_folder(tmp_path / "new", FILES)
    assert names(tmp_path / "new") == ["mine"]
    assert names(tmp_path) == ["new"]


def test_who_comes_second_at_the_same_moment_loses_and_breaks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def first_another(self: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "rename", rename)
        write_folder(tmp_path / "new", {"other": (b"other", PRIVATE_FILE)})
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", first_another)
    with pytest.raises(KeyExistsError):
        write_folder(tmp_path / "new", FILES)
    assert names(tmp_path / "new") == ["other"]
    assert names(tmp_path) == ["new"]


def test_what_an_interrupted_run_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".nieuw-new-0123").mkdir()
    (tmp_path / ".nieuw-new-0123" / "a.key").write_bytes(b"half")
    write_folder(tmp_path / "new", FILES)
    assert names(tmp_path) == ["new"]


def test_a_file_appears_once(tmp_path: Path) -> None:
    write_file(tmp_path / "below" / "file", b"one")
    with pytest.raises(KeyExistsError):
        write_file(tmp_path / "below" / "file", b"two")
    assert (tmp_path / "below" / "file").read_bytes() == b"one"
    assert names(tmp_path / "below") == ["file"]


class FailsAt:
    """The n-th call of a disk function fails as a full disk does."""

    def __init__(self, number: int) -> None:
        self.left = number

    def wrap(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return call(*arguments, **named)

        return wrapped


@pytest.mark.parametrize("number", range(1, 9))
def test_when_a_disk_call_fails_there_is_no_folder_or_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    fails = FailsAt(number)
    for name in ("fsync", "fchmod"):
        monkeypatch.setattr(os, name, fails.wrap(getattr(os, name)))
    monkeypatch.setattr(Path, "rename", fails.wrap(Path.rename))
    # Two files: fchmod, fsync each; the folder: fsync; rename; the parent: fsync. That is seven calls.
    if number < 8:
        with pytest.raises(InfrastructureError, match="No space left"):
            write_folder(tmp_path / "new", FILES)
        assert names(tmp_path) == ([] if number < 7 else ["new"])
    else:
        write_folder(tmp_path / "new", FILES)
    if (tmp_path / "new").exists():
        assert names(tmp_path / "new") == ["a.crt", "a.key"]


@pytest.mark.parametrize("number", range(1, 5))
def test_when_a_disk_call_fails_there_is_no_file_or_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    fails = FailsAt(number)
    for name in ("fsync", "fchmod", "link"):
        monkeypatch.setattr(os, name, fails.wrap(getattr(os, name)))
    with pytest.raises(InfrastructureError):
        write_file(tmp_path / "file", b"contents")
    assert names(tmp_path) == ([] if number < 4 else ["file"])
    if number == 4:
        assert (tmp_path / "file").read_bytes() == b"contents"
