"""A PostgreSQL of our own in a temporary directory, gone afterwards. Standard library only."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.machine import postgresql_programs

# Nothing in it is worth keeping over a crash, so it never waits for the disk.
SERVER_OPTIONS = {
    "listen_addresses": "''",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "50",
}


class ClusterUnavailable(Exception):
    """Why there is no PostgreSQL: a clause for a person."""


@contextlib.contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh cluster that listens on a Unix socket only.

    Raises ClusterUnavailable when this machine cannot give one.
    """
    programs = postgresql_programs()
    if programs is None:
        raise ClusterUnavailable("no server is installed (sudo apt install postgresql)")
    as_owner = _as_owner()
    folder = Path(tempfile.mkdtemp(prefix="yipin-pg-"))
    data = folder / "data"
    try:
        if as_owner:
            shutil.chown(folder, "postgres", "postgres")
        _run(
            *as_owner, programs / "initdb", "--pgdata", data, "--username=postgres",
            "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = " ".join(f"-c {name}={value}" for name, value in SERVER_OPTIONS.items())
        _run(
            *as_owner, programs / "pg_ctl", "start", "--wait", "--silent", "--pgdata", data,
            "--log", folder / "log", "--options", f"{options} -k {folder}",
        )  # fmt: skip
        yield f"postgres://postgres@/{folder}/postgres"
    finally:
        if (data / "postmaster.pid").exists():
            with contextlib.suppress(ClusterUnavailable):
                _run(*as_owner, programs / "pg_ctl", "stop", "--mode=immediate", "--pgdata", data)
        shutil.rmtree(folder, ignore_errors=True)


def _as_owner() -> list[str]:
    """The arguments before a command that run it as its owner: initdb refuses to run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None:
        raise ClusterUnavailable("root cannot run it and runuser is missing")
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        raise ClusterUnavailable("root cannot run it and there is no user postgres") from None
    return ["runuser", "-u", "postgres", "--"]


def _run(*command: object) -> None:
    # A session of its own: Ctrl-C is for the tests, the cluster is stopped in good order.
    # To a file, not a pipe: the server inherits it and a pipe would never end.
    with tempfile.TemporaryFile() as output:
        result = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            start_new_session=True,
            check=False,
        )
        if result.returncode:
            output.seek(0)
            message = output.read().decode(errors="replace").strip()
            raise ClusterUnavailable(f"it did not work on this machine: {message}")
