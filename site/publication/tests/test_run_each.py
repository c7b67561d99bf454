"""Acting on many items: one that fails stops no other, and all failures are told."""

import pytest

from publication.run_each import BatchError, run_each


def reciprocal(number: int) -> float:
    return 1 / number


def test_the_outcomes_come_in_the_order_of_the_items():
    assert run_each([1, 2, 4], reciprocal) == [1, 0.5, 0.25]


def test_items_after_one_that_failed_have_their_turn_and_each_failure_is_named():
    processed = []

    def act(number: int) -> None:
        processed.append(number)
        reciprocal(number)

    with pytest.raises(BatchError) as caught:
        run_each([0, 1, 0, 2], act, label=lambda number: f"item {number}")
    assert processed == [0, 1, 0, 2]
    assert caught.value.errors == ["item 0: division by zero"] * 2
    assert str(caught.value) == "item 0: division by zero; item 0: division by zero"


def test_whoever_ends_the_process_is_not_counted_as_a_failure():
    def act(number: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_each([1, 2], act)
