"""What the queue and the admin's first screen take with 5,000 waiting items: `make bench`.

On SQLite, then on PostgreSQL, each in a process and a database of its own. Ends with 1 if a bound
is broken. Two times are printed: what passed, and what this process and the database worked. On a
machine that is busy with other things the first says little, and the second is judged. The ratio
is that of the fastest requests: what else the machine does only ever adds to a time.
"""

import contextlib
import functools
import gc
import os
import sys
from dataclasses import dataclass, field
from statistics import median

from tests.bench.databases import on_both, timed

FEW, MANY = 500, 5000
QUERIES, MILLISECONDS, RATIO = 25, 300, 1.3
# Below, the ratio of two medians says more about the machine than about us.
RATIO_FROM = 60
ROUNDS = 15
WAGTAIL_LIMIT = 60
PEOPLE = ("reviewer1", "section", "admin")
SCREENS = ("review_queue", "wagtailadmin_home")
# The author of all of it decides nothing and has no queue.
MEASURED = [(name, person) for name in SCREENS for person in PEOPLE] + [(SCREENS[1], "editor1")]


def main() -> int:
    """Measure on both databases; 0 if every bound holds."""
    return measure() if "--here" in sys.argv else on_both("tests.bench.queue")


@dataclass
class Screen:
    """One screen as one person sees it: number of items → medians and queries."""

    person: str
    name: str
    passed: dict[int, float] = field(default_factory=dict)
    worked: dict[int, float] = field(default_factory=dict)
    fastest: dict[int, tuple[float, float]] = field(default_factory=dict)
    queries: dict[int, int] = field(default_factory=dict)

    @property
    def judged(self) -> dict[int, float]:
        return self.worked if is_busy() else self.passed

    @property
    def ratio(self) -> float:
        judged = int(is_busy())
        return self.fastest[MANY][judged] / self.fastest[FEW][judged]

    def broken_bounds(self) -> list[str]:
        """The bounds it breaks, in words."""
        slow, often = self.judged[MANY], self.queries[MANY]
        bounds = {
            f"{often} queries": often > QUERIES,
            f"{slow:.0f} ms": slow > MILLISECONDS,
            f"{self.ratio:.2f} ×": slow > RATIO_FROM and self.ratio > RATIO,
        }
        return [bound for bound, is_broken in bounds.items() if is_broken]

    def __str__(self) -> str:
        numbers = [self.queries, self.passed, self.worked]
        cells = [f"{of[FEW]:.0f} / {of[MANY]:.0f}" for of in numbers]
        cells += [f"{self.ratio:.2f}", ", ".join(self.broken_bounds()) or "holds"]
        return f"| {self.name} | {self.person} | {' | '.join(cells)} |"


@functools.cache
def is_busy() -> bool:
    """Whether more was running just now than this machine has cores."""
    return os.getloadavg()[0] > (os.cpu_count() or 1)


def measure() -> int:
    """Fill the database of these settings and measure; prints the table."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.bench.waiting_items import WaitingItems

    call_command("migrate", verbosity=0)
    waiting = WaitingItems()
    screens = [Screen(person, name) for name, person in MEASURED]
    wagtail_times: dict[int, str] = {}
    for count in (FEW, MANY):
        waiting.grow(count)
        print(f"{count} items wait; measuring …", flush=True)
        # What making the items left behind is not the screens' to clean up.
        gc.collect()
        gc.freeze()
        for screen in screens:
            visit(screen, waiting.district.people[screen.person], count)
        wagtail_times[count] = wagtail_panel(waiting.district.section)
    print(
        f"\nWith {FEW} / with {MANY} items, medians of {ROUNDS}; {os.cpu_count()} cores, load",
        end=" ",
    )
    print(f"{os.getloadavg()[0]:.1f}: judged is what {'was worked' if is_busy() else 'passed'}.\n")
    print("| screen | person | queries | ms passed | ms worked | ratio | bounds |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    print(*screens, sep="\n")
    print(
        f"Wagtail's own panel for section: {wagtail_times[FEW]} with {FEW}, "
        f"{wagtail_times[MANY]} with {MANY}."
    )
    print(f"Bounds: {QUERIES} queries, {MILLISECONDS} ms, {RATIO} × (from {RATIO_FROM} ms on).")
    return int(any(screen.broken_bounds() for screen in screens))


def visit(screen: Screen, user, count: int) -> None:
    """Open the screen often enough for a median, then once to count its queries."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    client, address = Client(raise_request_exception=True), reverse(screen.name)
    client.force_login(user)

    def ask():
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address} for {screen.person}: {answer.status_code}")

    ask()
    rounds = [timed(ask) for _round in range(ROUNDS)]
    passed, worked = zip(*rounds, strict=True)
    screen.passed[count], screen.worked[count] = median(passed), median(worked)
    screen.fastest[count] = min(passed), min(worked)
    with CaptureQueriesContext(connection) as queries:
        ask()
    screen.queries[count] = len(queries)
    if "--queries" in sys.argv:
        for query in queries.captured_queries:
            print(f"    {screen.name} {screen.person} {query['time']} {query['sql'][:400]}")


def wagtail_panel(user) -> str:
    """How long Wagtail's own panel takes for the same items; given up after a minute."""
    import signal

    from django.db import OperationalError, connection
    from django.test import RequestFactory
    from django.test.utils import CaptureQueriesContext
    from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

    request = RequestFactory().get("/admin/")
    request.user = user
    context = {"request": request, "csrf_token": ""}
    panel = WorkflowObjectsToModeratePanel()

    class TooLong(Exception):
        pass

    def give_up(*_args):
        raise TooLong

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(WAGTAIL_LIMIT)
    try:
        with CaptureQueriesContext(connection) as queries:
            # Its template draws a row of the page for each of them on top of this.
            spent, _worked = timed(lambda: panel.get_context_data(context))
    except TooLong:
        return f"> {WAGTAIL_LIMIT} s"
    except OperationalError as failure:
        return f"fails ({failure})"
    finally:
        signal.alarm(0)
    return f"{spent:.0f} ms and {len(queries)} queries"


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
