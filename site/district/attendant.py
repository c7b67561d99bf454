"""Keeping the worker alive beside the web server of one machine.

Production leaves this to systemd. Whatever happens to the worker, the site goes on.
"""

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence

logger = logging.getLogger("district.attendant")

FIRST_PAUSE, LONGEST_PAUSE = 1, 60
STEADY = 60
SECONDS_TO_STOP = 10


@contextlib.contextmanager
def attended_worker(command: Sequence[str] = (), delay: float = 0) -> Iterator["Attendant"]:
    """Run a worker while the block runs, started again with growing pauses when it ends.

    It begins `delay` seconds after the block.
    """
    own = [sys.executable, sys.argv[0], "work", "--parent", str(os.getpid())]
    attendant = Attendant(command or own, delay)
    attendant.start()
    try:
        yield attendant
    finally:
        attendant.stop()


class Attendant(threading.Thread):
    """Starts the worker, waits for its end, starts it again."""

    def __init__(self, command: Sequence[str], delay: float = 0):
        super().__init__(name="attendant", daemon=True)
        self.command, self.delay = command, delay
        self.process: subprocess.Popen | None = None
        self._over = threading.Event()
        self._starting = threading.Lock()

    def run(self) -> None:
        """Until `stop`: one worker at a time."""
        self._over.wait(self.delay)
        pause = FIRST_PAUSE
        while not self._over.is_set():
            began = time.monotonic()
            self._one_life()
            if time.monotonic() - began > STEADY:
                pause = FIRST_PAUSE
            if not self._over.wait(pause):
                logger.warning("the worker ended and is started again")
            pause = min(2 * pause, LONGEST_PAUSE)

    def _one_life(self) -> None:
        try:
            with self._starting:
                if self._over.is_set():
                    return
                # In a session of its own: Ctrl-C is for the server, which then ends the worker.
                self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603
        except OSError:
            logger.exception("the worker could not be started")
            return
        self.process.wait()

    def stop(self) -> None:
        """End the worker; it gets some seconds to finish what it is doing."""
        self._over.set()
        with self._starting:
            process = self.process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            # Nothing is lost: each thing it does stands by itself.
            process.kill()
            process.wait()
