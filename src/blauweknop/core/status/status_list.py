# SPDX-License-Identifier: EUPL-1.2
"""A status list in memory: 2 bits an entry, as a byte array (draft-ietf-oauth-status-list-21 §4.1, §7.1).

- entry ``i`` stands in byte ``i // 4`` at bits ``2 * (i % 4)`` and one up, lowest bits first;
- values: 0 valid, 1 invalid for good, 2 suspended, 3 application-specific;
- compressed with DEFLATE in the ZLIB format (RFC 1950), and read back with a bound, so that no small list unfolds into
  a large one.
"""

from __future__ import annotations

import zlib

from blauweknop.errors import BlauweKnopError, MalformedError

BITS = 2
PER_BYTE = 8 // BITS
MAX_BYTES = 1_048_576  # 4 194 304 entries
_MASK = (1 << BITS) - 1
_CLAUSE = "draft-ietf-oauth-status-list-21 §4.1"


class StatusIndexError(BlauweKnopError):
    """The status list has no such entry, or an entry cannot have that value."""

    code = "statuslijst-plaats"


class StatusList:
    """A list of ``size`` entries, a multiple of four, all 0 at first."""

    def __init__(self, size: int) -> None:
        """Raises: ``StatusIndexError`` for a size that is not a positive multiple of four, or too large."""
        if size <= 0 or size % PER_BYTE or size > MAX_BYTES * PER_BYTE:
            raise StatusIndexError(f"a list of {size} entries", clause=_CLAUSE)
        self._data = bytearray(size // PER_BYTE)

    @classmethod
    def from_bytes(cls, data: bytes) -> StatusList:
        """The list whose byte array is ``data``."""
        statuses = cls(len(data) * PER_BYTE)
        statuses._data[:] = data
        return statuses

    @classmethod
    def decompress(cls, data: bytes) -> StatusList:
        """The list that ``data`` (ZLIB) holds.

        Raises: ``MalformedError`` when it is not one whole ZLIB stream, or unfolds into more than ``MAX_BYTES``.
        """
        inflater = zlib.decompressobj()
        try:
            plain = inflater.decompress(data, MAX_BYTES + 1)
        except zlib.error as error:
            raise MalformedError("the status list is not ZLIB", clause=_CLAUSE) from error
        if len(plain) > MAX_BYTES:
            raise MalformedError(f"the status list is more than {MAX_BYTES} bytes", clause=_CLAUSE)
        if not inflater.eof or inflater.unused_data:
            raise MalformedError("the status list is not one whole ZLIB stream", clause=_CLAUSE)
        if not plain:
            raise MalformedError("the status list is empty", clause=_CLAUSE)
        return cls.from_bytes(plain)

    def compress(self) -> bytes:
        """ZLIB at the highest level."""
        return zlib.compress(bytes(self._data), level=9)

    def get(self, index: int) -> int:
        """The value of entry ``index``. Raises: ``StatusIndexError``."""
        self._check(index)
        return self._data[index // PER_BYTE] >> _shift(index) & _MASK

    def set(self, index: int, value: int) -> None:
        """Makes entry ``index`` ``value``. Raises: ``StatusIndexError``."""
        self._check(index)
        if not 0 <= value <= _MASK:
            raise StatusIndexError(f"value {value} in {BITS} bits", clause=_CLAUSE)
        place = index // PER_BYTE
        self._data[place] = self._data[place] & ~(_MASK << _shift(index)) | value << _shift(index)

    def __len__(self) -> int:
        """The number of entries."""
        return len(self._data) * PER_BYTE

    def __bytes__(self) -> bytes:
        return bytes(self._data)

    def _check(self, index: int) -> None:
        if not 0 <= index < len(self):
            raise StatusIndexError(f"entry {index} of {len(self)}", clause="draft-ietf-oauth-status-list-21 §8.3")


def _shift(index: int) -> int:
    return index % PER_BYTE * BITS
