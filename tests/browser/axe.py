"""axe on a page that is open: WCAG 2.2 A and AA. The library lies in vendor/ (MPL 2.0)."""

from pathlib import Path

AXE = next(Path(__file__).parent.glob("vendor/axe-*.min.js"))
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """
rules => axe.run(document, {runOnly: {type: "tag", values: rules}, resultTypes: ["violations"]})
  .then(({violations}) => violations.map(
    ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map(({target}) => target.join(" ")).join(" | ")}`))
"""


def violations(page, rules: list[str] = RULES) -> list[str]:
    """What axe finds on the page, one line for each rule with the first places."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text())
    return page.evaluate(RUN, rules)
