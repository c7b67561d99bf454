"""Every kind of public page, in every way of reading, without a fault that axe can find (R-10).
And each has linked the style sheets of what it shows.

`make check` opens each kind on a phone in Chinese; `make soak` also at 1440 px and in English.
"""

import json

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import manage
from tests.helpers.styles import missing_sheets

pytestmark = pytest.mark.browser

# One live page of each public type, in each language, as the site knows its addresses.
KINDS = """
import json
from core.models import BasePage
from wagtail.models import Page
found = {}
for page in Page.objects.live().exclude(depth=1).specific().order_by("path"):
    if isinstance(page, BasePage):
        name = getattr(page, "notice_until", None) and "Notice" or type(page).__name__
        found.setdefault(f"{page.locale.language_code} {name}", page.get_url())
print(json.dumps(found))
"""
FURNITURE = {"zh-hans 404": "/no-such-page/", "en 404": "/en/no-such-page/"}
FILTERED = {
    "zh-hans nothing found": "/brands/?q=没有这样的印章",
    "zh-hans search with results": "/search/?q=运河",
    "zh-hans search without results": "/search/?q=量子计算机",
}
FOR_LONG = {
    "zh-hans search": "/search/",
    "zh-hans search with similar results": "/search/?q=党旗应彩虹",
    "en search with results": "/en/search/?q=school",
}
MODES = ["normal", "large", "contrast"]
LARGEST = "28"
BAD = """
() => {
  document.querySelector("main").innerHTML += '<img src="/x"> <i style="color: #eee">not seen</i>';
}
"""


@pytest.fixture(scope="module")
def kinds(server) -> dict[str, str]:
    """“language kind” → its address."""
    said = manage(server.environment, "shell", "--verbosity", "0", "-c", KINDS)
    return json.loads(said.splitlines()[-1]) | FURNITURE | FILTERED


def faults(reader, kinds: dict[str, str], mode: str) -> dict[str, list[str]]:
    """What axe says of each page in this mode, and in grey as well; pages without faults are not
    named."""
    found = {}
    for kind, address in kinds.items():
        joint = "&" if "?" in address else "?"
        reader.page.goto(f"{address}{joint}mode={mode}&size={LARGEST}")
        found[f"{kind}, {mode}"] = violations(reader.page)
        if reader.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[f"{kind}, {mode}"].append("it can be pushed sideways")
        if forgotten := missing_sheets(reader.page.content()):
            found[f"{kind}, {mode}"].append(f"not linked: {forgotten}")
        reader.page.evaluate("document.documentElement.dataset.grey = ''")
        found[f"{kind}, {mode}, grey"] = violations(reader.page)
    return {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_page_can_be_read_by_everybody(visit, kinds, mode):
    chinese = {kind: url for kind, url in kinds.items() if kind.startswith("zh-hans")}
    assert len(chinese) >= 14
    assert faults(visit(width=390), chinese, mode) == {}


@pytest.mark.soak
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", [390, 1440])
def test_in_both_languages_and_widths(visit, kinds, mode, width):
    assert any(kind.startswith("en ") for kind in kinds)
    assert faults(visit(width=width), kinds | FOR_LONG, mode) == {}


def test_the_fault_of_a_page_would_be_found(visit):
    reader = visit(width=390)
    reader.page.goto("/")
    reader.page.evaluate(BAD)
    found = " ".join(violations(reader.page))
    assert "image-alt" in found and "color-contrast" in found
