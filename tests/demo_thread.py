# SPDX-License-Identifier: EUPL-1.2
"""The whole demo in a thread, on ports of its own, so that a test can drive it from outside over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from blauweknop.demo.home import PORTS_FILE
from blauweknop.demo.plus import wanted_ports
from blauweknop.demo.serve import RunningDemo, running_demo
from blauweknop.testing.scheme import free_ports


class DemoThread(threading.Thread):
    """Runs the demo in an event loop of its own, so that a test can drive a browser."""

    def __init__(self, home: Path) -> None:
        super().__init__(daemon=True)
        self._home = home
        self._loop = asyncio.new_event_loop()
        self._ending = asyncio.Event()
        self.demo: Future[RunningDemo] = Future()

    def run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        try:
            async with running_demo(self._home) as demo:
                self.demo.set_result(demo)
                await self._ending.wait()
        except Exception as error:
            if self.demo.done():
                raise
            self.demo.set_exception(error)

    def end(self) -> None:
        if not self._loop.is_closed():  # a demo that did not start has ended by itself
            self._loop.call_soon_threadsafe(self._ending.set)
        self.join(20)


@contextlib.contextmanager
def demo_in_thread(home: Path) -> Iterator[RunningDemo]:
    """The running demo; keys, roots and stores lie in ``home``."""
    (home / PORTS_FILE).write_text(json.dumps(free_ports(wanted_ports())), encoding="utf-8")
    thread = DemoThread(home)
    thread.start()
    try:
        yield thread.demo.result(timeout=30)
    finally:
        thread.end()
