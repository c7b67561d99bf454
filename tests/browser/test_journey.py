"""The journey: a school's brand page is written, reviewed at three levels, and read."""

import re

import pytest

pytestmark = pytest.mark.browser

SCHOOL, OTHER = "东门大街小学", "第十三中学"
TITLE = "一盏灯的接力"
SENTENCE = "一盏灯照见一条街，也照见后来的人。"


@pytest.fixture
def picture(tmp_path):
    """A small picture with a camera's traces in it."""
    from PIL import Image

    path = tmp_path / "IMG_20260101.jpg"
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    Image.new("RGB", (800, 500), "#b3202a").save(path, exif=exif)
    return path


def write_brand(editor, picture) -> str:
    """Write a brand page with a picture, submit it; returns the address of its edit screen."""
    page = editor.page
    page.goto(new_page_address(editor, "brands", "brandpage"))
    page.fill("input[name=title]", TITLE)
    page.select_option("select[name=kind]", "branch")
    page.fill("input[name=slogan]", "把灯递给下一个人")
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
    page.wait_for_load_state("networkidle")
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


def decide(visitor, address: str, action: str, comment: str = "") -> None:
    """Open the waiting item as its reviewer and decide on it."""
    page = visitor.page
    page.goto(address)
    page.locator("footer a[href*='/review/']").click()
    page.fill("[name=comment]", comment)
    with page.expect_navigation():
        page.click(f"button[name=action][value={action}]")


def test_three_people_bring_a_brand_page_to_the_public(visit, picture):
    editor = visit("school_editor", SCHOOL)
    edit = write_brand(editor, picture)
    reader = visit()
    assert TITLE not in reader.page.goto("/brands/").text()
    for role, school in (
        ("school_reviewer", SCHOOL),
        ("section_reviewer", ""),
        ("final_approver", ""),
    ):
        decide(visit(role, school), edit, "approve")
    assert TITLE in reader.page.goto("/brands/?kind=branch").text()
    reader.page.click(f"text={TITLE}")
    assert SENTENCE in reader.page.inner_text("main")
    assert reader.page.locator("main img[alt='一盏红色的灯']").count() == 1
