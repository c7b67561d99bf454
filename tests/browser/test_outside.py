"""Nothing calls an outside service: every kind of page is opened with all other hosts blocked.

Whoever visits in any other test is held to it as well (tests/browser/conftest.py), so that the
admin's screens are walked by all their links only in `make soak`.
"""

import re

import pytest

pytestmark = pytest.mark.browser

SCHOOL = "东门大街小学"
LANGUAGES = ("/", "/en/")
# Leaving, or fetching a file, is no screen.
NO_SCREEN = re.compile(r"logout|\.(csv|xlsx|pdf|txt)|export=|/documents/|javascript:|#")
NUMBER = re.compile(r"/\d+/")
MOST_SCREENS = 160


def links(visitor, prefix: str) -> set[str]:
    """Addresses on the screen now, below `prefix`, without their query."""
    paths = visitor.page.eval_on_selector_all("a[href]", "all => all.map(a => a.pathname)")
    return {path for path in paths if path.startswith(prefix) and not NO_SCREEN.search(path)}


def crawl(visitor, starts, prefix: str, kind_of) -> dict[str, int]:
    """Open one screen of each kind that can be reached by links; path → status."""
    opened, kinds, waiting = {}, set(), list(starts)
    while waiting and len(opened) < MOST_SCREENS:
        path = waiting.pop(0)
        if kind_of(path) in kinds:
            continue
        kinds.add(kind_of(path))
        response = visitor.page.goto(path, wait_until="load")
        opened[path] = response.status
        waiting += sorted(links(visitor, prefix))
    return opened


def public_kind(path: str) -> str:
    """A listing is a kind of its own; below a school or a section, three of each depth will do."""
    parts = [part for part in path.split("/") if part]
    if len(parts) <= 1 + (parts[:1] == ["en"]):
        return path
    return f"{parts[0]}/{len(parts)}/{sum(map(ord, path)) % 9}"


def admin_kind(path: str) -> str:
    """One object of each screen will do."""
    return NUMBER.sub("/0/", path)


def test_no_public_page_asks_another_host(visit):
    reader = visit()
    opened = crawl(reader, [*LANGUAGES, "/no-such-page/"], "/", public_kind)
    assert len(opened) >= 25
    assert {path for path, status in opened.items() if status != 200} == {"/no-such-page/"}


@pytest.mark.soak
@pytest.mark.parametrize(
    ("role", "school", "least"),
    [("system_administrator", "", 40), ("school_editor", SCHOOL, 12), ("section_reviewer", "", 8)],
)
def test_no_admin_screen_asks_another_host(visit, role, school, least):
    visitor = visit(role, school)
    opened = crawl(visitor, ["/admin/", "/admin/pages/"], "/admin/", admin_kind)
    assert len(opened) >= least
    assert {path: status for path, status in opened.items() if status >= 500} == {}
