"""The command line: see the package. Each run has a database and files of its own."""

import argparse
import contextlib
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from tests.releases import DATABASE, FOLDER

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Make or upgrade; 0 if all is well."""
    parser = argparse.ArgumentParser(prog="python -m tests.releases", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("make", help="write the archive of the present version")
    making.add_argument("--folder", type=Path, default=FOLDER, help="where (%(default)s)")
    making.add_argument("--replace", action="store_true", help="write over an archive that exists")
    upgrading = commands.add_parser("upgrade", help="upgrade an archive to the present code")
    upgrading.add_argument("archive", type=Path)
    options = parser.parse_args()
    if sys.flags.hash_randomization:
        # The order of sets is chance too, fixed only before Python starts.
        again = [sys.executable, "-m", "tests.releases", *sys.argv[1:]]
        os.execve(sys.executable, again, os.environ | {"PYTHONHASHSEED": "0"})
    with tempfile.TemporaryDirectory(prefix="yipin-release-") as name, django_in(Path(name)):
        # These know models, which are there only now.
        if options.command == "make":
            from tests.releases.making import make

            path = make(Path(name), options.folder, options.replace)
            print(f"{path}: {path.stat().st_size // 1024} KB")
            return 0
        from tests.releases.upgrading import upgrade

        problems = upgrade(Path(name), options.archive)
        print(*problems, sep="\n", end="\n" if problems else "")
        print(f"{options.archive.name}: {len(problems)} problems")
        return int(bool(problems))


@contextlib.contextmanager
def django_in(folder: Path) -> Iterator[None]:
    """Django under the settings of tests, with a SQLite database and all files in `folder`."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ["DJANGO_SETTINGS_MODULE"] = "district.settings.test"
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / DATABASE}"
    tempfile.tempdir = str(folder)
    # Nobody collects static files for a test.
    warnings.filterwarnings("ignore", message="No directory at", module="django")
    import django
    from django.db import connections

    django.setup()
    try:
        yield
    finally:
        connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
