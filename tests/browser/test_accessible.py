"""Every kind of public page, in every display mode, without a violation that axe can find; each
has linked the style sheets of what it shows.

`make check` opens each kind on a phone in Chinese; `make soak` also at 1440 px and in English.
"""

import json

import pytest

from tests.browser.axe import colour_violations, violations
from tests.browser.conftest import Visitor, manage
from tests.helpers.styles import missing_sheets

pytestmark = pytest.mark.browser

# One live page of each public type, in each language, as the site knows its addresses.
KINDS = """
import json
from core.models import BasePage
from wagtail.models import Page
urls = {}
for page in Page.objects.live().exclude(depth=1).specific().order_by("path"):
    if isinstance(page, BasePage):
        name = getattr(page, "notice_until", None) and "Notice" or type(page).__name__
        urls.setdefault(f"{page.locale.language_code} {name}", page.get_url())
print(json.dumps(urls))
"""
ERROR_PAGES = {"zh-hans 404": "/no-such-page/", "en 404": "/en/no-such-page/"}
FILTERED = {
    "zh-hans nothing found": "/brands/?q=没有这样的印章",
    "zh-hans search with results": "/search/?q=运河",
    "zh-hans search without results": "/search/?q=量子计算机",
}
ONLY_IN_SOAK = {
    "zh-hans search": "/search/",
    "zh-hans search with similar results": "/search/?q=党旗应彩虹",
    "en search with results": "/en/search/?q=school",
}
MODES = ["normal", "large", "contrast"]
LARGEST_SIZE = "28"
ADD_VIOLATIONS = """
() => {
  document.querySelector("main").innerHTML += '<img src="/x"> <i style="color: #eee">not seen</i>';
}
"""


@pytest.fixture(scope="module")
def kinds(server) -> dict[str, str]:
    """“language kind” → its address."""
    output = manage(server.environment, "shell", "--verbosity", "0", "-c", KINDS)
    return json.loads(output.splitlines()[-1]) | ERROR_PAGES | FILTERED


def errors_by_kind(reader: Visitor, kinds: dict[str, str], mode: str) -> dict[str, list[str]]:
    """What is wrong with each page in this mode; pages without errors are not named.

    Grey is a filter on the whole page (`tests/test_contrast.py`): it changes colours alone.
    """
    errors = {}
    for kind, url in kinds.items():
        separator = "&" if "?" in url else "?"
        reader.page.goto(f"{url}{separator}mode={mode}&size={LARGEST_SIZE}")
        errors[f"{kind}, {mode}"] = violations(reader.page)
        if reader.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            errors[f"{kind}, {mode}"].append("it can be scrolled sideways")
        if missing := missing_sheets(reader.page.content()):
            errors[f"{kind}, {mode}"].append(f"not linked: {missing}")
        reader.page.evaluate("document.documentElement.dataset.grey = ''")
        errors[f"{kind}, {mode}, grey"] = colour_violations(reader.page)
    return {name: lines for name, lines in errors.items() if lines}


@pytest.mark.parametrize("mode", MODES)
def test_every_kind_of_page_can_be_read_by_everybody(visit, kinds, mode):
    chinese = {kind: url for kind, url in kinds.items() if kind.startswith("zh-hans")}
    assert len(chinese) >= 14
    assert errors_by_kind(visit(width=390), chinese, mode) == {}


@pytest.mark.soak
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("width", [390, 1440])
def test_in_both_languages_and_widths(visit, kinds, mode, width):
    assert any(kind.startswith("en ") for kind in kinds)
    assert errors_by_kind(visit(width=width), kinds | ONLY_IN_SOAK, mode) == {}


def test_the_fault_of_a_page_would_be_found(visit):
    reader = visit(width=390)
    reader.page.goto("/")
    reader.page.evaluate(ADD_VIOLATIONS)
    rules = " ".join(violations(reader.page))
    assert "image-alt" in rules and "color-contrast" in rules
    assert "color-contrast" in " ".join(colour_violations(reader.page))
