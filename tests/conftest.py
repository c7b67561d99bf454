"""What all tests share: the browser, and what happens where a tool is missing."""

import copy
import gc
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from tests import durations
from tests.helpers.district import find_district
from tests.helpers.machine import chromium, on_ci
from tests.helpers.private_content import PrivateContent, create_private_content
from tests.helpers.repository import committed_files

# Other hosts have no address for this chromium, as where there is no network.
ONLY_THIS_MACHINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
# Debian asks for one, which is then imitated at the cost of the processor.
WITHOUT_GRAPHICS_CARD = (
    "--disable-gpu",
    "--disable-gpu-rasterization",
    "--disable-software-rasterizer",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put long files first; skip what lacks its chromium; ask no database twice."""
    positions = {
        nodeid: position
        for position, nodeid in enumerate(durations.longest_first(item.nodeid for item in items))
    }
    items.sort(key=lambda item: positions[item.nodeid])
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
            return durations.scope_of(nodeid)

    return Files(config, log) if config.getvalue("dist") == "loadfile" else None


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
            args=[
                ONLY_THIS_MACHINE,
                *WITHOUT_GRAPHICS_CARD,
                *(["--no-sandbox"] if os.geteuid() == 0 else []),
            ],
        )
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def committed() -> list[Path]:
    """Every file in git, or about to be."""
    try:
        return committed_files()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")


@pytest.fixture(scope="module")
def private_of_module(module_transaction) -> PrivateContent:
    """Made once for all tests of a module."""
    return create_private_content(find_district())


@pytest.fixture
def private(private_of_module, db) -> PrivateContent:
    """What the first school keeps to itself."""
    return copy.deepcopy(private_of_module)


@pytest.fixture(params=["editor2", "reviewer2"])
def foreigner(request, client, district) -> Client:
    """A client that is logged in as a user of the other school."""
    client.force_login(getattr(district, request.param))
    return client
