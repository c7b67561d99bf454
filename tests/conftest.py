"""What all tests share: the browser, and what happens where a tool is missing."""

import os
from collections.abc import Iterator

import pytest

from tests.machine import chromium, on_ci


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave browser tests out, with the reason, where there is no chromium; fail them on CI."""
    if chromium() is None and not on_ci():
        reason = "no chromium was found (sudo apt install chromium fonts-noto-cjk)"
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))


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
            args=["--no-sandbox"] if os.geteuid() == 0 else [],
        )
        yield chrome
        chrome.close()


@pytest.fixture
def calm_client(client):
    """Answers 500 instead of raising: an attack that crashes must not have done anything."""
    client.raise_request_exception = False
    return client
