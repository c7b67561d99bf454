"""What a person reads or hears on a screen, and which Latin words are left in it."""

import re
from collections.abc import Iterable

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

# Words that Chinese people write in Latin letters: kinds of files, sizes, keys, network names.
KNOWN = {
    *("JPG", "JPEG", "PNG", "WEBP", "PDF", "DOCX", "XLSX", "PPTX", "TXT", "CSV", "TSV", "ZIP"),
    *("MP4", "KB", "MB", "Ctrl", "Shift", "Alt", "Enter", "Esc", "Tab"),
    *("URL", "Cookie", "ICP", "localhost"),
}
LATIN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9’'-]+")
# Addresses, file names and mail addresses are data, not language.
DATA = re.compile(
    r"https?://\S+|[\w.-]+@[\w.-]+|[\w-]+\.(?:jpg|jpeg|png|webp|pdf|docx|txt|mp4)\b", re.I
)

TEXTS = """
() => {
  const texts = [document.title];
  const attributes = ["title", "aria-label", "placeholder", "alt", "aria-description",
                      "data-w-tooltip-content-value"];
  const skip = "script, style, template, noscript, iframe, textarea, [contenteditable]," +
               "code, kbd, [lang=en]";
  const shown = (element) => element.checkVisibility({visibilityProperty: true});
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest(skip) && !element.matches("textarea, [contenteditable]")) continue;
    if (!shown(element)) continue;
    for (const name of attributes) texts.push(element.getAttribute(name) || "");
    if (element.matches("input[type=submit], input[type=button]")) texts.push(element.value);
    if (element.closest(skip)) continue;
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
    }
  }
  return texts;
}
"""


def latin_texts(page: Page, also: Iterable[str] = ()) -> list[str]:
    """Each text on the screen that contains a Latin word, `also` (data of this screen) apart."""
    known = KNOWN | set(also)
    texts = {
        " ".join(text.split())
        for text in page.evaluate(TEXTS)
        if set(LATIN.findall(DATA.sub("", text))) - known
    }
    return sorted(texts)


class LatinReader:
    """Goes through screens and collects the texts in Latin letters on each."""

    def __init__(self, visitor: Visitor, places: dict):
        self.visitor, self.page, self.places = visitor, visitor.page, places
        self.latin_texts: dict[str, list[str]] = {}

    def open(self, url: str) -> None:
        """Go to a screen and read it."""
        self.page.goto(url.format(**self.places))
        self.read(url)

    def read(self, name: str) -> None:
        """Read what is on the screen now."""
        self.visitor.settle()
        if texts := latin_texts(self.page, self.places["written"]):
            self.latin_texts[name] = texts

    def assert_no_latin(self) -> None:
        """Fail with all that was collected."""
        assert self.latin_texts == {}
