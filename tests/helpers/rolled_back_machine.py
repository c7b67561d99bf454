"""Run a hypothesis state machine many times from one beginning."""

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.helpers.rollback import rolled_back


def run_rolled_back(
    machine: type[RuleBasedStateMachine], runs: int, steps: int, **options: Any
) -> None:
    """Run `machine` so often, each run in a transaction that is rolled back.

    `options` are hypothesis' own.
    """

    class RolledBackMachine(machine):
        def __init__(self) -> None:
            self.transaction = rolled_back()
            self.transaction.__enter__()
            super().__init__()

        def teardown(self) -> None:
            try:
                super().teardown()
            finally:
                self.transaction.__exit__(None, None, None)

    run_state_machine_as_test(
        RolledBackMachine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=True,
            **options,
        ),
    )
