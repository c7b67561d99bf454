"""Act on many items so that one that fails does not stop the others."""

from collections.abc import Callable, Iterable
from typing import TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class BatchError(Exception):
    """Some items of a batch failed; all others were processed. `errors` has one line for each."""

    def __init__(self, errors: list[str]):
        super().__init__("; ".join(errors))
        self.errors = errors


def run_each(
    items: Iterable[Item], act: Callable[[Item], Outcome], label: Callable[[Item], str] = str
) -> list[Outcome]:
    """Call `act` on each item and return the outcomes, in order.

    `act` answers for its own transaction; `label` names an item in the error of its failure.

    Raises:
        BatchError: some items failed; raised after the last item, so that each had its turn.
    """
    outcomes, errors = [], []
    for item in items:
        try:
            outcomes.append(act(item))
        except Exception as error:
            errors.append(f"{label(item)}: {error}")
    if errors:
        raise BatchError(errors)
    return outcomes
