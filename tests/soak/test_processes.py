"""Killed processes and decisions at the same moment: nothing half published, nothing lost."""

import os
import subprocess
import sys
import uuid

import psycopg
import pytest

from tests.helpers.repository import ROOT

pytestmark = pytest.mark.soak


@pytest.fixture
def database(tmp_path):
    """A database of its own, of the kind these tests run on."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield f"sqlite:///{tmp_path / 'kills.sqlite3'}"
        return
    server, _slash, _name = url.rpartition("/")
    name = f"kills_{uuid.uuid4().hex[:8]}"
    socket_folder = server.removeprefix("postgres://postgres@/")
    with psycopg.connect(
        f"host={socket_folder} user=postgres dbname=postgres", autocommit=True
    ) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        yield f"{server}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    "proof",
    [
        ("tests.soak.killed_processes", "--kills", "200"),
        ("tests.soak.concurrent_decisions", "--rounds", "60"),
    ],
    ids=["SIGKILL during approvals", "two reviewers at the same moment"],
)
def test_nothing_half_done_and_nothing_lost(proof, database, tmp_path):
    environment = os.environ | {
        "DATABASE_URL": database,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "district.settings.test",
    }
    command = [sys.executable, "-m", *proof]
    completed = subprocess.run(
        command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False
    )
    print(completed.stdout[-3000:])
    assert completed.returncode == 0, completed.stdout[-3000:] + completed.stderr[-3000:]
