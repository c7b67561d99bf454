"""Checks of the record that rooms above add: what else must be as the record says."""

from collections.abc import Callable, Iterator

from audit.verification.problems import Problem

Check = Callable[[], Iterator[Problem]]
_checks: dict[str, Check] = {}


def register_check(name: str, check: Check) -> None:
    """Add a check; called once, from `AppConfig.ready`. One of the same name is replaced."""
    _checks[name] = check


def registered_checks() -> list[Check]:
    """Return the checks of all rooms, in the order of their names."""
    return [_checks[name] for name in sorted(_checks)]
