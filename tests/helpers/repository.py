"""The files of this repository: of git, of the product, its templates. Standard library only."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
# Folders of the repository's root that hold no package of the site.
NO_PACKAGES = {"site", "tests", "tools", "docs", "static", "var"}


def committed_files() -> list[Path]:
    """Every file in git, or about to be. Raise OSError or CalledProcessError without git."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def package_folders() -> Iterator[Path]:
    """The folder of every package of the site, on both source roots."""
    for source_root in (ROOT, SITE):
        for folder in sorted(source_root.iterdir()):
            if folder.is_dir() and folder.name not in NO_PACKAGES and folder.name[0] not in "._":
                yield folder


def modules() -> Iterator[Path]:
    """Every Python file of the site, its tests and migrations included."""
    for folder in package_folders():
        yield from sorted(folder.rglob("*.py"))


def product_modules() -> Iterator[Path]:
    """Every Python file of the site without tests and migrations."""
    for module in modules():
        if not {"tests", "migrations"} & set(module.parts):
            yield module


def templates() -> list[Path]:
    """Every HTML template of the site."""
    return sorted(
        path for folder in package_folders() for path in folder.glob("templates/**/*.html")
    )


def module_name(module: Path) -> str:
    """The dotted name under which a module is imported."""
    parts = relative_to_source_root(module).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def package_name(module: Path) -> str:
    """The top-level package a file lies in."""
    return relative_to_source_root(module).parts[0]


def relative_to_source_root(path: Path) -> Path:
    """The path within the source root it lies in."""
    return path.relative_to(SITE if SITE in path.parents else ROOT)


def name_in_repository(path: Path) -> str:
    """The path as people name it."""
    return str(path.relative_to(ROOT))
