"""All tests on SQLite, then on PostgreSQL, with a summary that names both: `make test`.

What asks no database runs once, on SQLite, and so do browser journeys and the long walks over every
address, which ask about people (`make soak` takes those walks to PostgreSQL too). What follows the
options below goes to pytest. Standard library only.
"""

import argparse
import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers import migrated_database
from tests.helpers.machine import chromium, on_ci
from tests.helpers.postgres_cluster import ClusterUnavailable, throwaway_cluster

ROOT = Path(__file__).resolve().parents[1]
NOTHING_COLLECTED = 5
SUMMARY_WIDTH = 78


@dataclass
class Outcome:
    """One database's tests: how they ended, or why they were not run."""

    database: str
    code: int = 0
    seconds: float = 0
    counts: dict[str, int] = field(default_factory=dict)
    not_run: str = ""

    def __str__(self) -> str:
        if self.not_run:
            return f"{self.database}: not run, because {self.not_run}"
        counts = ", ".join(f"{number} {name}" for name, number in self.counts.items() if number)
        fine = self.code in {0, NOTHING_COLLECTED}
        verdict = "" if fine else f" — FAILED (pytest ended with {self.code})"
        return f"{self.database}: {counts or 'no tests'} in {self.seconds:.0f} s{verdict}"


def main() -> int:
    """Run both, say how they ended; 0 if all is well."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--soak", action="store_true", help="the long proofs instead")
    options, extra = parser.parse_known_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    outcomes: list[Outcome] = []
    try:
        with contextlib.ExitStack() as stack:
            outcomes += on_both(options.soak, extra, stack)
    except KeyboardInterrupt:
        print("\nInterrupted.", flush=True)
        return 130
    print(f"\n{' summary '.center(SUMMARY_WIDTH, '=')}")
    print(*outcomes, sep="\n")
    if not options.soak and chromium() is None:
        print("Browser journeys: not run, because no chromium was found")
    print(f"{time.monotonic() - started:.0f} s in all", flush=True)
    # A filter, or a soak while there is nothing long to prove, may rightly match no test.
    fine = {0, NOTHING_COLLECTED} if options.soak or extra else {0}
    return int(any(outcome.code not in fine for outcome in outcomes))


def on_both(soak: bool, extra: list[str], stack: contextlib.ExitStack) -> Iterator[Outcome]:
    """SQLite with the browser journeys, then PostgreSQL: `DATABASE_URL`, else a cluster of ours."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yipin-migrated-")))
    to_migrate = [f"sqlite:///{folder / 'db.sqlite3'}"]
    postgresql = os.environ.get("DATABASE_URL", "")
    missing = ""
    if not postgresql:
        try:
            postgresql = stack.enter_context(throwaway_cluster())
            to_migrate.append(f"{postgresql.rpartition('/')[0]}/template1")
        except ClusterUnavailable as reason:
            missing = str(reason)
    elif not postgresql.startswith(("postgres", "pgsql")):
        missing = "DATABASE_URL names another database"
    if migrated_database.migrate(to_migrate):
        os.environ[migrated_database.NAME] = str(folder / "db.sqlite3")
    yield pytest("SQLite", "soak" if soak else "not soak", None, soak, extra)
    if missing:
        # A failure on CI only.
        yield Outcome("PostgreSQL", code=int(on_ci()), not_run=missing)
    else:
        marks = f"{'(soak or once)' if soak else 'not soak and not once'} and not browser"
        yield pytest("PostgreSQL", marks, postgresql, soak, extra)


def pytest(database: str, marks: str, url: str | None, soak: bool, extra: list[str]) -> Outcome:
    """Run pytest in a process of its own, its output untouched, and count its results."""
    print(f"\n{f' {database} '.center(SUMMARY_WIDTH, '=')}", flush=True)
    workers = os.environ.get("TEST_WORKERS", str(min(os.cpu_count() or 1, 4)))
    with tempfile.TemporaryDirectory(prefix="yipin-tests-") as folder:
        report = Path(folder) / "report.xml"
        command = [
            sys.executable, "-m", "pytest", "-m", marks, "--junitxml", str(report),
            # A long proof is one test of few; short tests share what their file prepares.
            "-n", workers, "--dist", "worksteal" if soak else "loadfile",
            # In the order of `tests.conftest`, not the files with most tests first.
            "--no-loadscope-reorder", *extra,
        ]  # fmt: skip
        environment = _environment(url, folder)
        started = time.monotonic()
        code = _wait_for(subprocess.Popen(command, cwd=ROOT, env=environment))
        return Outcome(database, code, time.monotonic() - started, _count(report))


def _environment(url: str | None, folder: str) -> dict[str, str]:
    """Ours, with this database and a TMPDIR that goes away: media of tests, browser profiles."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    database = {"DATABASE_URL": url} if url else {}
    return environment | database | {"TMPDIR": folder}


def _wait_for(process: subprocess.Popen) -> int:
    """Let pytest tear down in peace: Ctrl-C has reached it too, a kill only us."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait()
        raise
    except SystemExit:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise


def _count(report: Path) -> dict[str, int]:
    if not report.exists():
        return {}
    suite = ElementTree.parse(report).find("testsuite")
    count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    bad = count["failures"] + count["errors"]
    return {
        "passed": count["tests"] - bad - count["skipped"],
        "failed": bad,
        "skipped": count["skipped"],
    }


if __name__ == "__main__":
    sys.exit(main())
