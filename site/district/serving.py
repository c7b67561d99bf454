"""Serving this installation with granian on one machine: the port, the server, static files."""

import errno
import hashlib
import multiprocessing
import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from district.worker_supervisor import supervised_worker

HOST = "127.0.0.1"
WORKERS = 2
THREADS = 4
SECONDS_TO_STOP = 5
# The worker loads all that a web process loads: readers come first.
SECONDS_AHEAD = 3


class Server(Granian):  # type: ignore[valid-type, misc]  # a class chosen at run time
    """Granian, except that closing the terminal ends it; granian would reload and live on."""

    def signal_handler_reload(self, *args: Any, **kwargs: Any) -> None:
        """Stop on SIGHUP, and write nothing more to the terminal that is gone."""
        null = os.open(os.devnull, os.O_WRONLY)
        for descriptor in (1, 2):
            os.dup2(null, descriptor)
        self.signal_handler_interrupt()


def serve(port: int) -> None:
    """Serve the site on HOST until Ctrl-C; every process has ended when this returns."""
    # Fresh processes, as in production, with this one's sys.path: a fork would share connections.
    multiprocessing.set_start_method("spawn", force=True)
    connections.close_all()
    os.environ.setdefault("BASE_URL", address(port))
    renditions = Path(settings.MEDIA_ROOT) / "images"
    renditions.mkdir(parents=True, exist_ok=True)
    server = Server(
        settings.WSGI_APPLICATION,
        address=HOST,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        blocking_threads=THREADS,
        workers=WORKERS,
        workers_kill_timeout=SECONDS_TO_STOP,
        log_level=LogLevels.warning,
        static_path_route=[f"{settings.MEDIA_URL}images"],
        static_path_mount=[renditions],
    )
    with supervised_worker(delay=SECONDS_AHEAD):
        server.serve(target_loader=load)


def load(target: str) -> Callable:
    """Load the WSGI application named `target` in a worker."""
    # Ctrl-C reaches the workers as well as granian, which then ends them: two signals at once
    # make a worker hang, so it does not listen to the first.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    return import_string(target)


def address(port: int) -> str:
    """Where the site is then found, without a slash at the end."""
    return f"http://{HOST}:{port}"


def free_port(text: str) -> int:
    """Read a port number and make sure that nobody listens there; CommandError otherwise."""
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 65536):
        raise CommandError(
            _("PORT must be a number from 1 to 65535, not “%(text)s”.") % {"text": text}
        )
    port = int(text)
    with socket.socket() as probe:
        # Granian shares a port with another granian without a word, so ask without SO_REUSEPORT.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CommandError(_refusal(error, port)) from None
    return port


def _refusal(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        reason = _("Port %(port)d is busy: another program listens there, perhaps another Yipin.")
    elif error.errno == errno.EACCES:
        reason = _("Port %(port)d is reserved for the system administrator.")
    else:
        reason = _("Port %(port)d cannot be used.")
    # In a line of its own: gettext does not look into f-strings.
    advice = _("Choose another one, with PORT=%(other)d at the end of the command.")
    return f"{reason} {advice}" % {
        "port": port,
        "other": 8001 if port != 8001 else 8002,
    }


def collect_static() -> bool:
    """Collect static files if any has changed since the last time; tell whether it did."""
    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    now = _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return False
    # An interrupted collection leaves half a file that looks newer than its source: start anew.
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", clear=True, interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """A digest of all static files by name, size and time, and of how they are stored."""
    digest = hashlib.sha256(repr((settings.STATIC_ROOT, settings.STORAGES)).encode())
    for line in sorted(_static_files()):
        digest.update(line.encode())
    return digest.hexdigest()


def _static_files() -> Iterator[str]:
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = os.stat(storage.path(path))
            yield f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n"
