"""The record of an installation from before the chain is chained by the update, in its order."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
OLD_ENTRY = """
    INSERT INTO audit_recordentry
        (kind, at, page_id, page_path, title, revision_id, workflow_state_id, digest, level,
         levels, user_id, user_name, opinion)
    VALUES ('approval', ?, 5, '/x/', '旧的', 7, 3, 'abc', 'school', '[]', 2, '王青', ?)
"""
ASK = """
import sys; sys.path[:0] = [".", "site"]
import django; django.setup()
from moderation import verification
from moderation.models import RecordEntry, RecordHead
print(*RecordEntry.objects.values_list("opinion", flat=True), RecordHead.objects.get().length)
assert not [*verification.chain_problems(), *verification.content_problems()]
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="makes a SQLite database of its own")
def test_old_entries_are_chained_in_their_order(tmp_path):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'old.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "district.settings.test",
    }

    def run(*words):
        command = [sys.executable, *words]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    run("manage.py", "migrate", "moderation", "0001", "--verbosity", "0")
    with sqlite3.connect(tmp_path / "old.sqlite3") as database:
        for second in range(5):
            database.execute(OLD_ENTRY, (f"2026-11-20 08:00:0{second}", f"第{second}条"))
    run("manage.py", "migrate", "moderation", "--verbosity", "0")
    assert run("-c", ASK).split() == ["第0条", "第1条", "第2条", "第3条", "第4条", "5"]
