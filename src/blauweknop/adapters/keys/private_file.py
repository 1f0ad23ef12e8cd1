# SPDX-License-Identifier: EUPL-1.2
"""Files that only their owner may read, and folders that appear whole or not at all.

- reading follows no link and looks at mode and owner of the file that was opened, not of a name that may change;
- a folder of keys is made under a temporary name, synced, and renamed into place: a crash at any moment leaves no
  folder or the whole folder (and perhaps a ``.nieuw-…`` folder, which nothing reads and the next run clears away);
- nothing is ever overwritten: the rename fails when there is something already.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import stat
from typing import TYPE_CHECKING

from blauweknop.adapters.keys.errors import KeyExistsError, KeyUnusableError
from blauweknop.errors import InfrastructureError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAX_BYTES = 65_536
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
PUBLIC_FILE = 0o644
_OTHERS = 0o077
_NEW = ".nieuw-"


def read_private(path: Path) -> bytes:
    """The contents of ``path``, that none but its owner can read. Raises: ``KeyUnusableError``."""
    return _read(path, refused=_OTHERS)


def read_public(path: Path) -> bytes:
    """The contents of ``path``, that none but its owner can change. Raises: ``KeyUnusableError``."""
    return _read(path, refused=0o022)


def check_private_folder(path: Path) -> None:
    """Raises ``KeyUnusableError`` unless ``path`` is a folder, not a link, closed to others than its owner."""
    try:
        found = path.lstat()
    except OSError as error:
        raise KeyUnusableError(f"{path}: {error.strerror}") from error
    if not stat.S_ISDIR(found.st_mode):
        raise KeyUnusableError(f"{path} is not a folder")
    _check_owner_and_mode(path, found, refused=_OTHERS)


def write_folder(folder: Path, files: Mapping[str, tuple[bytes, int]]) -> None:
    """Makes ``folder`` with ``files`` (name to contents and mode), whole or not at all; durable when it returns.

    Raises: ``KeyExistsError`` when ``folder`` is there and not empty; ``InfrastructureError`` when the disk refuses.
    """
    temporary = folder.parent / f"{_NEW}{folder.name}-{secrets.token_hex(8)}"
    try:
        folder.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        if is_filled(folder):
            raise KeyExistsError(f"{folder} has keys")
        clear_leftovers(folder)
        temporary.mkdir(mode=PRIVATE_FOLDER)
        for name, (contents, mode) in files.items():
            (temporary / name).parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            _write_synced(temporary / name, contents, mode)
        for inner in {(temporary / name).parent for name in files} | {temporary}:
            _sync_folder(inner)
        # A crash before this line leaves only the temporary folder; after it, the whole folder under its own name.
        _rename_new(temporary, folder)
        _sync_folder(folder.parent)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        raise InfrastructureError(f"{folder} could not be written ({error.strerror})") from error


def write_file(path: Path, contents: bytes, mode: int = PUBLIC_FILE) -> None:
    """Makes the file ``path``, whole or not at all; durable when it returns.

    Raises: ``KeyExistsError`` when it is there; ``InfrastructureError`` when the disk refuses.
    """
    temporary = path.parent / f"{_NEW}{path.name}-{secrets.token_hex(8)}"
    try:
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        _write_synced(temporary, contents, mode)
        os.link(temporary, path)  # unlike a rename, fails when the name is taken
        _sync_folder(path.parent)
    except FileExistsError as error:
        raise KeyExistsError(f"{path} is there") from error
    except OSError as error:
        raise InfrastructureError(f"{path} could not be written ({error.strerror})") from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def is_filled(folder: Path) -> bool:
    """Whether there is a folder with anything in it."""
    return folder.exists() and any(folder.iterdir())


def clear_leftovers(folder: Path) -> None:
    """Removes what an interrupted ``write_folder`` of the same name left beside ``folder``."""
    for leftover in folder.parent.glob(f"{_NEW}{folder.name}-*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _rename_new(temporary: Path, folder: Path) -> None:
    try:
        temporary.rename(folder)
    except OSError as error:
        if not is_filled(folder):
            raise
        # Another run was first; what it made stays.
        shutil.rmtree(temporary, ignore_errors=True)
        raise KeyExistsError(f"{folder} has keys") from error


def _read(path: Path, *, refused: int) -> bytes:
    try:
        # Non-blocking: a named pipe in the place of a key must not hold the start for ever.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            contents = _read_regular(path, descriptor, refused)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise KeyUnusableError(f"{path}: {error.strerror}") from error
    if len(contents) > MAX_BYTES:
        raise KeyUnusableError(f"{path} is larger than {MAX_BYTES} bytes")
    return contents


def _read_regular(path: Path, descriptor: int, refused: int) -> bytes:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise KeyUnusableError(f"{path} is not a regular file")
    _check_owner_and_mode(path, found, refused=refused)
    with open(descriptor, "rb", closefd=False) as file:
        return file.read(MAX_BYTES + 1)


def _check_owner_and_mode(path: Path, found: os.stat_result, *, refused: int) -> None:
    if found.st_uid not in {os.geteuid(), 0}:
        raise KeyUnusableError(f"{path} is owned by another user")
    if found.st_mode & refused:
        mode = stat.S_IMODE(found.st_mode)
        raise KeyUnusableError(f"{path} is open to others (mode {mode:04o}; take away {mode & refused:04o})")


def _write_synced(path: Path, contents: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    with open(descriptor, "wb") as file:  # noqa: PTH123 - a descriptor, not a path
        os.fchmod(descriptor, mode)  # whatever the umask is
        file.write(contents)
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
