"""Two people at the same moment: on one item, on two, and one withdraws what the other approves.

    DATABASE_URL=… python -m tests.soak.rivals --rounds 60

Ends with 0 if each pair had one clear outcome, nobody waited for ever, and the record is whole.
"""

import argparse
import os
import sys
import time

from core.publishing.refusals import Refused
from tests.soak.kills import found_a_district, fresh_page, top_up, what_is_wrong

CHOICES = [("approve", "approve"), ("approve", "reject"), ("reject", "reject")]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    found_a_district()
    wrong = []
    for number in range(options.rounds):
        wrong += one_item_two_people(CHOICES[number % len(CHOICES)])
        wrong += two_items_two_people()
        wrong += approved_and_withdrawn()
    wrong += what_is_wrong(set())
    print(*wrong, sep="\n")
    print(f"{options.rounds} rounds, {len(wrong)} faults")
    return int(bool(wrong))


def waiting_at_section(count: int) -> list:
    """`count` items that wait for their section review."""
    from review.models.queue import QueueItem
    from tests.helpers.district import decide, find_district

    district = find_district()
    while (found := QueueItem.objects.filter(level="section")).count() < count:
        top_up(QueueItem.objects.count() + count)
        for item in QueueItem.objects.filter(level="school"):
            decide(fresh_page(item.page_id), district.reviewer1)
    return list(found[:count])


def one_item_two_people(actions) -> list[str]:
    [item] = waiting_at_section(1)
    answers = at_once(
        decision(item.page_id, person, action)
        for person, action in zip(["section", "section2"], actions, strict=True)
    )
    refused = [answer for answer in answers if answer]
    fine = len(refused) == 1 and "CRASH" not in refused[0]
    return [] if fine else [f"{actions} on {item.pk}: {answers}"]


def two_items_two_people() -> list[str]:
    first, second = waiting_at_section(2)
    answers = at_once([decision(first.page_id, "section"), decision(second.page_id, "section2")])
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

    approved, withdrawn = at_once([decision(page.pk, "final"), withdraw])
    fine = not withdrawn and "CRASH" not in approved and not fresh_page(page.pk).live
    return [] if fine else [f"approved and withdrawn: {approved} / {withdrawn}"]


def at_once(deeds) -> list[str]:
    """Each deed in a process of its own, begun by one signal; why each was refused, or empty."""
    from django.db import connections

    deeds = list(deeds)
    connections.close_all()
    start_reading, start_writing = os.pipe()
    answers = []
    for deed in deeds:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(start_writing)
            os.read(start_reading, 1)
            os.write(writing, answer_to(deed).encode() or b" ")
            os._exit(0)
        os.close(writing)
        answers.append(reading)
    os.close(start_reading)
    os.close(start_writing)
    said = []
    for reading in answers:
        with os.fdopen(reading, "rb") as pipe:
            said.append(pipe.read().decode().strip())
        os.wait()
    return said


def decision(page_id, person, action="approve"):
    """What this person decides on the text as it is now, to be carried out later."""
    from review.domain import decisions
    from tests.helpers.district import build_decision, find_district

    page = fresh_page(page_id)
    said = build_decision(page, action, "请改。" if action == "reject" else "")
    state, user = page.current_workflow_task_state, getattr(find_district(), person)
    return lambda: decisions.decide(state, user, said)


def answer_to(deed) -> str:
    """Empty if the deed was carried out, else why not."""

    try:
        deed()
    except Refused as refusal:
        return " ".join(refusal.reasons)
    except Exception as error:
        return f"CRASH {error!r}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
