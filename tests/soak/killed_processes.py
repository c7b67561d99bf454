"""Kill a process that approves, again and again, at random moments; then ask what is left.

    DATABASE_URL=… python -m tests.soak.kills --kills 200 --seed 1

Works on an empty database of its own. Ends with 0 if the record is whole, nothing is public
without its approvals, and no approval that was announced after its commit is lost.
"""

import argparse
import os
import random
import select
import signal
import sys
import time

import django

READY = b"ready"
FIRST_GUESS = 0.2
PATIENCE = 30
WAITING = 9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    found_a_district()
    killer = Killer(options.seed)
    announced: set[tuple[int, str]] = set()
    for number in range(1, options.kills + 1):
        top_up(WAITING)
        announced |= killer.live_and_die()
        if number % 20 == 0:
            print(f"{number}/{options.kills} kills, {len(announced)} approvals", flush=True)
    problems = what_is_wrong(announced)
    print(*problems, sep="\n")
    public = len(public_brands())
    print(f"{options.kills} kills, {len(announced)} approvals announced, {public} pages public")
    return int(bool(problems) or public == 0)


def found_a_district() -> None:
    """Start Django and make the test district in the empty database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.settings.test")
    sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "site")]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.helpers.district import make_district

    make_district()


def top_up(count: int) -> None:
    """Have at least `count` items waiting, by what editors do."""
    from review.models.queue import QueueItem
    from tests.helpers.district import brand_draft, find_district, submit

    district = find_district()
    for number in range(count - QueueItem.objects.count()):
        title = f"第{time.time_ns()}号品牌{number}"[:60]
        page = brand_draft(district.schools[0], district.editor1, title=title, kind="branch")
        submit(page, district.editor1)


class Killer:
    """Kills processes at random moments, by the pace at which they get on: not by the clock."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        # How long one decision took at last; a busy machine takes longer.
        self.pace = FIRST_GUESS

    def live_and_die(self) -> set[tuple[int, str]]:
        """One process approves what waits until it is killed; what it announced before that."""
        from django.db import connections

        connections.close_all()
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            approve_all(writing)
            os._exit(0)
        os.close(writing)
        said = self._hear(reading)
        time.sleep(self.chance.uniform(0, 1.5 * self.pace))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(reading, "rb") as rest:
            said += rest.read()
        # A line that was cut in the middle was not announced.
        lines = [line for line in said.split(b"\n")[:-1] if line != READY]
        return {(int(state), level.decode()) for state, level in map(bytes.split, lines)}

    def _hear(self, reading: int) -> bytes:
        """What it says until it is ready and, one time in two, has decided something."""
        said, wanted, since = b"", 1 + self.chance.randint(0, 1), time.monotonic()
        while said.count(b"\n") < wanted:
            if not select.select([reading], [], [], PATIENCE)[0]:
                break
            if not (more := os.read(reading, 4096)):
                break
            said += more
            if said.count(b"\n") == 1:
                since = time.monotonic()
            else:
                self.pace = time.monotonic() - since
        return said


def approve_all(writing: int) -> None:
    """Approve, item by item, and say so once the decision is committed."""
    from review.models.queue import QueueItem
    from tests.helpers.district import decide, find_district, fresh

    district = find_district()
    people = {"school": district.reviewer1, "section": district.section, "final": district.final}
    os.write(writing, READY + b"\n")
    while items := list(QueueItem.objects.order_by("-level")):
        for item in items:
            page = fresh_page(item.page_id)
            if decide(fresh(page), people[item.level]) is None:
                os.write(writing, f"{item.workflow_state_id} {item.level}\n".encode())


def fresh_page(key: int):
    from wagtail.models import Page

    return Page.objects.get(pk=key).specific


def public_brands():
    from brands.models import BrandPage

    return BrandPage.objects.live()


def what_is_wrong(announced) -> list[str]:
    """Everything that must not be, in words."""
    from audit import verification
    from audit.models import RecordEntry

    problems = [str(problem) for problem in verification.find_problems()]
    approvals = RecordEntry.objects.filter(kind="approval")
    recorded = set(approvals.values_list("workflow_state_id", "level"))
    problems += [f"lost: {lost}" for lost in sorted(announced - recorded)]
    for page in public_brands():
        people = approvals.filter(page_id=page.pk).values_list("level", "user_id")
        if len(people) != 3 or len({person for _level, person in people}) != 3:
            problems.append(f"public with {list(people)}: {page.pk}")
        if not RecordEntry.objects.filter(page_id=page.pk, kind="publication").exists():
            problems.append(f"public without its entry: {page.pk}")
    return problems + half_done()


def half_done() -> list[str]:
    """Approvals without their state, states without their approval."""
    from wagtail.models import TaskState

    from audit.models import RecordEntry

    approved = TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count()
    recorded = RecordEntry.objects.filter(kind="approval").count()
    return [] if approved == recorded else [f"{approved} states approved, {recorded} on record"]


if __name__ == "__main__":
    sys.exit(main())
