"""The journey: a school's brand page is written, reviewed at three levels, and read."""

import re

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

SCHOOL, OTHER = "东门大街小学", "第十三中学"
TITLE, SLOGAN = "一盏灯的接力", "把灯递给下一个人"
WALL = "/brands/?kind=branch"
SENTENCE = "一盏灯照见一条街，也照见后来的人。"


@pytest.fixture
def picture(tmp_path, request):
    """A small picture with a camera's traces in it, another one for each test."""

    path = tmp_path / "IMG_20260101.jpg"
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    shade = len(request.node.name)
    Image.new("RGB", (800, 500), (179, 32, shade)).save(path, exif=exif)
    return path


def write_brand(editor, picture) -> str:
    """Write a brand page with a picture, submit it; returns the address of its edit screen."""
    page = editor.page
    page.goto(new_page_address(editor, "brands", "brandpage"))
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=kind]", "branch")
    page.fill("input[name=slogan]", SLOGAN)
    page.fill("input[name=seal_characters]", "灯火")
    choose_new_picture(page, picture)
    text = page.locator("[data-contentpath=meaning] [contenteditable=true]")
    text.click()
    text.press_sequentially(SENTENCE)
    # The editor hands its text to the form a moment after the last key.
    saved = "name => document.getElementsByName(name)[0].value.includes('后来的人')"
    page.wait_for_function(saved, arg="meaning")
    submit(page)
    link = page.get_by_role("link", name=TITLE, exact=True).first
    return link.get_attribute("href")


def new_page_address(editor, app: str, model: str) -> str:
    """The address of the form for a new page below the editor's school, found by clicking."""
    page = editor.page
    page.goto("/admin/pages/")
    editor.settle()
    add = page.locator("a[href*='/add_subpage/']").first
    parent = re.search(r"/pages/(\d+)/add_subpage/", add.get_attribute("href")).group(1)
    return f"/admin/pages/add/{app}/{model}/{parent}/"


def choose_new_picture(page, picture) -> None:
    """Upload a picture in the chooser and say what it shows."""
    page.locator("[data-contentpath=cover]").get_by_role("button", name="选择图片").click()
    dialog = page.locator(".modal-dialog")
    dialog.get_by_role("tab", name="上传").click()
    dialog.locator("[name=image-chooser-upload-file]").set_input_files(str(picture))
    dialog.locator("[name=image-chooser-upload-title]").fill("红色的灯")
    dialog.locator("[name=image-chooser-upload-description]").fill("一盏红色的灯")
    dialog.get_by_role("button", name="上传", exact=True).click()
    dialog.wait_for(state="detached")


def submit(page) -> None:
    """Open the action menu and submit for review."""
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    with page.expect_navigation():
        page.locator("button[name=action-submit]").click()


# Pixels.
LINE = 30


def decide(visitor, address: str, action: str, comment: str = "") -> None:
    """Open the waiting item as its reviewer and decide on it."""
    page = visitor.page
    page.goto(address)
    page.locator("footer a[href*='/review/']").click()
    page.fill("[name=comment]", comment)
    icons = [icon.bounding_box() for icon in page.locator(".decide-more svg").all()]
    assert icons and all(box["height"] < LINE for box in icons), "an icon is as high as its words"
    if action == "approve":
        for tick in page.locator("[name=ticks]").all():
            tick.check()
        if page.locator("[name=secrecy]").count():
            page.check("[name=secrecy][value=open]")
    with page.expect_navigation():
        page.click(f"button[name=action][value={action}]")


def reviewers(visit):
    """The three who decide, in their order."""
    return [
        visit("school_reviewer", SCHOOL),
        visit("section_reviewer"),
        visit("final_approver"),
    ]


def post(visitor, address: str, **fields):
    """Send a form as the visitor's own browser would, without any button for it."""
    token = next(c["value"] for c in visitor.context.cookies() if c["name"] == "csrftoken")
    return visitor.context.request.post(
        address,
        form=fields | {"csrfmiddlewaretoken": token},
        headers={"referer": visitor.server.address + address},
        max_redirects=0,
    )


def public_text(visit, path: str) -> str:
    """What the anonymous reader sees at `path`."""
    reader = visit()
    reader.page.goto(path)
    return reader.page.inner_text("main")


def test_three_people_bring_a_brand_page_to_the_public(visit, picture):
    editor = visit("school_editor", SCHOOL)
    edit = write_brand(editor, picture)
    assert SLOGAN not in public_text(visit, WALL)

    post(editor, edit, **{"action-publish": "1"})
    post(editor, edit.replace("/edit/", "/unpublish/"))
    assert SLOGAN not in public_text(visit, WALL)

    stranger = visit("school_editor", OTHER)
    stranger.page.goto(edit)
    assert TITLE not in stranger.page.content()

    first, second, third = reviewers(visit)
    decide(first, edit, "approve")
    first.page.goto(edit)
    assert first.page.locator("footer a[href*='/review/']").count() == 0
    decide(second, edit, "approve")
    assert SLOGAN not in public_text(visit, WALL)
    decide(third, edit, "approve")

    reader = visit(width=390)
    reader.page.goto(WALL)
    assert SLOGAN in reader.page.inner_text("main")
    reader.page.get_by_role("link", name=SLOGAN).click()
    assert SENTENCE in reader.page.inner_text("main")
    assert reader.page.locator("main img[alt='一盏红色的灯']").count() == 1
    assert editor.outside == first.outside == reader.outside == []


def test_a_returned_page_comes_back_with_words_and_starts_again(visit, picture):
    editor = visit("school_editor", SCHOOL)
    edit = write_brand(editor, picture)
    first, second, third = reviewers(visit)
    decide(first, edit, "approve")
    comment = "第一段请写明是哪一条街。"
    decide(second, edit, "reject", comment)

    editor.page.goto("/admin/")
    assert comment in editor.page.inner_text("main")
    editor.page.goto(edit)
    assert comment in editor.page.inner_text("main")
    editor.page.fill("input[name=slogan]", "东门街上的灯")
    submit(editor.page)

    for early in (second, third):
        early.page.goto(edit)
        assert early.page.locator("footer a[href*='/review/']").count() == 0
    for person in (first, second, third):
        decide(person, edit, "approve")
    assert "东门街上的灯" in public_text(visit, WALL)
