"""A database of each release is upgraded to the present code, and nothing is lost on the way."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from district import __version__
from tests.helpers.repository import ROOT
from tests.releases import DATABASE, MOST_BYTES, SUFFIX, archives

NONE_YET = pytest.param(
    None,
    marks=pytest.mark.skip(
        reason="tests/releases holds no release yet (python -m tests.releases make)"
    ),
    id="none",
)


def test_this_version_has_its_archive():
    """The version changes with a release, and a release comes with its database."""
    if not archives():
        pytest.skip("no release yet")
    assert f"{__version__}{SUFFIX}" in [path.name for path in archives()], "run: make release"


def run(*arguments: object) -> subprocess.CompletedProcess:
    """`python -m tests.releases` with these arguments, in a process of its own."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return subprocess.run(
        [sys.executable, "-m", "tests.releases", *map(str, arguments)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "archive",
    [pytest.param(path, id=path.name) for path in archives()] or [NONE_YET],
)
def test_a_release_is_upgraded(archive):
    assert archive.stat().st_size <= MOST_BYTES
    completed = run("upgrade", archive)
    assert completed.returncode == 0, completed.stdout + completed.stderr


@pytest.fixture(scope="module")
def trial(tmp_path_factory) -> Path:
    """The archive that the present code would make."""
    folder = tmp_path_factory.mktemp("releases")
    made = run("make", "--folder", folder)
    assert made.returncode == 0, made.stdout + made.stderr
    [archive] = archives(folder)
    return archive


def test_what_is_made_now_can_be_upgraded(trial):
    completed = run("upgrade", trial)
    assert completed.returncode == 0, completed.stdout + completed.stderr


def test_a_release_is_made_once(trial):
    refused = run("make", "--folder", trial.parent)
    assert refused.returncode != 0
    assert "--replace" in refused.stderr


def test_what_an_upgrade_would_lose_is_named(trial, tmp_path):
    """A public text that changed, and a password that is gone."""
    with tarfile.open(trial) as packed:
        packed.extractall(tmp_path / "contents", filter="data")
    with closing(sqlite3.connect(tmp_path / "contents" / DATABASE)) as database, database:
        database.execute("UPDATE brands_brandpage SET slogan = '改过的'")
        database.execute("UPDATE accounts_user SET password = ''")
    with tarfile.open(tmp_path / "damaged.tar.xz", "w:xz") as packed:
        for path in (tmp_path / "contents").iterdir():
            packed.add(path, path.name)
    shutil.rmtree(tmp_path / "contents")
    completed = run("upgrade", tmp_path / "damaged.tar.xz")
    assert completed.returncode == 1
    assert "verify_record" in completed.stdout
    assert "log in" in completed.stdout
