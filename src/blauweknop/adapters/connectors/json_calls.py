# SPDX-License-Identifier: EUPL-1.2
"""Asking a back-end for JSON: one deadline for all calls of a fetch, and every failure as ``SourceFailedError``."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Final

from blauweknop.adapters.config.secret import load_secret_value
from blauweknop.adapters.connectors.contract import SourceFailedError
from blauweknop.adapters.http.client import CallFailedError, HttpAnswer, HttpCaller
from blauweknop.core.wire.strict_json import encode, parse_object
from blauweknop.errors import MalformedError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from blauweknop.adapters.config.secret import Secret
    from blauweknop.adapters.connectors.settings import HeaderSecret

_JSON: Final = "application/json"


class Deadline:
    """The moment at which all of a fetch must be done; monotonic seconds."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises: ``SourceFailedError`` (te-laat) when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise SourceFailedError("te-laat")
        return left


class JsonCaller:
    """Sends and reads JSON objects; holds the key of the back-end, if it wants one."""

    def __init__(self, address: str, key: HeaderSecret | None, environ: Mapping[str, str] | None = None) -> None:
        """Raises: ``SecretMissingError``, ``SecretExposedError``, ``AddressRefusedError``."""
        self._http = HttpCaller(address)
        self._header = key.header if key else ""
        self._secret: Secret | None = (
            load_secret_value(key.value, os.environ if environ is None else environ) if key else None
        )

    async def send(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        *,
        deadline: Deadline,
        headers: Mapping[str, str] | None = None,
        accept: Collection[int] = (),
    ) -> tuple[int, dict[str, Any]]:
        """The status and the object that was answered; an empty object for a status in ``accept``.

        Raises: ``SourceFailedError``.
        """
        sent = {"accept": _JSON, **(headers or {})}
        if self._secret is not None:
            sent[self._header] = self._secret.reveal()
        if body is not None:
            sent["content-type"] = f"{_JSON}; charset=utf-8"
        content = encode(dict(body)) if body is not None else None
        try:
            answer = await self._http.call(
                method, path, timeout=deadline.left(), headers=sent, body=content, accept=accept
            )
        except CallFailedError as error:
            raise SourceFailedError(error.detail) from error
        return answer.status, {} if answer.status in accept else _object(answer)

    async def close(self) -> None:
        """Closes connections; safe to call twice."""
        await self._http.close()


def _object(answer: HttpAnswer) -> dict[str, Any]:
    if answer.media_type != _JSON:
        raise SourceFailedError("onleesbaar: the answer is not application/json")
    try:
        return parse_object(answer.body)
    except MalformedError as error:
        raise SourceFailedError(f"onleesbaar: {error.detail}") from error
