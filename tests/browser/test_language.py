"""On the editors' and reviewers' screens no Latin words are left, and nothing calls outside."""

import json
import re

import pytest

from tests.browser.conftest import manage
from tests.browser.latin import LATIN, LatinReader
from tests.browser.screens import EVERY_ROLE, FORMS, PLACES_SCRIPT, SCHOOL, SCREENS
from tests.browser.test_journey import decide, submit

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def places(server) -> dict:
    """Keys of a few pages, and every Latin word of the demo's own data (`written`)."""
    output = manage(server.environment, "shell", "--verbosity", "0", "-c", PLACES_SCRIPT)
    places = json.loads(output.splitlines()[-1])
    return places | {"written": set(LATIN.findall(" ".join(places["written"])))}


@pytest.fixture(scope="module")
def reader_of(visit_for_long, places):
    """`reader_of(role, school)` gives a LatinReader who is logged in, the same one in each test."""
    visitors = {}

    def make(role: str, school: str = "") -> LatinReader:
        if role not in visitors:
            visitors[role] = visit_for_long(role, school)
        return LatinReader(visitors[role], places)

    return make


def school_of(role: str) -> str:
    return SCHOOL if role.startswith("school") else ""


def test_the_login(visit, places):
    reader = LatinReader(visit(), places)
    reader.open("/admin/login/")
    reader.page.click("button[type=submit]")
    reader.read("login refused")
    reader.open("/admin/password_reset/")
    reader.assert_no_latin()


@pytest.mark.parametrize("role", SCREENS)
def test_the_screens_of(reader_of, role):
    reader = reader_of(role, school_of(role))
    for address in EVERY_ROLE + SCREENS[role]:
        reader.open(address)
    for page in reader.places["waiting"]:
        reader.open(f"/admin/pages/{page}/edit/")
    open_menus(reader)
    reader.assert_no_latin()


def open_menus(reader) -> None:
    """Every submenu of the sidebar."""
    reader.page.goto("/admin/")
    for button in reader.page.locator("#wagtail-sidebar button[aria-haspopup]").all():
        button.click()
        reader.read(f"menu {button.inner_text()}")


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of(reader_of, form):
    role, address = FORMS[form]
    reader = reader_of(role, school_of(role))
    reader.open(address)
    add_rows(reader.page)
    add_blocks(reader, kinds=20 if form == "news" else 2)
    reader.read("rows and blocks")
    open_side_panels(reader)
    submit_incomplete(reader)
    reader.assert_no_latin()


def add_rows(page) -> None:
    """One row of every list below the page: figures, stops, records …"""
    for button in page.locator("button[id$=-ADD]").all():
        button.click()


def add_blocks(reader, kinds: int) -> None:
    """One block of each of the first `kinds` in each stream; the bodies are all alike."""
    page = reader.page
    menu = page.locator(".w-combobox")
    for number in range(page.locator("[data-streamfield-stream-container]").count()):
        stream = page.locator("[data-streamfield-stream-container]").nth(number)
        if (names := open_menu(stream, menu)) is None:
            continue
        reader.read("menu of blocks")
        for name in names[:kinds]:
            if not menu.count():
                open_menu(stream, menu)
            menu.get_by_role("option", name=name, exact=True).click()
            # It fades; the next one must not be mistaken for it.
            menu.wait_for(state="detached")


def open_menu(stream, menu) -> list[str] | None:
    """Open the menu at the end of a stream and name its blocks; of one kind, add a block."""
    button = stream.locator("> div > .c-sf-add-button, > .c-sf-add-button").last
    button.click()
    if button.get_attribute("aria-expanded") is None:
        return None
    menu.get_by_role("option").first.wait_for()
    return menu.get_by_role("option").all_inner_texts()


def open_side_panels(reader) -> None:
    for toggle in reader.page.locator("[data-side-panel-toggle]").all():
        toggle.click()
        reader.read(f"side panel {toggle.get_attribute('data-side-panel-toggle')}")
    toggle.click()


