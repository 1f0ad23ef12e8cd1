# SPDX-License-Identifier: EUPL-1.2
"""What can go wrong for a requester; what went wrong at one source alone stands in the delivery instead."""

from __future__ import annotations

from blauweknop.errors import BlauweKnopError, OtherPartyError


class ConsentServerRefusedError(OtherPartyError):
    """The consent service refused what the requester sent."""

    code = "toestemmingsdienst-weigert"
    retry = False

    def __init__(self, error: str) -> None:
        """``error``: the code of the error object."""
        self.error = error
        super().__init__(error)


class ConsentEndedError(OtherPartyError):
    """The consent has ended, or was never known here; nothing can be fetched with it any more."""

    code = "toestemming-voorbij"
    retry = False

    def __init__(self, reason: str = "") -> None:
        """``reason``: as the consent service says it, such as ``ingetrokken``."""
        self.reason = reason
        super().__init__(reason)


class ConsentWaitsError(OtherPartyError):
    """The consent gives nothing for now; ask again later."""

    code = "toestemming-wacht"

    def __init__(self, reason: str, interval: int) -> None:
        """``reason``: as the consent service says it; ``interval``: seconds to wait at least."""
        self.reason = reason
        self.interval = interval
        super().__init__(reason)


class CustomerUnmatchedError(BlauweKnopError):
    """The service asks to compare the consent with the customer first (``Consent.matches``)."""

    code = "klant-niet-vergeleken"


class MatchingImpossibleError(OtherPartyError):
    """Name and birth date did not come, so nobody can tell whose consent this is."""

    code = "klant-niet-te-vergelijken"

    def __init__(self, reason: str) -> None:
        """``reason``: why they did not come, of the closed list of reasons or error codes."""
        self.reason = reason
        super().__init__(reason)
