"""Databases of our releases, each a small district with its files, and their upgrade.

`python -m tests.releases make` writes the archive of the present version. It is committed with the
release and never made again. `python -m tests.releases upgrade FILE` upgrades one to the present
code and says what is wrong with it; `tests/test_releases.py` does so with every archive here.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
SUFFIX = ".tar.xz"
# What an archive holds: the database, the private files (originals, documents), what to expect.
DATABASE, PRIVATE, EXPECTED = "db.sqlite3", "private", "expected.json"
MOST_BYTES = 300 * 1024
# The title of the page that waits for its last approvals; the upgrade goes on with it.
WAITING = "等待审核的品牌"


def archives(folder: Path = FOLDER) -> list[Path]:
    """The archives in `folder`, by name."""
    return sorted(folder.glob(f"*{SUFFIX}"))
