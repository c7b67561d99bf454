"""The worker: locks, kills, two at once, and the process that keeps it alive."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from district.worker_supervisor import supervised_worker
from notifications import worker
from notifications.models import JobRun
from notifications.worker import Job, Worker, perform
from tests.helpers.migrated_database import copy_to_file

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 60
done: list[str] = []


def good():
    done.append("good")


def locked():
    raise OperationalError("database is locked")


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def job(name, path=None, pause=10):
    return Job(name, f"notifications.tests.test_worker.{path or name}", pause)


# --- jobs


def test_a_missing_job_is_reported_once_and_stops_no_other(db, caplog):
    now = timezone.now()
    jobs = [Job("absent", "notifications.no_such_module.run", 10), job("good")]
    for minute in range(3):
        for one in jobs:
            perform(one, now + timedelta(minutes=minute))
    assert done == ["good"] * 3
    assert "no_such_module" in JobRun.objects.get(pk="absent").error
    assert len([entry for entry in caplog.records if "absent" in entry.getMessage()]) == 1


def test_a_locked_database_is_noted_and_tried_again(db):
    now = timezone.now()
    assert perform(job("letters", "locked"), now) is False
    assert "locked" in JobRun.objects.get(pk="letters").error
    assert perform(job("letters", "good"), now + timedelta(seconds=10))
    assert JobRun.objects.get(pk="letters").error == ""


def test_the_worker_lives_on_when_even_the_beginning_cannot_be_noted(db, monkeypatch):
    def refuse(job, now):
        raise OperationalError("database is locked")

    monkeypatch.setattr(worker, "_claim", refuse)
    assert perform(job("good")) is False
    assert done == []


def test_two_workers_do_not_do_the_same_round(db):
    now = timezone.now()
    assert perform(job("good"), now)
    assert not perform(job("good"), now + timedelta(seconds=9))
    assert perform(job("good"), now + timedelta(seconds=10))


def test_a_job_that_was_killed_is_due_again_after_its_pause(db):
    now = timezone.now()
    JobRun.objects.create(name="good", began_at=now - timedelta(seconds=11))
    assert perform(job("good"), now)


def test_a_clock_that_was_put_back_stops_nothing(db):
    now = timezone.now()
    JobRun.objects.create(name="good", began_at=now + timedelta(days=300))
    assert perform(job("good"), now)


def test_a_signal_ends_it_between_two_jobs(db):
    one = Worker([job("first", "good"), job("second", "good")])
    one.stop()
    one.run()
    assert done == []


def test_once_does_every_job_of_ours(district):
    call_command("work", "--once")
    names = {one.name for one in worker.JOBS}
    assert set(JobRun.objects.values_list("name", flat=True)) == names
    faults = JobRun.objects.exclude(error="")
    assert list(faults.values_list("name", "error")) == []


# --- real processes

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


class Place:
    """A database of its own with twenty letters to send, and processes that send them."""

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

    def manage(self, *words):
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, timeout=120)

    def start(self, *words):
        command = [sys.executable, "manage.py", "work", *words]
        return subprocess.Popen(command, cwd=ROOT, env=self.environment)

    def letters(self) -> list[str]:
        return self.sent.read_text().split() if self.sent.exists() else []

    def unsent(self) -> int:
        with sqlite3.connect(self.database) as database:
            query = "SELECT COUNT(*) FROM notifications_notice WHERE mailed_at IS NULL"
            return database.execute(query).fetchone()[0]


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    """The database file, made once."""
    place = Place(tmp_path_factory.mktemp("prepared"))
    with sqlite3.connect(place.database) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return place.database


@pytest.fixture
def place(tmp_path, prepared):
    return Place(tmp_path, prepared)


def until(condition) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_killed_in_the_middle_of_sending_loses_nothing(place):
    """Killed between sending and noting: that letter goes twice, every other one once."""
    place.slow.touch()
    process = place.start("--once")
    until(lambda: len(place.letters()) == 1)
    process.send_signal(signal.SIGKILL)
    process.wait()
    place.slow.unlink()
    place.manage("shell", "-v0", "-c", LATER)
    place.manage("work", "--once")
    sent = place.letters()
    assert place.unsent() == 0
    assert len(set(sent)) == 20
    assert len(sent) == 21


def test_two_workers_at_once_send_each_letter_once(place):
    workers = [place.start("--once"), place.start("--once")]
    assert [process.wait(timeout=120) for process in workers] == [0, 0]
    assert sorted(place.letters()) == sorted(set(place.letters()))
    assert place.unsent() == 0


def test_it_outlives_a_database_that_stays_locked_and_ends_cleanly(place):
    settings = Path(place.environment["VAR_DIR"]) / "slowsettings.py"
    settings.write_text(settings.read_text() + "DATABASES['default']['OPTIONS']['timeout'] = 1\n")
    lock = sqlite3.connect(place.database, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    process = place.start()
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=8)
    assert place.letters() == []
    lock.execute("ROLLBACK")
    lock.close()
    until(lambda: place.unsent() == 0)
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
    with supervised_worker(sleeper) as supervisor:
        until(lambda: supervisor.process)
        first = supervisor.process
        first.kill()
        until(lambda: supervisor.process is not first)
        second = supervisor.process
        assert second.poll() is None
    assert not alive(first.pid)
    assert not alive(second.pid)


def test_a_worker_that_cannot_be_started_stops_no_server():
    with supervised_worker(["/no/such/program"]) as supervisor:
        assert supervisor.process is None


def test_a_worker_whose_server_was_killed_ends_by_itself(place):
    process = place.start("--parent", "1")
    assert process.wait(timeout=SECONDS) == 0
