"""One migrated database for a whole run: migrating takes a quarter of a minute, a copy no time.

`tests.run` makes it, on both databases at once. On SQLite it is a file which the environment
names, and who would begin with an empty database begins with its copy; on PostgreSQL it is
`template1`, of which every new database is a copy anyway. `migrate` then finds nothing left to
do; where there is no such database, all goes as ever. Standard library only.
"""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAME = "MIGRATED_DATABASE"


def migrate(urls: Iterable[str]) -> bool:
    """Migrate the empty databases at `urls`, side by side; False if one would not."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    settings = {"DJANGO_SETTINGS_MODULE": "district.settings.test"}
    running = [
        subprocess.Popen(command, cwd=ROOT, env=os.environ | settings | {"DATABASE_URL": url})
        for url in urls
    ]
    codes = [process.wait() for process in running]
    return not any(codes)


def copy_to_file(database: Path) -> None:
    """Begin the new SQLite file `database` with a copy, if there is one to copy."""
    if migrated := os.environ.get(NAME):
        shutil.copy(migrated, database)


def copy_to_memory(uri: str) -> contextlib.AbstractContextManager:
    """The same for a shared SQLite database in memory, which lives while the result is open."""
    migrated = os.environ.get(NAME)
    if not migrated:
        return contextlib.nullcontext()
    target = sqlite3.connect(uri, uri=True, check_same_thread=False)
    with contextlib.closing(sqlite3.connect(migrated)) as source:
        source.backup(target)
    return contextlib.closing(target)
