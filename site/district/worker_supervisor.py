"""Supervision of the worker that runs beside the web server of one machine.

Production leaves this to systemd. Whatever happens to the worker, the site stays up.
"""

import contextlib
import logging
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence

logger = logging.getLogger("district.worker_supervisor")

# Seconds between two starts; after a run longer than STABLE_AFTER the pause is the shortest again.
MIN_PAUSE, MAX_PAUSE = 1, 60
STABLE_AFTER = 60
SECONDS_TO_STOP = 10


@contextlib.contextmanager
def supervised_worker(
    command: Sequence[str] = (), delay: float = 0
) -> Iterator["WorkerSupervisor"]:
    """Run a worker while the block runs, restarted with growing pauses when it ends.

    It starts `delay` seconds after the block.
    """
    default_command = [sys.executable, sys.argv[0], "work", "--parent", str(os.getpid())]
    supervisor = WorkerSupervisor(command or default_command, delay)
    supervisor.start()
    try:
        yield supervisor
    finally:
        supervisor.stop()


class WorkerSupervisor(threading.Thread):
    """Starts the worker, waits for its end, starts it again."""

    def __init__(self, command: Sequence[str], delay: float = 0):
        super().__init__(name="worker-supervisor", daemon=True)
        self.command, self.delay = command, delay
        self.process: subprocess.Popen | None = None
        self._stopping = threading.Event()
        self._start_lock = threading.Lock()

    def run(self) -> None:
        """Run one worker at a time until `stop` is called."""
        self._stopping.wait(self.delay)
        pause = MIN_PAUSE
        while not self._stopping.is_set():
            started = time.monotonic()
            self._run_worker()
            if time.monotonic() - started > STABLE_AFTER:
                pause = MIN_PAUSE
            if not self._stopping.wait(pause):
                logger.warning("the worker ended and is started again")
            pause = min(2 * pause, MAX_PAUSE)

    def _run_worker(self) -> None:
        try:
            with self._start_lock:
                if self._stopping.is_set():
                    return
                # In a session of its own: Ctrl-C is for the server, which then ends the worker.
                self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603
        except OSError:
            logger.exception("the worker could not be started")
            return
        self.process.wait()

    def stop(self) -> None:
        """End the worker; it gets some seconds to finish its job."""
        self._stopping.set()
        with self._start_lock:
            process = self.process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            # Nothing is lost: each of its jobs is a transaction of its own.
            process.kill()
            process.wait()
