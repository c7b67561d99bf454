"""axe on a page that is open: WCAG 2.2 A and AA. The library lies in vendor/ (MPL 2.0)."""

from pathlib import Path

from playwright.sync_api import Page

AXE = next(Path(__file__).parent.glob("vendor/axe-*.min.js"))
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The only rules to which the colours of a page matter.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
RUN = """
runOnly => axe.run(document, {runOnly, resultTypes: ["violations"]})
  .then(({violations}) => violations.map(
    ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({target}) => target.join(" ")).join(" | ")}`))
"""


def violations(page: Page) -> list[str]:
    """What axe finds on the page: one line for each rule, with the first places."""
    return _run(page, {"type": "tag", "values": TAGS})


def colour_violations(page: Page) -> list[str]:
    """What the rules about colours find on the page."""
    return _run(page, {"type": "rule", "values": COLOUR_RULES})


def _run(page: Page, run_only: dict) -> list[str]:
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    return page.evaluate(RUN, run_only)