def submit_incomplete(reader) -> None:
    """Ask for review of nothing at all: every field says what it lacks."""
    submit(reader.page)
    reader.read("errors")


def test_the_choosers(reader_of):
    reader = reader_of("school_editor", SCHOOL)
    page = reader.page
    reader.open("/admin/pages/add/brands/brandpage/{school}/")
    choose(reader, "[data-contentpath=cover]", upload=True)
    add_rows(page)
    choose(reader, "#inline_child_related-0")
    reader.open("/admin/pages/add/news/newspage/{school}/")
    add_rows(page)
    choose(reader, "#inline_child_attachments-0", upload=True)
    reader.assert_no_latin()


def choose(reader, place: str, upload: bool = False) -> None:
    """Open the chooser of a field, send its form for uploads empty, and close it."""
    reader.page.locator(place).get_by_role("button", name=re.compile("^选择")).first.click()
    dialog = reader.page.locator(".modal-dialog")
    dialog.get_by_role("heading").first.wait_for()
    reader.read(f"chooser {place}")
    if upload:
        dialog.get_by_role("tab", name="上传").click()
        reader.read(f"upload {place}")
        dialog.get_by_role("button", name="上传", exact=True).click()
        dialog.locator(".error-message").first.wait_for()
        reader.read(f"empty upload {place}")
    dialog.get_by_role("button", name="关闭").first.click()
    dialog.wait_for(state="detached")


def test_the_way_of_an_item(reader_of):
    editor = reader_of("school_editor", SCHOOL)
    address = write_news(editor)
    editor.open(address)
    reviewer = reader_of("school_reviewer", SCHOOL)
    reviewer.open("/admin/")
    reviewer.open(address)
    reviewer.page.locator("footer a[href*='/review/']").click()
    reviewer.read("decision")
    reviewer.page.click("button[name=action][value=reject]")
    reviewer.read("return without words")
    decide(reviewer.visitor, address, "reject", "第二段请写明日期。")
    reviewer.read("returned")
    for screen in ("/admin/", address, address.replace("/edit/", "/history/"),
                   address.replace("/edit/", "/workflow_history/")):  # fmt: skip
        editor.open(screen)
    editor.page.goto(address)
    editor.page.fill("textarea[name=summary], input[name=summary]", "改过的摘要。")
    submit(editor.page)
    editor.read("submitted again")
    editor.open(address.replace("/edit/", "/revisions/compare/earliest...latest/"))
    editor.open(address)
    cancel = editor.page.locator(
        "[name=action-cancel-workflow], [data-workflow-action-name=cancel]"
    )
    editor.page.locator("footer [data-w-dropdown-target=toggle]").click()
    editor.read("menu of a waiting item")
    if cancel.count():
        cancel.first.click()
        editor.read("calling back")
    editor.assert_no_latin()
    reviewer.assert_no_latin()


def write_news(editor) -> str:
    """Write and submit a short news item; returns the address of its edit screen."""
    page = editor.page
    page.goto("/admin/pages/add/news/newspage/{school}/".format(**editor.places))
    page.fill("[name=title]", "路队护送")
    page.fill("[name=summary]", "放学路上的七支路队。")
    page.fill("[name=author_name]", "办公室")
    page.locator(".c-sf-add-button").first.click()
    page.locator(".w-combobox [role=option]").first.click()
    page.locator("[data-contentpath=body] [contenteditable=true]").press_sequentially("七支路队。")
    page.wait_for_function(
        "() => document.querySelector('[name=\"body-0-value\"]').value.includes('路队')"
    )
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    editor.read("menu of submission")
    with page.expect_navigation():
        page.locator("button[name=action-submit]").click()
    editor.read("submitted")
    return page.get_by_role("link", name="路队护送", exact=True).first.get_attribute("href")
