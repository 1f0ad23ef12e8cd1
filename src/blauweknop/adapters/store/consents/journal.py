# SPDX-License-Identifier: EUPL-1.2
"""The withdrawal journal: one line for every change of a status list, outside the database and its backups.

A line is canonical JSON ``{"volgnr", "bron", "lijst", "idx", "bit", "reden"}`` with a newline, appended and synced
before the change is committed. A line whose change was never committed does no harm: carried out again it ends or
pauses what its writer meant to end or pause. A line that was cut short by a crash belongs to a change that nobody was
told of; the next one starts on a line of its own.

**Trust sentence.** Who steals the journal learns how many consents changed and when; who cuts its end can hide a
withdrawal from the *next* restore; who adds to it can end consents.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from blauweknop.adapters.store.engine.errors import StoreFailedError
from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


class JournalLine(msgspec.Struct, frozen=True, kw_only=True):
    """One change. ``source``: OIN."""

    serial: int = msgspec.field(name="volgnr")
    source: str = msgspec.field(name="bron")
    number: int = msgspec.field(name="lijst")
    index: int = msgspec.field(name="idx")
    bit: int
    reason: str = msgspec.field(name="reden")


class JournalFailedError(StoreFailedError):
    """The withdrawal journal cannot be written, so nothing is changed."""

    code = "journaal-onschrijfbaar"


class Journal:
    """The journal at ``path``; several processes of one host may append to it."""

    def __init__(self, path: Path) -> None:
        """``path``: on another disk than the backups, mode 0600."""
        self._path = path
        try:
            handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.close(handle)
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        except OSError as error:
            raise JournalFailedError(f"{path}: {error.strerror}") from error

    def append(self, lines: Iterable[JournalLine]) -> None:
        """Writes ``lines`` and syncs. Raises: ``JournalFailedError``; nothing may be committed then."""
        text = b"".join(encode(line) + b"\n" for line in lines)
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_APPEND)
            try:
                if not _ends_whole(handle):
                    text = b"\n" + text
                written = os.write(handle, text)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError as error:
            raise JournalFailedError(str(error.strerror)) from error
        if written != len(text):
            raise JournalFailedError("written in part")

    def after(self, serial: int) -> Iterator[JournalLine]:
        """The lines with a ``volgnr`` above ``serial``, in the order they were written."""
        try:
            with self._path.open("rb") as file:
                for text in file:
                    line = _parse(text)
                    if line is not None and line.serial > serial:
                        yield line
        except OSError as error:
            raise JournalFailedError(str(error.strerror)) from error


def _ends_whole(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _parse(text: bytes) -> JournalLine | None:
    if not text.endswith(b"\n"):
        return None  # cut short by a crash: its change was not committed
    try:
        return msgspec.json.decode(text, type=JournalLine)
    except msgspec.DecodeError:
        return None  # cut short by a crash, and ended by the line after it
