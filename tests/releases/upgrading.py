"""Upgrading an archive to the present code, in the steps of docs/operations.md."""

import io
import json
import shutil
import tarfile
from pathlib import Path

from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from audit.models import RecordEntry
from tests.helpers.district import PASSWORD, decide, find_district, fresh
from tests.releases import EXPECTED, PRIVATE, WAITING
from tests.releases.making import address, digests

# After `migrate`; collected files and the closed door matter to servers only.
STEPS = ("bootstrap", "rebuild_queue", "rebuild_search")


def upgrade(work: Path, archive: Path) -> list[str]:
    """Restore `archive`, upgrade it, and return what is wrong with it then.

    `work` is an empty folder, where the database lies that Django has been given.
    """
    with tarfile.open(archive) as packed:
        packed.extractall(work, filter="data")
    expected = json.loads((work / EXPECTED).read_text(encoding="utf-8"))
    shutil.copytree(work / PRIVATE, settings.PRIVATE_ROOT, dirs_exist_ok=True)
    problems = _run("migrate") or _run("makemigrations", check_changes=True, dry_run=True)
    if problems:
        return problems
    # Before the other steps, which may add to the tree: nothing of the old may have changed.
    problems += _differences("digests", expected["digests"], digests())
    for step in STEPS:
        problems += _run(step)
    problems += _run("verify_record")
    problems += _record(expected["record"])
    problems += _unanswered(expected["addresses"])
    problems += _unanswered(address(page) for page in Page.objects.live().filter(depth__gt=1))
    if authenticate(username="editor1", password=PASSWORD) is None:
        problems.append("nobody can log in any more")
    return problems + _go_on()


def _run(command: str, **options) -> list[str]:
    """Run a management command; its failure is a problem."""
    output = io.StringIO()
    try:
        call_command(command, verbosity=1, stdout=output, stderr=output, **options)
    except (CommandError, SystemExit) as failure:
        return [f"{command}: {failure}\n{output.getvalue()}"]
    return []


def _differences(name: str, before: dict, after: dict) -> list[str]:
    return [
        f"{name}: page {key} had {value}, has {after.get(key)}"
        for key, value in before.items()
        if after.get(key) != value
    ]


def _record(before: list[str]) -> list[str]:
    """The record may have grown; what it held stands at its beginning."""
    after = list(RecordEntry.objects.order_by("pk").values_list("hash", flat=True))
    return [] if after[: len(before)] == before else ["the record does not begin as it did"]


def _unanswered(addresses) -> list[str]:
    client = Client(raise_request_exception=False)
    answers = {each: client.get(each).status_code for each in addresses}
    return [f"{each} answers {status}" for each, status in answers.items() if status != 200]


def _go_on() -> list[str]:
    """What waited under the old release is approved under the new one, and read."""
    people = find_district().people
    page = Page.objects.get(title=WAITING).specific
    for name in ("section", "final"):
        if refusal := decide(fresh(page), people[name]):
            return [f"{WAITING}: {name} cannot approve it: {refusal}"]
    page = fresh(page)
    return _unanswered([address(page)]) if page.live else [f"{WAITING} is not public"]
