"""What this machine offers to the tests: chromium, PostgreSQL, gettext. Standard library only."""

import glob
import os
import shutil
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def on_ci() -> bool:
    """On CI a tool that is missing is a failure; elsewhere what needs it is left out."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def chromium() -> str | None:
    """The path of a chromium: `CHROMIUM` if set, else the first one on the PATH."""
    path = os.environ.get("CHROMIUM")
    if path:
        return shutil.which(path)
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def postgresql_programs() -> Path | None:
    """The folder of the newest PostgreSQL server programs (Debian keeps them off the PATH)."""
    candidates = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    if candidates:
        return Path(max(candidates, key=lambda path: float(path.split("/")[4]))).parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def gettext() -> bool:
    """Whether GNU gettext is installed."""
    return all(shutil.which(name) for name in ("xgettext", "msgmerge", "msgfmt"))
