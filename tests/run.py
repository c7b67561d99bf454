"""All tests on SQLite and on PostgreSQL, with a summary that names both: `make test`.

What asks no database runs once, on SQLite, and so do browser journeys and the long walks over every
address, which ask about people (`make soak` takes those walks to PostgreSQL too). Both databases
are tested at the same time, so that no processor waits for a browser or for the last long file;
what PostgreSQL's tests print is shown once SQLite's have ended. What follows the options below goes
to pytest. Standard library only.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests import durations
from tests.helpers import migrated_database
from tests.helpers.machine import chromium, on_ci
from tests.helpers.postgres_cluster import ClusterUnavailable, throwaway_cluster
from tests.helpers.repository import ROOT

NOTHING_COLLECTED = 5
SUMMARY_WIDTH = 78
# They talk to whoever started them, so the other database has to wait.
INTERACTIVE = {"--pdb", "--trace", "-s", "--capture=no"}


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
        passed = self.code in {0, NOTHING_COLLECTED}
        verdict = "" if passed else f" — FAILED (pytest ended with {self.code})"
        return f"{self.database}: {counts or 'no tests'} in {self.seconds:.0f} s{verdict}"


@dataclass
class Options:
    """What the command line asks for."""

    soak: bool
    write_durations: bool
    # For pytest.
    arguments: list[str]

    @property
    def at_once(self) -> bool:
        """Whether both databases are tested at the same time; the long proofs need the machine."""
        return not (self.soak or self.write_durations or INTERACTIVE & set(self.arguments))


class Run:
    """The tests of one database, in a process of their own. Starts at once."""

    def __init__(
        self, database: str, marks: str, url: str | None, workers: int, options: Options,
        in_background: bool = False,
    ):  # fmt: skip
        self.database = database
        self.folder = Path(tempfile.mkdtemp(prefix="yipin-tests-"))
        self.report = self.folder / "report.xml"
        self.output = (self.folder / "output").open("wb+") if in_background else None
        self.started = time.monotonic()
        if not self.output:
            self._print_title()
        self.process = subprocess.Popen(
            self._command(marks, workers, options), cwd=ROOT, env=self._environment(url),
            stdin=subprocess.DEVNULL if self.output else None,
            stdout=self.output, stderr=subprocess.STDOUT if self.output else None,
        )  # fmt: skip

    def _command(self, marks: str, workers: int, options: Options) -> list[str]:
        return [
            sys.executable, "-m", "pytest", "-m", marks, "--junitxml", str(self.report),
            # A long proof is one test of few; short tests share what their file prepares.
            "-n", str(workers), "--dist", "worksteal" if options.soak else "loadfile",
            # In the order of `tests.durations`, not the files with most tests first.
            "--no-loadscope-reorder", *options.arguments,
        ]  # fmt: skip

    def _environment(self, url: str | None) -> dict[str, str]:
        """Ours, with this database and a TMPDIR that goes away: media, browser profiles."""
        environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        database = {"DATABASE_URL": url} if url else {}
        return environment | database | {"TMPDIR": str(self.folder)}

    def _print_title(self) -> None:
        print(f"\n{f' {self.database} '.center(SUMMARY_WIDTH, '=')}", flush=True)

    def wait(self) -> Outcome:
        """Wait for the end; print what was kept back; count the results."""
        try:
            code = self.process.wait()
        except KeyboardInterrupt:
            # Ctrl-C has reached pytest too, which tears down now.
            self.process.wait()
            raise
        seconds = time.monotonic() - self.started
        if self.output:
            self._print_title()
            self.output.seek(0)
            shutil.copyfileobj(self.output, sys.stdout.buffer)
            sys.stdout.flush()
        return Outcome(self.database, code, seconds, count_results(self.report))

    def end(self) -> None:
        """Let pytest tear down in peace, if it still runs, and remove its files."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait()
        if self.output:
            self.output.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def main() -> int:
    """Run both, print how they ended; 0 if all is well."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--soak", action="store_true", help="the long proofs instead")
    parser.add_argument(
        "--write-durations", action="store_true",
        help="write tests/durations.json from this run, in which one database waits for the other",
    )  # fmt: skip
    known, arguments = parser.parse_known_args()
    options = Options(known.soak, known.write_durations, arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    started = time.monotonic()
    outcomes: list[Outcome] = []
    try:
        with contextlib.ExitStack() as stack:
            outcomes += run_on_both(options, stack)
    except KeyboardInterrupt:
        print("\nInterrupted.", flush=True)
        return 130
    print(f"\n{' summary '.center(SUMMARY_WIDTH, '=')}")
    print(*outcomes, sep="\n")
    if not options.soak and chromium() is None:
        print("Browser journeys: not run, because no chromium was found")
    print(f"{time.monotonic() - started:.0f} s in all", flush=True)
    # A filter, or a soak while there is nothing long to prove, may rightly match no test.
    allowed = {0, NOTHING_COLLECTED} if options.soak or arguments else {0}
    return int(any(outcome.code not in allowed for outcome in outcomes))


def run_on_both(options: Options, stack: contextlib.ExitStack) -> Iterator[Outcome]:
    """SQLite with the browser journeys, and PostgreSQL: `DATABASE_URL`, else a cluster of ours."""
    postgresql, missing = prepare_databases(stack)
    workers = int(os.environ.get("TEST_WORKERS", min(os.cpu_count() or 1, 4)))
    marks = f"{'(soak or once)' if options.soak else 'not soak and not once'} and not browser"

    def start_postgresql(**how) -> Run:
        run = Run("PostgreSQL", marks, postgresql, options=options, **how)
        stack.callback(run.end)
        return run

    background = None
    if postgresql and options.at_once:
        # A third of the tests: half as many processes end at about the same time.
        background = start_postgresql(workers=max(1, workers // 2), in_background=True)
    sqlite = Run("SQLite", "soak" if options.soak else "not soak", None, workers, options)
    stack.callback(sqlite.end)
    yield sqlite.wait()
    if options.write_durations:
        durations.write([sqlite.report])
    if postgresql:
        yield (background or start_postgresql(workers=workers)).wait()
    else:
        # A failure on CI only.
        yield Outcome("PostgreSQL", code=int(on_ci()), not_run=missing)


def prepare_databases(stack: contextlib.ExitStack) -> tuple[str, str]:
    """Migrate a database of each kind; return PostgreSQL's URL, or "" and why there is none."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yipin-migrated-")))
    to_migrate = [f"sqlite:///{folder / 'db.sqlite3'}"]
    postgresql, missing = os.environ.get("DATABASE_URL", ""), ""
    if not postgresql:
        try:
            postgresql = stack.enter_context(throwaway_cluster())
            to_migrate.append(f"{postgresql.rpartition('/')[0]}/template1")
        except ClusterUnavailable as reason:
            missing = str(reason)
    elif not postgresql.startswith(("postgres", "pgsql")):
        postgresql, missing = "", "DATABASE_URL names another database"
    if migrated_database.migrate(to_migrate):
        os.environ[migrated_database.NAME] = str(folder / "db.sqlite3")
    return postgresql, missing


def count_results(report: Path) -> dict[str, int]:
    """How many tests of a junit report passed, failed and were skipped."""
    if not report.exists():
        return {}
    suite = ElementTree.parse(report).find("testsuite")
    counts = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    failed = counts["failures"] + counts["errors"]
    return {
        "passed": counts["tests"] - failed - counts["skipped"],
        "failed": failed,
        "skipped": counts["skipped"],
    }


if __name__ == "__main__":
    sys.exit(main())
