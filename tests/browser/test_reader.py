"""A reader on a cheap phone, one who has only a keyboard, one whose browser runs no scripts."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844, "device_scale_factor": 2}
KB = 1024
# Bytes that a first visit may load.
MOST_WITHOUT_PICTURES, MOST_WITH_PICTURES, MOST_SCRIPT = 60 * KB, 250 * KB, 10 * KB
MOST_SHIFT = 0.02
SECTIONS = ["/", "/brands/", "/schools/", "/news/", "/routes/", "/volunteering/", "/topics/"]
SEARCH = "/search/?q=运河"
LARGEST = "?mode=large&size=28"

WATCH_SHIFTS = """
window.shift = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
LOADED = """
() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .map((entry) => [new URL(entry.name).pathname, entry.transferSize, entry.encodedBodySize])
"""
FURTHER = """
() => { scrollBy(0, 400); return scrollY + innerHeight + 2 < document.body.scrollHeight; }
"""
# A form that comes back sooner than a person could fill it in is asked for again.
QUICKEST_PERSON_MS = 3500
# What has the focus: its text, whether it can be seen, and whether a ring shows that it has it.
FOCUSED = """
() => {
  const it = document.activeElement;
  if (!it || it === document.body) return null;
  const box = it.getBoundingClientRect();
  const style = getComputedStyle(it);
  const at = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return {
    text: (it.getAttribute("aria-label") || it.innerText || it.name || "").trim(),
    href: it.getAttribute("href") || "",
    name: it.getAttribute("name") || "",
    tag: it.tagName.toLowerCase(),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.top < innerHeight && box.bottom > 0 &&
      (it.contains(at) || at?.contains(it) || it.labels?.length > 0),
  };
}
"""


def weights(visitor: Visitor, address: str) -> dict[str, tuple[int, int]]:
    """Path → bytes that came and bytes of the body, of all that the first window needs."""
    visitor.page.goto(address)
    visitor.settle()
    return {path: (came, body) for path, came, body in visitor.page.evaluate(LOADED)}


def is_picture(path: str) -> bool:
    return bool(re.search(r"\.(avif|webp|jpe?g|png)$", path))


def test_a_first_visit_on_a_phone_is_light(visit):
    heavy = {}
    for address in [*SECTIONS, SEARCH]:
        loaded = weights(visit(**PHONE), address)
        whole = sum(came for came, _body in loaded.values())
        pictures = sum(came for path, (came, _body) in loaded.items() if is_picture(path))
        script = sum(body for path, (_came, body) in loaded.items() if path.endswith(".js"))
        print(f"{address:<16}{whole - pictures:>8}{whole:>8}{script:>6}")
        assert whole > 0, "nothing was measured"
        if (
            whole - pictures > MOST_WITHOUT_PICTURES
            or whole > MOST_WITH_PICTURES
            or script > MOST_SCRIPT
        ):
            heavy[address] = loaded
    assert heavy == {}


def test_nothing_moves_while_a_page_comes_and_is_read(visit):
    shifts = {}
    for address in [*SECTIONS, SEARCH]:
        reader = visit(**PHONE)
        reader.context.add_init_script(WATCH_SHIFTS)
        reader.page.goto(address)
        while reader.page.evaluate(FURTHER):
            reader.settle()
        reader.settle()
        shifts[address] = reader.page.evaluate("window.shift")
    assert {address: shift for address, shift in shifts.items() if shift >= MOST_SHIFT} == {}


class Keys:
    """Somebody who has only the Tab key, Enter and letters."""

    def __init__(self, visitor: Visitor):
        self.page = visitor.page

    def tab_to(self, wanted, most: int = 90) -> dict:
        """Press Tab until `wanted(focused)`; what is passed must be seen and show its focus."""
        for _press in range(most):
            self.page.keyboard.press("Tab")
            focused = self.page.evaluate(FOCUSED)
            if focused is None:
                continue
            assert focused["ring"], f"nothing shows the focus on {focused}"
            assert focused["seen"], f"out of sight: {focused}"
            if wanted(focused):
                return focused
        pytest.fail(f"not reached on {self.page.url}")

    def follow(self, wanted) -> None:
        """Tab to a link and open it."""
        self.tab_to(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def wait_as_long_as_a_person(page: Page) -> None:
    """Wait until the page has been open as long as a person would need, script or no script."""
    page.wait_for_timeout(max(0, QUICKEST_PERSON_MS - page.evaluate("performance.now()")))


def type_size(page) -> int:
    """How large the text is, in pixels."""
    size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    return round(size)


def leads_to(pattern: str):
    return lambda focused: re.fullmatch(pattern, focused["href"])


def is_named(name: str):
    return lambda focused: focused["name"] == name


def test_a_keyboard_is_enough(visit):
    reader = visit()
    keys, page = Keys(reader), reader.page
    page.goto("/")
    first = keys.tab_to(lambda focused: True)
    assert "mode=" in first["href"], "the way of reading comes first"
    keys.follow(leads_to("/brands/"))
    keys.follow(leads_to(r"/schools/.+/.+/"))
    assert page.locator("h1").inner_text()
    keys.tab_to(is_named("q"))
    page.keyboard.type("党旗")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/search/?q=" in page.url
    keys.follow(leads_to(r"/schools/.+/.+/"))
    keys.follow(leads_to(r"/report/\?page=.*"))
    keys.tab_to(is_named("kind"))
    page.keyboard.press("Space")
    keys.tab_to(is_named("words"))
    page.keyboard.type("第二段少一个字。")
    keys.tab_to(lambda focused: focused["tag"] == "button")
    wait_as_long_as_a_person(page)
    page.keyboard.press("Enter")
    page.locator(".report-number").wait_for()


def test_titles_are_suggested_while_somebody_types(visit):
    page = visit(**PHONE).page
    page.goto("/search/")
    page.locator("#id_q").press_sequentially("dangqiying")
    option = page.locator("#search-suggestions option").first
    option.wait_for(state="attached")
    assert option.get_attribute("value") == "党旗映彩虹 师生共成长"


@pytest.mark.parametrize("way", ["", LARGEST])
def test_without_scripts_everything_can_be_read_and_sent(visit, way):
    """Also for somebody who reads large type on an old phone."""
    reader = visit(java_script_enabled=False, width=390)
    page = reader.page
    page.goto(f"/{way}")
    size = type_size(page)
    assert size == (28 if way else 17)
    for address in SECTIONS[1:]:
        page.get_by_role("navigation", name="主导航").locator(f"a[href='{address}']").click()
        assert page.locator("main h1").inner_text()
        assert page.locator("main .card, main li a").count()
    page.locator("nav a[href='/brands/']").first.click()
    page.select_option("select[name=stage]", "primary")
    page.get_by_role("button", name="查看").click()
    assert "stage=primary" in page.url
    page.fill(".mast-search [name=q]", "运河")
    page.press(".mast-search [name=q]", "Enter")
    page.select_option("select[name=type]", "newspage")
    page.get_by_role("button", name="查看").click()
    assert "type=newspage" in page.url
    page.locator("main .hit a[href^='/schools/']").first.click()
    assert page.locator("h1").inner_text()
    page.locator("footer a[href^='/report/?page=']").first.click()
    assert page.input_value("[name=page]").startswith("/schools/")
    page.locator("[name=kind]").first.check()
    page.fill("[name=words]", f"第三段的年份不对。{way}")
    wait_as_long_as_a_person(page)
    page.get_by_role("button", name="提交").click()
    page.locator(".report-number").wait_for()
    assert type_size(page) == size
