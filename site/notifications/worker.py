"""The worker: a loop over registered jobs, each with its own interval, that survives failures.

An app registers its jobs when it is ready (`AppConfig.ready`). A job names its function, which is
imported when the job is due: one that is missing or broken stops no other job. How each run went
stands in `JobRun`.
"""

import logging
import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from notifications.models import JobRun

logger = logging.getLogger("notifications.worker")

# How often, in seconds, a waiting worker looks whether it has to stop.
STOP_POLL_SECONDS = 0.5
ERROR_LENGTH = 300


@dataclass(frozen=True)
class Job:
    """A function that the worker calls again and again.

    `name` is the key of its `JobRun`; `path` the dotted name of the function, which is called
    without arguments; `interval` the seconds from one beginning to the next; `label` what the
    administrator reads. Of several jobs that are due the one with the lowest `order` runs first.
    """

    name: str
    path: str
    interval: int
    label: str | Promise = ""
    order: int = 100


JOBS: list[Job] = []


def register(job: Job) -> None:
    """Add a job to `JOBS`, which stay sorted by `order`; one of the same name is replaced."""
    others = [other for other in JOBS if other.name != job.name]
    JOBS[:] = sorted([*others, job], key=lambda each: each.order)


class Worker:
    """One process that runs what is due until it is asked to stop.

    `jobs` are all registered ones by default; with `parent_pid` the worker ends when that process
    is not its parent any more.
    """

    def __init__(self, jobs: Sequence[Job] | None = None, parent_pid: int | None = None):
        self.jobs = JOBS if jobs is None else jobs
        self.parent_pid = parent_pid
        self.stopping = False

    def handle_signals(self) -> None:
        """Stop between two jobs when SIGTERM, SIGINT or SIGHUP comes."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self.stop)

    def stop(self, *args: Any) -> None:
        """Begin no further job; also a signal handler."""
        self.stopping = True

    def run(self) -> None:
        """Run what is due, wait half of the shortest interval, and so on until asked to stop."""
        while not self.should_stop():
            began = time.monotonic()
            self.run_due_jobs()
            while time.monotonic() - began < min(job.interval for job in self.jobs) / 2:
                if self.should_stop():
                    break
                time.sleep(STOP_POLL_SECONDS)

    def should_stop(self) -> bool:
        """Return whether `stop` was called, or the parent process has ended."""
        return self.stopping or bool(self.parent_pid and os.getppid() != self.parent_pid)

    def run_due_jobs(self) -> None:
        """Run each job that is due, once."""
        for job in self.jobs:
            if self.should_stop():
                return
            perform(job)


def perform(job: Job, now: datetime | None = None) -> bool:
    """Run the job if it is due and no other worker has just begun it.

    Never raises: a failure is noted and logged. Return whether it ran and ended well.
    """
    if not connection.in_atomic_block:
        close_old_connections()
    try:
        if not _claim(job, now or timezone.now()):
            return False
        import_string(job.path)()
    except Exception as error:
        _report(job, error)
        return False
    return _note_end(job, "")


def perform_now(name: str) -> Any:
    """Run the registered job of this name, due or not; return and raise what its function does."""
    job = next(job for job in JOBS if job.name == name)
    JobRun.objects.update_or_create(pk=name, defaults={"began_at": timezone.now()})
    try:
        result = import_string(job.path)()
    except Exception as error:
        _report(job, error)
        raise
    _note_end(job, "")
    return result


def _claim(job: Job, now: datetime) -> bool:
    """Note the beginning in one conditional statement: of two workers one gets the job."""
    JobRun.objects.get_or_create(pk=job.name)
    # A beginning in the future comes from a clock that was put back.
    is_due = Q(began_at=None) | Q(began_at__lte=now - timedelta(seconds=job.interval))
    is_due |= Q(began_at__gt=now)
    return bool(JobRun.objects.filter(is_due, pk=job.name).update(began_at=now))


def _report(job: Job, error: Exception) -> None:
    """Note an error, log it when it is new, and begin anew with the database."""
    message = f"{type(error).__name__}: {error}"[:ERROR_LENGTH]
    if not connection.in_atomic_block:
        # A connection that has seen a fault is not trusted again.
        connection.close()
    try:
        is_known = JobRun.objects.filter(pk=job.name, error=message).exists()
    except (DatabaseError, InterfaceError):
        is_known = False
    if not is_known:
        logger.error("job %s: %s", job.name, message, exc_info=error)
    _note_end(job, message)


def _note_end(job: Job, error: str) -> bool:
    """Note the end and the error (empty: none); return whether the run ended well."""
    try:
        JobRun.objects.filter(pk=job.name).update(ended_at=timezone.now(), error=error)
    except (DatabaseError, InterfaceError):
        logger.exception("the end of job %s could not be noted", job.name)
        return False
    return not error
