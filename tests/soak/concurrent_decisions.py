"""Two people at the same moment: on one item, on two, and one withdraws what the other approves.

    DATABASE_URL=… python -m tests.soak.concurrent_decisions --rounds 60

Ends with 0 if each pair had one clear outcome, nobody waited for ever, and the record is whole.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable

from core.publishing.refusals import Refused
from tests.soak.killed_processes import (
    consistency_errors,
    load_page,
    set_up_district,
    submit_items,
)

ACTIONS = [("approve", "approve"), ("approve", "reject"), ("reject", "reject")]


def main() -> int:
    """Decide at the same moment as often as asked; 0 if every outcome was clear."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    set_up_district()
    errors = []
    for number in range(options.rounds):
        errors += one_item_two_people(ACTIONS[number % len(ACTIONS)])
        errors += two_items_two_people()
        errors += approved_and_withdrawn()
    errors += consistency_errors(set())
    print(*errors, sep="\n")
    print(f"{options.rounds} rounds, {len(errors)} errors")
    return int(bool(errors))


def waiting_at_section(count: int) -> list:
    """`count` items that wait for their section review."""
    from review.models.queue import QueueItem
    from tests.helpers.district import decide, find_district

    district = find_district()
    while (items := QueueItem.objects.filter(level="section")).count() < count:
        submit_items(QueueItem.objects.count() + count)
        for item in QueueItem.objects.filter(level="school"):
            decide(load_page(item.page_id), district.reviewer1)
    return list(items[:count])


def one_item_two_people(actions: tuple[str, str]) -> list[str]:
    """Two people decide on one item: one of them is refused."""
    [item] = waiting_at_section(1)
    answers = at_once(
        deferred_decision(item.page_id, person, action)
        for person, action in zip(["section", "section2"], actions, strict=True)
    )
    refused = [answer for answer in answers if answer]
    fine = len(refused) == 1 and "CRASH" not in refused[0]
    return [] if fine else [f"{actions} on {item.pk}: {answers}"]


def two_items_two_people() -> list[str]:
    """Two people decide on an item each: neither is refused."""
    first, second = waiting_at_section(2)
    answers = at_once(
        [deferred_decision(first.page_id, "section"), deferred_decision(second.page_id, "section2")]
    )
    return [f"two items: {answers}"] if any(answers) else []


def approved_and_withdrawn() -> list[str]:
    """A public page goes down while its next version is approved: it is down in either order."""
    from publication import withdrawal
    from tests.helpers.district import brand_draft, decide, find_district, fresh, submit

    district = find_district()
    title = f"第{time.time_ns()}号品牌"[:60]
    page = brand_draft(district.schools[0], district.editor1, title=title, kind="branch")
    for person in ("reviewer1", "section", "final", "editor1", "reviewer1", "section"):
        if person == "editor1":
            page.slogan = "改过"
            page.save_revision(user=district.editor1)
        if not page.workflow_in_progress:
            submit(page, district.editor1)
        if person != "editor1":
            decide(fresh(page), getattr(district, person))
        page = fresh(page)

    def withdraw():
        withdrawal.withdraw(page, district.final, "内容有误。")

    approved, withdrawn = at_once([deferred_decision(page.pk, "final"), withdraw])
    fine = not withdrawn and "CRASH" not in approved and not load_page(page.pk).live
    return [] if fine else [f"approved and withdrawn: {approved} / {withdrawn}"]


def at_once(acts: Iterable[Callable[[], None]]) -> list[str]:
    """Each act in a process of its own, begun by one signal; why it was refused, or empty."""
    from django.db import connections

    acts = list(acts)
    connections.close_all()
    start_reading, start_writing = os.pipe()
    answers = []
    for act in acts:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(start_writing)
            os.read(start_reading, 1)
            os.write(writing, refusal_of(act).encode() or b" ")
            os._exit(0)
        os.close(writing)
        answers.append(reading)
    os.close(start_reading)
    os.close(start_writing)
    refusals = []
    for reading in answers:
        with os.fdopen(reading, "rb") as pipe:
            refusals.append(pipe.read().decode().strip())
        os.wait()
    return refusals


def deferred_decision(page_id: int, username: str, action: str = "approve") -> Callable[[], None]:
    """What this person decides on the text as it is now, to be carried out later."""
    from review.domain import decisions
    from tests.helpers.district import build_decision, find_district

    page = load_page(page_id)
    decision = build_decision(page, action, "请改。" if action == "reject" else "")
    state, user = page.current_workflow_task_state, getattr(find_district(), username)
    return lambda: decisions.decide(state, user, decision)


def refusal_of(act: Callable[[], None]) -> str:
    """Empty if the act succeeded, else why not."""
    try:
        act()
    except Refused as refusal:
        return " ".join(refusal.reasons)
    except Exception as error:
        return f"CRASH {error!r}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
