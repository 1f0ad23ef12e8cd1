# SPDX-License-Identifier: EUPL-1.2
"""Evidence of a delivery: a zip with each set as it was received, and ``bewijs.json`` about them.

Each ``.sd-jwt`` verifies by itself (``blauweknop verify``). ``bewijs.json`` holds the grant, what was granted, when
each set came, its fingerprint, until when it may be kept, and the source's own proof of its log; no values.
Two calls for one delivery give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from blauweknop.core.wire.strict_json import encode

if TYPE_CHECKING:
    from blauweknop.services.requester.model import Delivery, NotDelivered, Received

INDEX: Final = "bewijs.json"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first moment a zip can name: when it was made is no evidence


def make_evidence(delivery: Delivery) -> bytes:
    """The zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(INDEX, _EPOCH), encode(_index(delivery)))
        for number, one in enumerate(delivery.sets):
            archive.writestr(zipfile.ZipInfo(_name(number, one), _EPOCH), one.answer.set)
    return out.getvalue()


def _index(delivery: Delivery) -> dict[str, Any]:
    return {
        "grant_id": delivery.grant_id,
        "ontvangen": [_said(number, one) for number, one in enumerate(delivery.sets)],
        "geweigerd": [_refused(one) for one in delivery.refused],
        "mislukt": [_refused(one) for one in delivery.failed],
    }


def _said(number: int, one: Received) -> dict[str, Any]:
    return {
        "bestand": _name(number, one),
        "toegestaan": one.line.as_json(),
        "bron": {"iss": one.verified.iss, "oin": one.verified.oin, "naam": one.verified.organisation},
        "levering": one.verified.delivery,
        "ontvangen_op": one.received_at,
        "bewaren_tot": one.verified.visible["bewaren_tot"],
        "vingerafdruk": one.verified.fingerprint,
        "toonafdruk": one.verified.show_print,
        "logbewijs": one.answer.logbewijs,
    }


def _refused(one: NotDelivered) -> dict[str, str]:
    return {"bron": one.source, "gegevensset": one.data_set, "reden": one.reason}


def _name(number: int, one: Received) -> str:
    return f"{number + 1:02}-{one.line.data_set.replace('/', '-')}.sd-jwt"
