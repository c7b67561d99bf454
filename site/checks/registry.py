"""The registry of automatic checks, whose findings people see before they decide on a page."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from wagtail.models import Page


class Severity(StrEnum):
    """An error keeps a page from being approved, a warning does not."""

    ERROR = "block"
    WARNING = "warn"


class Finding(NamedTuple):
    """A problem that a check found."""

    severity: Severity
    message: str


Check = Callable[[Page], Iterable[Finding]]
_checks: dict[str, Check] = {}


def register(name: str) -> Callable[[Check], Check]:
    """Register the decorated check under `name`, which has to be unique."""

    def decorator(check: Check) -> Check:
        _checks[name] = check
        return check

    return decorator


def run_checks(page: Page) -> list[Finding]:
    """Return the findings of all checks in `page`, in order of registration.

    `page` holds the content of the revision that is checked.
    """
    return [finding for check in _checks.values() for finding in check(page)]


def blocking_errors(findings: Iterable[Finding]) -> list[str]:
    """Return the messages of the findings that keep a page from being approved."""
    return [finding.message for finding in findings if finding.severity == Severity.ERROR]
