"""Workers as processes: killed, two at once, a locked database, and the one that supervises."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers.content import supervised_worker
from tests.helpers.migrated_database import copy_to_file

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 60

SLOW_MAIL = """
import os, time
from django.core.mail.backends.base import BaseEmailBackend
class EmailBackend(BaseEmailBackend):
    def send_messages(self, messages):
        with open(os.environ["SENT"], "a") as sent:
            for message in messages:
                sent.write(message.extra_headers["Message-ID"] + "\\n")
        if os.path.exists(os.environ["SENT"] + ".slow"):
            time.sleep(600)
        return len(messages)
"""
FILL = """
from django.contrib.auth import get_user_model
from notifications.notices import notify
from notifications.models import Notice
user = get_user_model().objects.create_user("a", email="a@example.invalid")
people = get_user_model().objects.all()
for number in range(20):
    notify(people, "published", f"k{number}", f"t{number}")
"""
LATER = """
from datetime import timedelta
from django.db.models import F
from notifications.models import JobRun, Notice
Notice.objects.exclude(mail_due_at=None).update(mail_due_at=F("mail_due_at") - timedelta(hours=1))
JobRun.objects.update(began_at=None)
"""


class Installation:
    """A database of its own with twenty e-mails to send, and processes that send them."""

    def __init__(self, folder: Path, prepared: Path | None = None):
        (folder / "slowmail.py").write_text(SLOW_MAIL)
        self.sent = folder / "sent"
        self.slow = folder / "sent.slow"
        self.database = folder / "db.sqlite3"
        self.environment = os.environ | {
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DJANGO_SETTINGS_MODULE": "slowsettings",
            "PYTHONPATH": str(folder),
            "SENT": str(self.sent),
        }
        (folder / "slowsettings.py").write_text(
            "from district.settings.local import *\nEMAIL_BACKEND = 'slowmail.EmailBackend'\n"
        )
        if prepared:
            shutil.copy(prepared, self.database)
        else:
            copy_to_file(self.database)
            self.manage("migrate", "--verbosity", "0")
            self.manage("shell", "-v0", "-c", FILL)

    def manage(self, *arguments):
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, timeout=120)

    def start(self, *arguments):
        command = [sys.executable, "manage.py", "work", *arguments]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment)

    def emails(self) -> list[str]:
        return self.sent.read_text().split() if self.sent.exists() else []

    def unsent(self) -> int:
        with sqlite3.connect(self.database) as database:
            query = "SELECT COUNT(*) FROM notifications_notice WHERE mailed_at IS NULL"
            return database.execute(query).fetchone()[0]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """The database file, made once."""
    installation = Installation(tmp_path_factory.mktemp("prepared"))
    with sqlite3.connect(installation.database) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return installation.database


@pytest.fixture
def installation(tmp_path, prepared):
    return Installation(tmp_path, prepared)


def until(condition) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_killed_in_the_middle_of_sending_loses_nothing(installation):
    """Killed between sending and noting: that e-mail goes twice, every other one once."""
    installation.slow.touch()
    process = installation.start("--once")
    until(lambda: len(installation.emails()) == 1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    installation.slow.unlink()
    installation.manage("shell", "-v0", "-c", LATER)
    installation.manage("work", "--once")
    sent = installation.emails()
    assert installation.unsent() == 0
    assert len(set(sent)) == 20
    assert len(sent) == 21


def test_two_workers_at_once_send_each_email_once(installation):
    workers = [installation.start("--once"), installation.start("--once")]
    assert [process.wait(timeout=120) for process in workers] == [0, 0]
    assert sorted(installation.emails()) == sorted(set(installation.emails()))
    assert installation.unsent() == 0


def test_it_outlives_a_database_that_stays_locked_and_ends_cleanly(installation):
    settings = Path(installation.environment["VAR_DIR"]) / "slowsettings.py"
    settings.write_text(settings.read_text() + "DATABASES['default']['OPTIONS']['timeout'] = 1\n")
    lock = sqlite3.connect(installation.database, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    process = installation.start()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=8)
    assert installation.emails() == []
    lock.execute("ROLLBACK")
    lock.close()
    until(lambda: installation.unsent() == 0)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_worker_that_dies_comes_back_and_ends_with_its_server():
    sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
    with supervised_worker(sleeper) as attendant:
        until(lambda: attendant.process)
        first = attendant.process
        first.kill()
        until(lambda: attendant.process is not first)
        second = attendant.process
        assert second.poll() is None
    assert not alive(first.pid)
    assert not alive(second.pid)


def test_a_worker_that_cannot_be_started_stops_no_server():
    with supervised_worker(["/no/such/program"]) as attendant:
        assert attendant.process is None


def test_a_worker_whose_server_was_killed_ends_by_itself(installation):
    process = installation.start("--parent", "1")
    assert process.wait(timeout=SECONDS) == 0
