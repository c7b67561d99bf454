"""A server as `make run` starts it, with the demo district, for tests by real clicks."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.helpers.migrated_database import copy_to_file
from tests.helpers.repository import ROOT

SECONDS_TO_START = 240
SMALL_PICTURES = "160"
# The admin slides new rows open for 0.4 s each, in which nobody can click.
IN_EACH_DOCUMENT = """
addEventListener("DOMContentLoaded", () => { if (window.jQuery) jQuery.fx.off = true; });
new MutationObserver(() => { window.lastChange = performance.now(); })
  .observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
"""
STILL = """
() => document.readyState === "complete" && performance.now() - (window.lastChange ?? 0) > 100
"""
SECONDS_TO_SETTLE = 20


class Server:
    """The running site: its address, its demo accounts, and a folder for screenshots."""

    def __init__(self, address: str, accounts: list[dict], environment: dict):
        self.address = address
        self.accounts = accounts
        self.environment = environment

    def account(self, role: str, school: str = "") -> dict:
        """The demo account of a role (the first one whose school's name contains `school`)."""
        return next(
            account
            for account in self.accounts
            if account["role"] == role and school in account["school"]
        )


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The demo's district, served from an empty folder of runtime files."""
    environment = new_environment(tmp_path_factory.mktemp("var"))
    manage(environment, "demo", "--picture-width", SMALL_PICTURES)
    accounts = json.loads(manage(environment, "demo", "--accounts"))
    with serving(environment, accounts) as running:
        yield running


def new_environment(var: Path, **more: str) -> dict:
    """Migrate an empty database in the folder `var`; return the environment of its server."""
    environment = os.environ | {
        "VAR_DIR": str(var),
        "DJANGO_SETTINGS_MODULE": "district.settings.local",
        "DATABASE_URL": f"sqlite:///{var / 'db.sqlite3'}",
        "BASE_URL": f"http://127.0.0.1:{free_port()}",
        **more,
    }
    copy_to_file(var / "db.sqlite3")
    manage(environment, "migrate", "--verbosity", "0")
    return environment


@contextlib.contextmanager
def serving(environment: dict, accounts: Sequence[dict] = ()) -> Iterator[Server]:
    """Run `manage.py serve` at the address that `environment` names."""
    address = environment["BASE_URL"]
    port = address.rpartition(":")[2]
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", port], cwd=ROOT, env=environment
    )
    try:
        wait_for(address, process)
        yield Server(address, list(accounts), environment)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def manage(environment: dict, *arguments: str) -> str:
    """Run a management command in the server's environment; return what it printed."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout


def free_port() -> int:
    """A TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen) -> None:
    """Poll until the site answers."""
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    pytest.fail("the server did not answer")


class Visitor:
    """One person with a browser of their own, who asked it not to move things: each frame costs."""

    def __init__(self, browser, server: Server, *, width: int = 1440, height: int = 900, **more):
        self.server = server
        self.outside: list[str] = []
        self.loading = set()
        self.context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="zh-CN",
            base_url=server.address,
            **{"reduced_motion": "reduce"} | more,
        )
        self.context.set_default_timeout(20_000)
        self.context.add_init_script(IN_EACH_DOCUMENT)
        # Only heard, not routed: a routed context has no cache, and each screen loads all anew.
        self.context.on("request", self._note)
        self.context.on("requestfinished", self._ended)
        self.context.on("requestfailed", self._ended)
        self.page = self.context.new_page()

    def _note(self, request) -> None:
        self.loading.add(request)
        if not request.url.startswith((self.server.address, "data:", "blob:")):
            self.outside.append(request.url)

    def _ended(self, request) -> None:
        self.loading.discard(request)

    def settle(self) -> None:
        """Wait until nothing is loading and the screen has stood still for a tenth of a second."""
        deadline = time.monotonic() + SECONDS_TO_SETTLE
        while time.monotonic() < deadline:
            # Polled by a timer: by default each poll draws a frame, which costs a processor.
            self.page.wait_for_function(STILL, polling=50)
            if not self.loading:
                return
        pytest.fail(f"still loading: {[request.url for request in self.loading]}")

    def log_in(self, role: str, school: str = "") -> "Visitor":
        """Log in by the form, as people do."""
        account = self.server.account(role, school)
        self.page.goto("/admin/login/")
        self.page.fill("input[name=username]", account["username"])
        self.page.fill("input[name=password]", account["password"])
        self.page.click("button[type=submit]")
        self.page.wait_for_url(re.compile(r"/admin/$"))
        return self


def visits(browser, server):
    """Yields `visit`; when its people leave, none may have asked another host for anything."""
    visitors = []

    def make(role: str = "", school: str = "", **options) -> Visitor:
        visitor = Visitor(browser, server, **options)
        visitors.append(visitor)
        return visitor.log_in(role, school) if role else visitor

    yield make
    for visitor in visitors:
        visitor.context.close()
    assert [url for visitor in visitors for url in visitor.outside] == []


@pytest.fixture
def visit(browser, server):
    """`visit(role, school)` gives a person with a browser; `visit()` the anonymous reader."""
    yield from visits(browser, server)


@pytest.fixture(scope="module")
def visit_for_long(browser, server):
    """The same, for people whom the tests of a module share."""
    yield from visits(browser, server)
