# SPDX-License-Identifier: EUPL-1.2
"""A certified document in one call: the PDF of a sealed set, sealed by the organisation that sealed the set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blauweknop.adapters.paper.document import render_document
from blauweknop.adapters.paper.pades import TimeStamper, seal_pdf
from blauweknop.adapters.paper.printable import printable
from blauweknop.texts import load_messages

if TYPE_CHECKING:
    from blauweknop.adapters.paper.printed import Printed
    from blauweknop.core.wire.keys import Signer
    from blauweknop.texts import Language


def make_certified_pdf(
    printed: Printed, *, language: Language, signer: Signer, time_stamper: TimeStamper | None = None
) -> bytes:
    """The PDF, sealed. Takes some 50 ms of a processor (the first one a second more): call it in a thread.

    Raises: ``PdfNotMadeError``, ``PdfSealError``, ``PaperMissingError``.
    """
    pdf = render_document(printed, language=language)
    title = load_messages(language)("paper-zegelveld", organisatie=printable(printed.organisation))
    return seal_pdf(pdf, signer=signer, at=printed.issued_at, title=title, time_stamper=time_stamper)
