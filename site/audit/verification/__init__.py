"""Proving the record: the chain is whole, and all that is public is what the record says.

Each public page needs its approvals or its initial publication. Asks only the record and what is
public now; can be run at any time. A chain kept in a database proves nothing against its owner:
compare the heads that left the machine, on paper and in letters (`is_known_head`).
"""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from audit.verification.chain import chain_problems, content_problems, is_known_head
from audit.verification.files import file_errors, file_problems
from audit.verification.pages import page_problems
from audit.verification.people import people_problems
from audit.verification.problems import Problem
from audit.verification.public_pages import public_problems
from audit.verification.registry import register_check, registered_checks

__all__ = [
    "Problem",
    "chain_problems",
    "content_problems",
    "file_errors",
    "file_problems",
    "find_problems",
    "is_known_head",
    "page_problems",
    "people_problems",
    "public_problems",
    "register_check",
]


def _ignore(message: str) -> None:
    """Report progress to nobody."""


def find_problems(progress: Callable[[str], None] = _ignore) -> Iterator[Problem]:
    """Yield all that is wrong with the record and what is public, the first broken link first.

    `progress` is called with a sentence after each part.
    """
    yield from chain_problems()
    progress(_("The hash chain was verified."))
    yield from content_problems()
    progress(_("The contents were read."))
    yield from public_problems(progress)
    yield from file_problems()
    progress(_("The files were read."))
    yield from people_problems()
    yield from page_problems()
    for check in registered_checks():
        yield from check()
    progress(_("What stands beside the record was compared with it."))
