# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with keys and trust on disk. Details name files and rules, never contents."""

from __future__ import annotations

from blauweknop.errors import ConfigurationError


class KeyUnusableError(ConfigurationError):
    """A key or secret cannot be used."""

    code = "sleutel-onbruikbaar"


class KeyExistsError(ConfigurationError):
    """There is a key already; nothing was changed."""

    code = "sleutel-bestaat"


class TrustUnusableError(ConfigurationError):
    """The folder with trusted certificates cannot be used."""

    code = "vertrouwen-onbruikbaar"
