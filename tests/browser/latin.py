"""What a person reads or hears on a screen, and which Latin words are left in it."""

import re

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
  const found = [document.title];
  const attributes = ["title", "aria-label", "placeholder", "alt", "aria-description",
                      "data-w-tooltip-content-value"];
  const skip = "script, style, template, noscript, iframe, textarea, [contenteditable]," +
               "code, kbd, [lang=en]";
  const shown = (element) => element.checkVisibility({visibilityProperty: true});
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest(skip) && !element.matches("textarea, [contenteditable]")) continue;
    if (!shown(element)) continue;
    for (const name of attributes) found.push(element.getAttribute(name) || "");
    if (element.matches("input[type=submit], input[type=button]")) found.push(element.value);
    if (element.closest(skip)) continue;
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
    }
  }
  return found;
}
"""


def latin(page, also=()) -> list[str]:
    """Each text on the screen that holds a Latin word, `also` (data of this screen) apart."""
    known = KNOWN | set(also)
    found = []
    for text in page.evaluate(TEXTS):
        words = LATIN.findall(DATA.sub("", text))
        if any(word not in known for word in words):
            found.append(" ".join(text.split()))
    return sorted(set(found))
