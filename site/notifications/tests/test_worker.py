"""The worker: which jobs it runs when, what a failing one does, and two workers at once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from notifications import worker
from notifications.models import JobRun
from notifications.worker import Job, Worker, perform

done: list[str] = []


def good():
    done.append("good")


def locked():
    raise OperationalError("database is locked")


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


def job(name, path=None, interval=10):
    return Job(name, f"notifications.tests.test_worker.{path or name}", interval)


def test_a_missing_job_is_reported_once_and_stops_no_other(db, caplog):
    now = timezone.now()
    jobs = [Job("absent", "notifications.no_such_module.run", 10), job("good")]
    for minute in range(3):
        for each in jobs:
            perform(each, now + timedelta(minutes=minute))
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
    stopped = Worker([job("first", "good"), job("second", "good")])
    stopped.stop()
    stopped.run()
    assert done == []


def test_once_does_every_job_of_ours(district):
    call_command("work", "--once")
    names = {registered.name for registered in worker.JOBS}
    assert set(JobRun.objects.values_list("name", flat=True)) == names
    faults = JobRun.objects.exclude(error="")
    assert list(faults.values_list("name", "error")) == []
