"""Collect the strings of our code into `site/locale`, compile both catalogues: `make messages`.

`site/locale_wagtail` supplies what Wagtail's own Chinese lacks. Its strings stand in Wagtail's
code, not in ours, so it is written by hand and only compiled here.
"""

import os
import sys
from pathlib import Path

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

ROOT = Path(__file__).resolve().parents[1]
LOCALE = "zh_Hans"
CATALOGUES = tuple(
    Path("site", folder, LOCALE, "LC_MESSAGES", "django.po")
    for folder in ("locale", "locale_wagtail")
)
NOT_OURS = ("var", ".venv", "docs", "tests", "requirements*.txt")
# No dates and names: they change with every run and say nothing that git does not.
HEADER = {
    "Project-Id-Version": "Yipin",
    "Language": LOCALE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Collect(makemessages.Command):
    """Django's command, leaving a new string empty instead of guessing from a similar one."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def collect(root: Path) -> None:
    """Bring `site/locale` below `root` up to date with the code there (needs GNU gettext)."""
    own = root / CATALOGUES[0]
    own.parent.mkdir(parents=True, exist_ok=True)
    before = Path.cwd()
    os.chdir(root)
    try:
        call_command(
            Collect(),
            locale=[LOCALE],
            ignore_patterns=list(NOT_OURS),
            no_location=True,
            no_wrap=True,
            no_obsolete=True,
            verbosity=0,
        )
    finally:
        os.chdir(before)
    catalogue = polib.pofile(own, wrapwidth=0)
    catalogue.header = "Yipin in Simplified Chinese. Collected by `make messages`."
    catalogue.metadata = HEADER
    catalogue.metadata_is_fuzzy = False
    catalogue.save()


def compile_all(root: Path) -> None:
    """Write the .mo beside each .po below `root`."""
    for path in CATALOGUES:
        if (root / path).exists():
            polib.pofile(root / path).save_as_mofile((root / path).with_suffix(".mo"))


def main(root: Path) -> None:
    """Collect and compile, without the site's settings: only where the catalogues lie matters."""
    settings.configure(LOCALE_PATHS=[str(root / "site" / "locale")], USE_I18N=True)
    collect(root)
    compile_all(root)
    for path in CATALOGUES:
        catalogue = polib.pofile(root / path) if (root / path).exists() else []
        missing = sum(1 for entry in catalogue if not entry.translated())
        print(f"{path}: {len(catalogue)} strings, {missing} to translate")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
