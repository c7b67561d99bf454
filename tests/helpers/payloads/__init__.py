"""A valid POST for every form of the admin that could change what the public sees.

View name → the posts to try, or a sentence that says why there are none. A view without an entry
fails `tests/test_admin_urls.py`: whoever adds a URL states here what it could change.
"""

from django.contrib.auth.models import AbstractUser

from tests.helpers.payloads import (
    accounts,
    appointments,
    bulk,
    change_requests,
    files,
    pages,
    read_only,
    review,
    settings,
    translations,
    workflows,
)
from tests.helpers.payloads.post import Payload, Post
from tests.helpers.scenario import Scenario

__all__ = ["PAYLOADS", "Post", "posts_to"]

AREAS = (
    accounts, appointments, bulk, change_requests, files, pages, read_only, review, settings,
    translations, workflows,
)  # fmt: skip


def _merge_areas() -> dict[str, Payload]:
    """The tables of all areas as one. Raise ValueError if two of them name the same view."""
    payloads: dict[str, Payload] = {}
    for area in AREAS:
        if repeated := payloads.keys() & area.PAYLOADS.keys():
            raise ValueError(f"{area.__name__} repeats {sorted(repeated)}")
        payloads |= area.PAYLOADS
    return payloads


PAYLOADS = _merge_areas()


def posts_to(name: str, scenario: Scenario, user: AbstractUser) -> list[Post]:
    """What to post to a view as this user; empty where the table gives a reason instead."""
    payload = PAYLOADS[name]
    return [] if isinstance(payload, str) else list(payload(scenario, user))
