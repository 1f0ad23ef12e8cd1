# SPDX-License-Identifier: EUPL-1.2
"""What a reader remembers of the register, in one folder; see ``contract.py``.

::

    <folder>/gezien.json        the register accepted last and what to hold the next one to, in one file: one rename
    <folder>/details/<sha256>   content-addressed; never changed
"""

from __future__ import annotations

import asyncio
import os
import secrets
from typing import TYPE_CHECKING, Final

import msgspec

from blauweknop.adapters.scheme.contract import Remembered
from blauweknop.adapters.store.engine.connect import folder_alone
from blauweknop.core.scheme.vocabulary import check_hash
from blauweknop.core.wire.strict_json import encode
from blauweknop.errors import InfrastructureError

if TYPE_CHECKING:
    from pathlib import Path

_MAX_BYTES: Final = 8_000_000
_SEEN: Final = "gezien.json"


class MemoryUnreadableError(InfrastructureError):
    """What was remembered of the register cannot be read or written."""

    code = "register-geheugen"


class FileMemory:
    """``RegisterMemory`` in a folder, made when it is not there."""

    def __init__(self, folder: Path) -> None:
        """``folder``: of this service alone; all its processes may share it."""
        self._folder = folder

    async def load(self) -> Remembered | None:
        """See ``RegisterMemory.load``. A damaged file is an error, not an absence: it may hold a newer version."""
        return await asyncio.to_thread(_load, self._folder)

    async def save(self, remembered: Remembered) -> None:
        """See ``RegisterMemory.save``."""
        await asyncio.to_thread(_save, self._folder, remembered)

    async def load_detail(self, sha256: str) -> bytes | None:
        """See ``RegisterMemory.load_detail``."""
        check_hash(sha256)
        return await asyncio.to_thread(_read, self._folder / "details" / sha256)

    async def save_detail(self, sha256: str, data: bytes) -> None:
        """See ``RegisterMemory.save_detail``."""
        check_hash(sha256)
        await asyncio.to_thread(_write, self._folder / "details" / sha256, data)


def _load(folder: Path) -> Remembered | None:
    data = _read(folder / _SEEN)
    if data is None:
        return None
    try:
        return msgspec.json.decode(data, type=Remembered)
    except msgspec.DecodeError as error:
        raise MemoryUnreadableError(f"{_SEEN} is damaged") from error


def _save(folder: Path, remembered: Remembered) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with folder_alone(folder):
            known = _load(folder)
            _write(folder / _SEEN, encode(remembered if known is None else _newest(known, remembered)))
    except OSError as error:
        raise MemoryUnreadableError(f"{folder.name} ({error.strerror})") from error


def _newest(known: Remembered, said: Remembered) -> Remembered:
    """What two processes of one service saw together: neither makes the other forget."""
    register = max((said, known), key=lambda one: (one.seen.version, one.seen.issued_at))
    listed = max((said, known), key=lambda one: (one.serial, one.status_at))
    kept = {"serial": listed.serial, "status_list": listed.status_list, "status_at": listed.status_at}
    return msgspec.structs.replace(register, **kept)


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_BYTES)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MemoryUnreadableError(f"{path.name} ({error.strerror})") from error


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".nieuw-{path.name}-{secrets.token_hex(6)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A crash before this line leaves what was there, after it what is new; never half of either.
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise MemoryUnreadableError(f"{path.name} ({error.strerror})") from error
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
