# SPDX-License-Identifier: EUPL-1.2
"""What a service answers at ``/gezond``, to whoever keeps it running."""

from __future__ import annotations

from typing import Final

from starlette.responses import Response

from blauweknop.core.wire.strict_json import encode

_NOT_WELL: Final = 503


def health_answer(*, well: bool) -> Response:
    """``{"gezond": …}``: 200, or 503 when the service cannot do its work."""
    return Response(encode({"gezond": well}), status_code=200 if well else _NOT_WELL, media_type="application/json")
