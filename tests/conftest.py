"""What all tests share: the browser, and what happens where a tool is missing."""

import gc
import os
from collections.abc import Iterator

import pytest
from django.db import connection

from tests.helpers.machine import chromium, on_ci

# Files whose few tests take long: begun first, so that at the end no worker waits for another's.
BROWSER = "tests/browser/"
LONG = (
    BROWSER,
    "tests/test_walks.py",
    "tests/test_admin_urls.py",
    "tests/test_roles.py",
    "site/demo/tests/test_demo.py",
    "tests/test_isolation.py",
    "site/notifications/tests/test_worker.py",
    "site/curation/tests/test_slots.py",
    "site/core/tests/test_renditions.py",
    "site/core/tests/test_draft_references.py",
    "tests/test_releases.py",
)

# Other hosts have no address for this chromium, as where there is no network.
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long files first; leave out what lacks its chromium, and asking no database twice."""
    items.sort(key=lambda item: place_of(item.nodeid))
    if connection.vendor != "sqlite":
        asked_already = [item for item in items if not asks_a_database(item)]
        config.hook.pytest_deselected(items=asked_already)
        items[:] = [item for item in items if asks_a_database(item)]
    if chromium() is None and not on_ci():
        reason = "no chromium was found (sudo apt install chromium fonts-noto-cjk)"
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))


def asks_a_database(item: pytest.Item) -> bool:
    """Whether its answer may differ on another database; a long proof makes one of its own."""
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked or item.get_closest_marker("django_db") or item.get_closest_marker("soak"))


def pytest_collection_finish() -> None:
    """Keep the collector off what lives as long as the run: a tenth of its time went there."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand out whole files, as `loadfile` does, and all browser tests to one worker."""
    # Known only where xdist is in use.
    from xdist.scheduler import LoadFileScheduling

    class Files(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)

    return Files(config, log) if config.getvalue("dist") == "loadfile" else None


def place_of(nodeid: str) -> int:
    """Where a test's file stands in the order of this run."""
    return next((place for place, name in enumerate(LONG) if nodeid.startswith(name)), len(LONG))


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """A headless chromium for the whole run; each test opens a context of its own in it."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        pytest.fail("CI must have chromium")
    # Playwright keeps an event loop in this thread, in which Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=path,
            args=[ONLY_THIS_MACHINE, *(["--no-sandbox"] if os.geteuid() == 0 else [])],
        )
        yield chrome
        chrome.close()
