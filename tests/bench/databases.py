"""What the benchmarks share: a process and an empty database of its own for each, and times."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.helpers.postgres_cluster import ClusterUnavailable, throwaway_cluster
from tests.helpers.repository import ROOT


def on_both(module: str) -> int:
    """Run `python -m module --here` on SQLite, then on PostgreSQL; 0 if every bound holds."""
    with tempfile.TemporaryDirectory(prefix="yipin-bench-") as folder:
        code = start(module, "SQLite", f"sqlite:///{folder}/db.sqlite3")
    try:
        with throwaway_cluster() as url:
            return code | start(module, "PostgreSQL", url)
    except ClusterUnavailable as reason:
        print(f"\nPostgreSQL: not measured, because {reason}")
        return code


def start(module: str, database: str, url: str) -> int:
    """Measure in a process of its own, whose settings name this database."""
    print(f"\n{database}: a district with 600 schools …", flush=True)
    environment = os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "district.settings.test",
        "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
    }
    command = [sys.executable, "-m", module, "--here", *sys.argv[1:]]
    return int(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0)


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """The milliseconds that passed, and those that this process and its database worked."""
    started, busy = time.perf_counter(), processor_seconds()
    action()
    return 1000 * (time.perf_counter() - started), 1000 * (processor_seconds() - busy)


def processor_seconds() -> float:
    """The processor's seconds spent by this process and by its backend of PostgreSQL, if any."""
    from django.db import connection

    spent = time.process_time()
    if connection.vendor == "postgresql":
        backend = connection.connection.info.backend_pid
        with contextlib.suppress(OSError):
            spent += int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e9
    return spent
