# SPDX-License-Identifier: EUPL-1.2
"""The forms of one delivery: file, JSON, paper code, certified document. All carry one sealing, so one fingerprint."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from blauweknop.adapters.paper.certify import make_certified_pdf
from blauweknop.adapters.paper.printed import Printed
from blauweknop.core.seal.paper_code import PaperContent, encode_paper_code

if TYPE_CHECKING:
    from blauweknop.services.source.parts import Parts
    from blauweknop.services.source.pipeline import Delivery
    from blauweknop.texts import Language


def paper_code(parts: Parts, delivery: Delivery) -> str:
    """The code for on paper, ``BK1:…``. It holds what fits of the elements that go on paper."""
    content = PaperContent(
        definition=delivery.look.definition,
        scheme_url=parts.scheme_url,
        iss=parts.iss,
        issued_at=delivery.issued_at,
        fingerprint=delivery.set.fingerprint,
        rows=delivery.look.rows,
    )
    return encode_paper_code(content, signer=parts.seal_signer)


async def certified_pdf(parts: Parts, delivery: Delivery, *, language: Language) -> bytes:
    """The certified document, made in a thread.

    Raises: ``PdfNotMadeError``, ``PdfSealError``, ``PaperMissingError``.
    """
    return await asyncio.to_thread(_certified_pdf, parts, delivery, language)


def _certified_pdf(parts: Parts, delivery: Delivery, language: Language) -> bytes:
    source = parts.settings.source
    printed = Printed(
        definition=delivery.look.definition,
        organisation=source.name.nl,
        oin=source.oin,
        iss=parts.iss,
        issued_at=delivery.issued_at,
        delivery=delivery.id,
        rows=delivery.look.rows,
        missing=delivery.look.missing,
        fingerprint=delivery.set.fingerprint,
        sealed_set=delivery.set.compact(),
        paper_code=paper_code(parts, delivery),
        sample=parts.environment == "test",
    )
    return make_certified_pdf(printed, language=language, signer=parts.seal_signer)
