# SPDX-License-Identifier: EUPL-1.2
"""Which trust folder a command goes by: the one given, or the demo's.

The demo's lies in the folder that ``BK_DEMO`` names (``./bk`` sets it), or in ``.bk/demo`` of the working directory or
one above it.

Never the folder of the file that is looked at: who sends a file may send a trust folder along.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from blauweknop.errors import ConfigurationError

if TYPE_CHECKING:
    from blauweknop.core.seal.trust import Trust

DEMO: Final = Path(".bk", "demo")
TRUST: Final = "vertrouwen"


class TrustNotFoundError(ConfigurationError):
    """There is no trust folder: say which one with --vertrouwen DIR, or run the demo first."""

    code = "vertrouwen-ontbreekt"


def find_trust(given: Path | None) -> Trust:
    """The trust of ``given``, or else of the demo.

    Raises: ``TrustNotFoundError``, ``TrustUnusableError``.
    """
    from blauweknop.adapters.keys.trust_folder import load_trust

    if given is not None:
        return load_trust(given)
    here, named = Path.cwd(), os.environ.get("BK_DEMO")
    homes = ([Path(named)] if named else []) + [folder / DEMO for folder in (here, *here.parents)]
    for home in homes:
        if (home / TRUST).is_dir():
            return load_trust(home / TRUST)
    raise TrustNotFoundError(f"looked in {named or 'BK_DEMO, which is not set,'} and for {DEMO / TRUST} from {here} up")
