"""Random people do random things; whatever is public has passed its rule.

`make check` takes 150 runs, 135 on SQLite and 15 on PostgreSQL, `make soak` 2,000 on each.
"""

from typing import Any

import pytest
from django.db import connection
from hypothesis import Phase

from review.domain import gate
from tests.helpers.rolled_back_machine import run_rolled_back
from tests.helpers.state_machine import DistrictMachine
from tests.helpers.state_machine_steps import DistrictSteps

STEPS = 14


def run_state_machine(runs: int, **options: Any) -> None:
    """Run the state machine from one beginning, each run in a transaction that is rolled back.

    `options` are hypothesis' own.
    """
    first = DistrictMachine()
    first.prepare()
    DistrictSteps.published = DistrictSteps.published_by_schedule = 0

    class BegunMachine(DistrictMachine):
        initial_state = (first.public_at_start, first.expected)

    run_rolled_back(BegunMachine, runs, STEPS, **options)


def test_whatever_people_do_what_is_public_has_passed(district):
    many = connection.vendor == "sqlite"
    runs = 135 if many else 15
    run_state_machine(runs)
    # A few runs may miss what many come to; they are there for the database, not for the reach.
    assert DistrictSteps.published > (runs / 10 if many else 0), "these runs hardly publish"
    assert DistrictSteps.published_by_schedule > 0 or not many, "no run came to a planned time"


def test_the_walks_find_a_hole_where_there_is_one(district, monkeypatch):
    """Authors may approve for once: some run must end with their text in public."""
    monkeypatch.setattr(gate, "author_ids", lambda page, text=None: set())
    with pytest.raises(AssertionError):
        # Without shrinking: nobody waits for the shortest run.
        run_state_machine(150, phases=[Phase.generate])


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_two_thousand_walks(district, part):
    """In four parts, so that two processors share them; each draws runs of its own."""
    run_state_machine(500, derandomize=False)
