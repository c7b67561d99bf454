"""The registry of checks: what software can find out about a text before people decide on it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

BLOCK, WARN = "block", "warn"


class Finding(NamedTuple):
    """One thing that a check found; `severity` BLOCK keeps a page from being approved."""

    severity: str
    message: str


Check = Callable[[object], Iterable[Finding]]
_checks: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Register a function (page as its revision has it) → findings under a stable name."""

    def register(function: Check) -> Check:
        _checks[name] = function
        return function

    return register


def findings(page) -> list[Finding]:
    """What all checks find in `page`, given as its revision has it, in order of registration."""
    return [finding for run in _checks.values() for finding in run(page)]


def blocking_errors(found: Iterable[Finding]) -> list[str]:
    """The messages of the findings that stand against an approval."""
    return [finding.message for finding in found if finding.severity == BLOCK]
