"""Two reviewers decide on the same item at the same moment, and two items at once.

    DATABASE_URL=… python -m tests.soak.rivals --rounds 60

Ends with 0 if of each pair one was accepted and the other told why not, and the record is whole.
"""

import argparse
import os
import sys

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
    wrong += what_is_wrong(set())
    print(*wrong, sep="\n")
    print(f"{options.rounds} rounds, {len(wrong)} faults")
    return int(bool(wrong))


def waiting_at_section(count: int) -> list:
    """`count` items that wait for their section review."""
    from moderation.models import QueueItem
    from tests.district import decide, find_district

    district = find_district()
    while (found := QueueItem.objects.filter(level="section")).count() < count:
        top_up(QueueItem.objects.count() + count)
        for item in QueueItem.objects.filter(level="school"):
            decide(fresh_page(item.page_id), district.reviewer1)
    return list(found[:count])


def one_item_two_people(actions) -> list[str]:
    [item] = waiting_at_section(1)
    answers = at_once([(item, "section", actions[0]), (item, "section2", actions[1])])
    refused = [answer for answer in answers if answer]
    fine = len(refused) == 1 and "CRASH" not in refused[0]
    return [] if fine else [f"{actions} on {item.pk}: {answers}"]


def two_items_two_people() -> list[str]:
    first, second = waiting_at_section(2)
    answers = at_once([(first, "section", "approve"), (second, "section2", "approve")])
    return [f"two items: {answers}"] if any(answers) else []


def at_once(deeds) -> list[str]:
    """Each (item, person, action) in a process of its own, begun by one signal; the refusals."""
    from django.db import connections

    texts = [prepared(*deed) for deed in deeds]
    connections.close_all()
    start_reading, start_writing = os.pipe()
    answers = []
    for state, person, decision in texts:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(start_writing)
            os.read(start_reading, 1)
            os.write(writing, answer_to(state, person, decision).encode() or b" ")
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


def prepared(item, person, action):
    from tests.district import find_district, read

    page = fresh_page(item.page_id)
    words = "请改。" if action == "reject" else ""
    decision = read(page, action, words)
    return page.current_workflow_task_state, getattr(find_district(), person), decision


def answer_to(state, person, decision) -> str:
    """Empty if the decision was carried out, else why not."""
    from moderation import decisions, gate

    try:
        decisions.decide(state, person, decision)
    except gate.Refused as refusal:
        return " ".join(refusal.reasons)
    except Exception as error:
        return f"CRASH {error!r}"
    return ""


if __name__ == "__main__":
    sys.exit(main())
