"""Kill a process that approves, again and again, at random moments; then ask what is left.

    DATABASE_URL=… python -m tests.soak.killed_processes --kills 200 --seed 1

Works on an empty database of its own. Django is set up by then only, hence the imports inside
functions. Ends with 0 if the record is whole, nothing is public
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
FIRST_GUESS_SECONDS = 0.2
READ_TIMEOUT_SECONDS = 30
WAITING_ITEMS = 9


def main() -> int:
    """Kill as often as asked; 0 if nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    set_up_district()
    killer = Killer(options.seed)
    announced: set[tuple[int, str]] = set()
    for number in range(1, options.kills + 1):
        submit_items(WAITING_ITEMS)
        announced |= killer.run_and_kill()
        if number % 20 == 0:
            print(f"{number}/{options.kills} kills, {len(announced)} approvals", flush=True)
    errors = consistency_errors(announced)
    print(*errors, sep="\n")
    public = len(public_brands())
    print(f"{options.kills} kills, {len(announced)} approvals announced, {public} pages public")
    return int(bool(errors) or public == 0)


def set_up_district() -> None:
    """Start Django and make the test district in the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.settings.test")
    sys.path[:0] = [os.getcwd(), os.path.join(os.getcwd(), "site")]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.helpers.district import make_district

    make_district()


def submit_items(count: int) -> None:
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
        self.random = random.Random(seed)
        # How long one decision took at last; a busy machine takes longer.
        self.pace = FIRST_GUESS_SECONDS

    def run_and_kill(self) -> set[tuple[int, str]]:
        """One process approves what waits until it is killed; return what it announced before."""
        from django.db import connections

        connections.close_all()
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(reading)
            approve_all(writing)
            os._exit(0)
        os.close(writing)
        output = self._read_output(reading)
        time.sleep(self.random.uniform(0, 1.5 * self.pace))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with os.fdopen(reading, "rb") as rest:
            output += rest.read()
        # A line that was cut in the middle was not announced.
        lines = [line for line in output.split(b"\n")[:-1] if line != READY]
        return {(int(state), level.decode()) for state, level in map(bytes.split, lines)}

    def _read_output(self, reading: int) -> bytes:
        """Read until the process is ready and, one time in two, has decided something."""
        output, wanted, since = b"", 1 + self.random.randint(0, 1), time.monotonic()
        while output.count(b"\n") < wanted:
            if not select.select([reading], [], [], READ_TIMEOUT_SECONDS)[0]:
                break
            if not (more := os.read(reading, 4096)):
                break
            output += more
            if output.count(b"\n") == 1:
                since = time.monotonic()
            else:
                self.pace = time.monotonic() - since
        return output


def approve_all(writing: int) -> None:
    """Approve, item by item, and say so once the decision is committed."""
    from review.models.queue import QueueItem
    from tests.helpers.district import decide, find_district, fresh

    district = find_district()
    reviewers = {"school": district.reviewer1, "section": district.section, "final": district.final}
    os.write(writing, READY + b"\n")
    while items := list(QueueItem.objects.order_by("-level")):
        for item in items:
            page = load_page(item.page_id)
            if decide(fresh(page), reviewers[item.level]) is None:
                os.write(writing, f"{item.workflow_state_id} {item.level}\n".encode())


def load_page(page_id: int):
    """The page as its own type."""
    from wagtail.models import Page

    return Page.objects.get(pk=page_id).specific


def public_brands():
    """Every brand page that readers see."""
    from brands.models import BrandPage

    return BrandPage.objects.live()


def consistency_errors(announced: set[tuple[int, str]]) -> list[str]:
    """Approvals that were lost, and pages that are public without their approvals."""
    from audit import verification
    from audit.models import RecordEntry

    errors = [str(error) for error in verification.find_problems()]
    approvals = RecordEntry.objects.filter(kind="approval")
    recorded = set(approvals.values_list("workflow_state_id", "level"))
    errors += [f"lost: {lost}" for lost in sorted(announced - recorded)]
    for page in public_brands():
        people = approvals.filter(page_id=page.pk).values_list("level", "user_id")
        if len(people) != 3 or len({person for _level, person in people}) != 3:
            errors.append(f"public with {list(people)}: {page.pk}")
        if not RecordEntry.objects.filter(page_id=page.pk, kind="publication").exists():
            errors.append(f"public without its entry: {page.pk}")
    return errors + incomplete_approvals()


def incomplete_approvals() -> list[str]:
    """Approvals without their state, states without their approval."""
    from wagtail.models import TaskState

    from audit.models import RecordEntry

    approved = TaskState.objects.filter(status=TaskState.STATUS_APPROVED).count()
    recorded = RecordEntry.objects.filter(kind="approval").count()
    return [] if approved == recorded else [f"{approved} states approved, {recorded} on record"]


if __name__ == "__main__":
    sys.exit(main())
