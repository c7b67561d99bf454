"""The worker: a loop over named jobs, each with its own pause, that survives what befalls it.

A job is a dotted name, imported when it is due: one that is missing or broken stops no other.
"""

import logging
import os
import signal
import time
from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError, InterfaceError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from notifications.models import JobRun

logger = logging.getLogger("notifications.worker")

TICK = 0.5


@dataclass(frozen=True)
class Job:
    """What is done, under which name, with how many seconds from one beginning to the next.

    Of several that are due the one with the lowest `order` is done first.
    """

    name: str
    path: str
    pause: int
    label: str = ""
    order: int = 100


JOBS: list[Job] = []


def register(job: Job) -> None:
    """Make a job known, once, when its app is ready; the worker does them by their `order`."""
    others = [each for each in JOBS if each.name != job.name]
    JOBS[:] = sorted([*others, job], key=lambda each: each.order)


class Worker:
    """One process that does what is due until it is told to stop."""

    def __init__(self, jobs=None, parent: int | None = None):
        self.jobs = JOBS if jobs is None else jobs
        self.parent = parent
        self.stopping = False

    def listen(self) -> None:
        """End between two jobs when a signal asks for it."""
        for name in ("SIGTERM", "SIGINT", "SIGHUP"):
            signal.signal(getattr(signal, name), self.stop)

    def stop(self, *args) -> None:
        """Begin no further job."""
        self.stopping = True

    def run(self) -> None:
        """Do what is due, wait, and again."""
        while not self.ending():
            began = time.monotonic()
            self.round()
            while time.monotonic() - began < min(job.pause for job in self.jobs) / 2:
                if self.ending():
                    break
                time.sleep(TICK)

    def ending(self) -> bool:
        """Whether a signal came, or the process that started this one is gone."""
        return self.stopping or bool(self.parent and os.getppid() != self.parent)

    def round(self) -> None:
        """Do each job that is due, once."""
        for job in self.jobs:
            if self.ending():
                return
            perform(job)


def perform(job: Job, now=None) -> bool:
    """Do the job if it is due and no other worker has just begun it; whatever happens, return.

    Returns whether it was done and ended well.
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
    return _end(job, "")


def perform_now(name: str):
    """Do this job of ours whether it is due or not; returns and raises what it does."""
    job = next(job for job in JOBS if job.name == name)
    JobRun.objects.update_or_create(pk=name, defaults={"began_at": timezone.now()})
    try:
        outcome = import_string(job.path)()
    except Exception as error:
        _report(job, error)
        raise
    _end(job, "")
    return outcome


def _claim(job: Job, now) -> bool:
    """Note the beginning in one conditional statement: of two workers one has the job."""
    JobRun.objects.get_or_create(pk=job.name)
    # A beginning in the future comes from a clock that was put back.
    due = Q(began_at=None) | Q(began_at__lte=now - timedelta(seconds=job.pause))
    due |= Q(began_at__gt=now)
    return bool(JobRun.objects.filter(due, pk=job.name).update(began_at=now))


def _report(job: Job, error: Exception) -> None:
    """Log a fault when it is new, note it, and start afresh on the database."""
    words = f"{type(error).__name__}: {error}"[:300]
    if not connection.in_atomic_block:
        # A connection that has seen a fault is not trusted again.
        connection.close()
    try:
        known = JobRun.objects.filter(pk=job.name, error=words).exists()
    except (DatabaseError, InterfaceError):
        known = False
    if not known:
        logger.error("job %s: %s", job.name, words, exc_info=error)
    _end(job, words)


def _end(job: Job, words: str) -> bool:
    try:
        JobRun.objects.filter(pk=job.name).update(ended_at=timezone.now(), error=words)
    except (DatabaseError, InterfaceError):
        logger.exception("the end of job %s could not be noted", job.name)
        return False
    return not words
