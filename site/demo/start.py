"""What `manage.py serve` takes from here (settings/local.py): the first content, the accounts."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from demo import people, sources
from demo.load import load

DISTRICT = "rencheng"


def load_once(progress: Callable[[str], None]) -> None:
    """Load the sample district once for each database; later starts leave it as people left it.

    The first migration's time tells databases apart: a new one gets its sample again.
    """
    stamp = Path(settings.VAR_DIR) / "demo.stamp"
    first = MigrationRecorder.Migration.objects.earliest("id")
    database = f"{DISTRICT} {first.applied.isoformat()}"
    if stamp.exists() and stamp.read_text() == database:
        return
    load(DISTRICT, progress)
    stamp.write_text(database)


def accounts() -> list[str]:
    """Return who may log in, as a table of lines."""
    return table([(_("user name"), _("password"), _("role"), _("school")), *account_rows()])


def account_rows() -> list[tuple[str, ...]]:
    """Return user name, password, role and school of each account of the sample."""
    return [
        (row["username"], row["password"], people.role_label(row["role"]), row["school"])
        for row in people.describe(sources.school_titles(DISTRICT))
    ]


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Lines with aligned columns; a Han character takes two places."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (places - width(cell)) for cell, places in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def width(text: str) -> int:
    """How many places of a terminal the text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
