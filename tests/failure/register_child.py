# SPDX-License-Identifier: EUPL-1.2
"""A process that decides in a register and says what was acknowledged, so that its parent can kill it.

Called as ``python -m tests.failure.register_child FOLDER``. Each line: number of the last change, version signed.
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from pathlib import Path

from blauweknop.core.scheme.stages import Act
from blauweknop.core.scheme.vocabulary import Role
from blauweknop.services.register.administration import Administration, Reason, Unsigned
from blauweknop.services.register.assemble import assemble_register
from blauweknop.services.register.signing import current_register
from blauweknop.testing.register_service import register_settings, registration

ISS = "http://localhost:8299"
AT = 1_793_534_400


async def work(folder: Path) -> None:
    parts = await assemble_register(register_settings(folder, iss=ISS, now=AT))
    acts = Administration(parts)

    async def one(number: int) -> None:
        oin = f"{number:020d}"
        organisation = registration(oin, f"Voorbeeld {number}", f"https://v{number}.example", Role.REQUESTER)
        for _ in itertools.count():
            await acts.decide(Act.ADMIT, oin, organisation, Unsigned())
            await say()
            await acts.decide(Act.SUSPEND, oin, Reason(reason="proef"), Unsigned())
            await say()

    async def say() -> None:
        last = await parts.store.read(lambda state: state.last_change())
        version = (await current_register(parts)).version
        os.write(1, f"{last} {version}\n".encode())

    await asyncio.gather(*(one(number) for number in range(1, 4)))


if __name__ == "__main__":
    asyncio.run(work(Path(sys.argv[1])))
