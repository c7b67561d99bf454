"""On the editors' and reviewers' screens no Latin words are left, and nothing calls outside."""

import json
import re

import pytest

from tests.browser.conftest import manage
from tests.browser.latin import LATIN, latin
from tests.browser.test_journey import decide, submit

pytestmark = pytest.mark.browser

SCHOOL = "东门大街小学"
# What the demo's people have written themselves in Latin letters, and where its pages lie.
PLACES = """
import json
from accounts.models import User
from core.models import Document, Image
from home.models import HomePage
from news.models import NewsIndexPage
from redstudy.models import RouteIndexPage
from schools.models import SchoolPage
from topics.models import TopicIndexPage
from brands.models import BrandPage
from wagtail.models import Page, TaskState
chinese = {"locale__language_code": "zh-hans"}
school = SchoolPage.objects.get(title="SCHOOL")
brand = BrandPage.objects.descendant_of(school).live().first()
waiting = [str(s.workflow_state.object_id) for s in TaskState.objects.filter(status="in_progress")]
print(json.dumps({
    "home": HomePage.objects.get(**chinese).pk,
    "news": NewsIndexPage.objects.get(**chinese).pk,
    "topics": TopicIndexPage.objects.get(**chinese).pk,
    "routes": RouteIndexPage.objects.get(**chinese).pk,
    "school": school.pk,
    "brand": brand.pk,
    "waiting": waiting[:3],
    "image": Image.objects.filter(collection=school.collection).first().pk,
    "written": [
        *Page.objects.exclude(**chinese).values_list("title", flat=True),
        *Page.objects.values_list("slug", flat=True),
        *User.objects.values_list("username", flat=True),
        *Image.objects.values_list("title", flat=True),
        *Document.objects.values_list("title", flat=True),
    ],
}))
""".replace("SCHOOL", SCHOOL)

# Of these each role has its own.
BEGINNING = ["/admin/", "/admin/pages/{home}/"]
READING = ["/admin/pages/", "/admin/pages/{school}/",
           "/admin/pages/{school}/?q=校", "/admin/account/", "/admin/reports/site-history/",
           "/admin/no-such-page/"]  # fmt: skip
WRITING = ["/admin/images/", "/admin/images/add/", "/admin/documents/",
           "/admin/documents/multiple/add/", "/admin/reports/workflow/",
           "/admin/reports/aging-pages/"]  # fmt: skip
SCREENS = {
    "school_editor": [
        *READING,
        *WRITING,
        "/admin/images/{image}/",
        "/admin/pages/{school}/add_subpage/",
        "/admin/pages/{school}/edit/",
        "/admin/pages/{brand}/edit/",
        "/admin/pages/{brand}/history/",
        "/admin/pages/{brand}/usage/",
        "/admin/pages/{brand}/delete/",
        "/admin/pages/{brand}/copy/",
        "/admin/pages/{brand}/revisions/compare/live...latest/",
    ],
    "school_reviewer": [],
    "section_reviewer": [],
    "final_approver": [],
    "web_editor": [*WRITING, "/admin/pages/{home}/add_subpage/", "/admin/pages/{home}/edit/"],
    "system_administrator": [
        *READING, *WRITING,
        "/admin/users/", "/admin/users/new/", "/admin/groups/", "/admin/groups/new/",
        "/admin/sites/", "/admin/sites/new/", "/admin/collections/", "/admin/collections/add/",
        "/admin/redirects/", "/admin/redirects/add/", "/admin/redirects/import/",
        "/admin/workflows/list/", "/admin/workflows/tasks/index/", "/admin/locales/",
        "/admin/reports/locked/", "/admin/reports/page-types-usage/",
    ],
}  # fmt: skip
FORMS = {
    "brand": ("school_editor", "/admin/pages/add/brands/brandpage/{school}/"),
    "news": ("school_editor", "/admin/pages/add/news/newspage/{school}/"),
    "route": ("school_editor", "/admin/pages/add/redstudy/routepage/{school}/"),
    "project": ("school_editor", "/admin/pages/add/volunteering/volunteerprojectpage/{school}/"),
    "district news": ("web_editor", "/admin/pages/add/news/newspage/{news}/"),
    "base": ("web_editor", "/admin/pages/add/redstudy/studybasepage/{routes}/"),
    "topic": ("web_editor", "/admin/pages/add/topics/topicpage/{topics}/"),
    "standing page": ("web_editor", "/admin/pages/add/home/standardpage/{home}/"),
}


@pytest.fixture(scope="module")
def places(server) -> dict:
    """Keys of a few pages, and every Latin word of the demo's own data (`written`)."""
    said = manage(server.environment, "shell", "--verbosity", "0", "-c", PLACES)
    found = json.loads(said.splitlines()[-1])
    return found | {"written": set(LATIN.findall(" ".join(found["written"])))}


class Reader:
    """Goes through screens and keeps what it finds in Latin letters on each."""

    def __init__(self, visitor, places):
        self.visitor, self.page, self.places = visitor, visitor.page, places
        self.found = {}

    def open(self, address: str) -> None:
        self.page.goto(address.format(**self.places))
        self.look(address)

    def look(self, name: str) -> None:
        self.visitor.settle()
        if words := latin(self.page, self.places["written"]):
            self.found[name] = words

    def complain(self) -> None:
        """Fail with all that was found."""
        assert self.found == {}


