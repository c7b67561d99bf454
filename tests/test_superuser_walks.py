"""One superuser does random things alone; nothing of it becomes public.

`make check` takes 200 runs on SQLite, `make soak` 2,000 on each database.
"""

import pytest
from hypothesis import Phase
from hypothesis.stateful import initialize

from appointments.kinds import memberships
from change_requests import domain
from tests.helpers.rolled_back_machine import run_rolled_back
from tests.helpers.superuser_machine import SuperuserMachine, invent_accounts

STEPS = 6


@pytest.mark.once
def test_one_superuser_alone_publishes_nothing(invented):
    run_rolled_back(SuperuserMachine, 200, STEPS)


@pytest.fixture
def invented(client, district):
    """The superuser has accounts of their own from the beginning, as editors of a school."""
    client.force_login(district.admin)
    invent_accounts(client, district.schools[0])


class CommitteeMachine(SuperuserMachine):
    """Runs that begin with a committee of invented accounts, proposed and not confirmed."""

    @initialize()
    def begin(self) -> None:
        self.propose_a_committee()


class VerifyingMachine(SuperuserMachine):
    """The record is verified after each run."""

    verifies = True


@pytest.mark.once
def test_the_walks_find_the_hole_where_one_person_confirms(invented, monkeypatch):
    """The rule of two is off for once: some run must end with a text in public."""
    monkeypatch.setattr(domain, "decision_errors", lambda change_request, user: [])
    monkeypatch.setattr(
        "change_requests.permissions.visible_to",
        lambda user: domain.ChangeRequest.objects.all(),
    )
    monkeypatch.setattr(memberships, "require_activation", lambda account, change_request: [])
    with pytest.raises(AssertionError, match="became public by one person"):
        run_rolled_back(CommitteeMachine, 100, STEPS, phases=[Phase.generate])


@pytest.mark.soak
@pytest.mark.parametrize("part", range(4))
def test_two_thousand_walks_of_a_superuser(invented, part):
    """In four parts, so that two processors share them; each draws runs of its own."""
    run_rolled_back(VerifyingMachine, 500, 10, derandomize=False)
