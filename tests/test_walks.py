"""Random people do random things; whatever is public has passed its rule.

`make check` takes 150 walks, 135 on SQLite and 15 on PostgreSQL, `make soak` 2,000 on each.
"""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from review.domain import gate
from tests.helpers.state_machine import District

STEPS = 14


class Forgotten(Exception):
    """Ends a walk, so that the database forgets it."""


def walk(count: int, **options) -> None:
    """`count` walks from one beginning, each in a transaction that is rolled back.

    `options` are hypothesis' own.
    """
    first = District()
    first.prepare()
    District.published = District.by_schedule = 0

    class Walk(District):
        begun = (first.founded, first.ledgers)

        def __init__(self):
            self.atomic = transaction.atomic()
            self.atomic.__enter__()
            super().__init__()

        def teardown(self):
            try:
                super().teardown()
            finally:
                self.atomic.__exit__(Forgotten, Forgotten(), None)

    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=count,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
            **options,
        ),
    )


def test_whatever_people_do_what_is_public_has_passed(district):
    many = connection.vendor == "sqlite"
    walks = 135 if many else 15
    walk(walks)
    # A few walks may miss what many come to; they are there for the database, not for the reach.
    assert District.published > (walks / 10 if many else 0), "these walks hardly lead anywhere"
    assert District.by_schedule > 0 or not many, "no walk came to a time that was planned"


def test_the_walks_find_a_hole_where_there_is_one(district, monkeypatch):
    """Authors may approve for once: some walk must end with their words in public."""
    monkeypatch.setattr(gate, "author_ids", lambda page: set())
    with pytest.raises(AssertionError):
        # Without shrinking: nobody waits for the shortest walk.
        walk(150, phases=[Phase.generate])


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_two_thousand_walks(district, part):
    """In four parts, so that two processors share them; each draws walks of its own."""
    walk(500, derandomize=False)