@pytest.fixture(scope="module")
def read(visit_for_long, places):
    """`read(role, school)` gives a Reader who is logged in, the same one in each test."""
    visitors = {}

    def make(role: str, school: str = "") -> Reader:
        if role not in visitors:
            visitors[role] = visit_for_long(role, school)
        return Reader(visitors[role], places)

    return make


def school_of(role: str) -> str:
    return SCHOOL if role.startswith("school") else ""


def test_the_login(visit, places):
    reader = Reader(visit(), places)
    reader.open("/admin/login/")
    reader.page.click("button[type=submit]")
    reader.look("login refused")
    reader.open("/admin/password_reset/")
    reader.complain()


@pytest.mark.parametrize("role", SCREENS)
def test_the_screens_of(read, role):
    reader = read(role, school_of(role))
    for address in BEGINNING + SCREENS[role]:
        reader.open(address)
    for page in reader.places["waiting"]:
        reader.open(f"/admin/pages/{page}/edit/")
    open_menus(reader)
    reader.complain()


def open_menus(reader) -> None:
    """Every submenu of the sidebar."""
    reader.page.goto("/admin/")
    for button in reader.page.locator("#wagtail-sidebar button[aria-haspopup]").all():
        button.click()
        reader.look(f"menu {button.inner_text()}")


@pytest.mark.parametrize("form", FORMS)
def test_the_form_of(read, form):
    role, address = FORMS[form]
    reader = read(role, school_of(role))
    reader.open(address)
    add_rows(reader.page)
    add_blocks(reader, kinds=20 if form == "news" else 2)
    reader.look("rows and blocks")
    open_side_panels(reader)
    submit_incomplete(reader)
    reader.complain()


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
        reader.look("menu of blocks")
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
        reader.look(f"side panel {toggle.get_attribute('data-side-panel-toggle')}")
    toggle.click()


def submit_incomplete(reader) -> None:
    """Ask for review of nothing at all: every field says what it lacks."""
    submit(reader.page)
    reader.look("errors")


def test_the_choosers(read):
    reader = read("school_editor", SCHOOL)
    page = reader.page
    reader.open("/admin/pages/add/brands/brandpage/{school}/")
    choose(reader, "[data-contentpath=cover]", upload=True)
    add_rows(page)
    choose(reader, "#inline_child_related-0")
    reader.open("/admin/pages/add/news/newspage/{school}/")
    add_rows(page)
    choose(reader, "#inline_child_attachments-0", upload=True)
    reader.complain()


def choose(reader, place: str, upload: bool = False) -> None:
    """Open the chooser of a field, send its form for uploads empty, and close it."""
    reader.page.locator(place).get_by_role("button", name=re.compile("^选择")).first.click()
    dialog = reader.page.locator(".modal-dialog")
    dialog.get_by_role("heading").first.wait_for()
    reader.look(f"chooser {place}")
    if upload:
        dialog.get_by_role("tab", name="上传").click()
        reader.look(f"upload {place}")
        dialog.get_by_role("button", name="上传", exact=True).click()
        dialog.locator(".error-message").first.wait_for()
        reader.look(f"empty upload {place}")
    dialog.get_by_role("button", name="关闭").first.click()
    dialog.wait_for(state="detached")


def test_the_way_of_an_item(read):
    editor = read("school_editor", SCHOOL)
    address = write_news(editor)
    editor.open(address)
    reviewer = read("school_reviewer", SCHOOL)
    reviewer.open("/admin/")
    reviewer.open(address)
    reviewer.page.locator("footer a[href*='/review/']").click()
    reviewer.look("decision")
    reviewer.page.click("button[name=action][value=reject]")
    reviewer.look("return without words")
    decide(reviewer.visitor, address, "reject", "第二段请写明日期。")
    reviewer.look("returned")
    for screen in ("/admin/", address, address.replace("/edit/", "/history/"),
                   address.replace("/edit/", "/workflow_history/")):  # fmt: skip
        editor.open(screen)
    editor.page.goto(address)
    editor.page.fill("textarea[name=summary], input[name=summary]", "改过的摘要。")
    submit(editor.page)
    editor.look("submitted again")
    editor.open(address.replace("/edit/", "/revisions/compare/earliest...latest/"))
    editor.open(address)
    cancel = editor.page.locator(
        "[name=action-cancel-workflow], [data-workflow-action-name=cancel]"
    )
    editor.page.locator("footer [data-w-dropdown-target=toggle]").click()
    editor.look("menu of a waiting item")
    if cancel.count():
        cancel.first.click()
        editor.look("calling back")
    editor.complain()
    reviewer.complain()


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
    editor.look("menu of submission")
    with page.expect_navigation():
        page.locator("button[name=action-submit]").click()
    editor.look("submitted")
    return page.get_by_role("link", name="路队护送", exact=True).first.get_attribute("href")
