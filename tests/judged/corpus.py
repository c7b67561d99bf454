"""The pages of the judged set: the texts of the demo, and pages with names of other districts."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.utils.html import strip_tags

from demo import sources

HERE = Path(__file__).parent
PARTED = re.compile(r"[\s，。、；：！？,;:!?]+")
QUOTES = re.compile(r"[“”‘’\"'《》〈〉「」（）()【】·•]")
# What of a row in the demo's files a reader sees as its text.
TEXTS = [
    "summary",
    "slogan",
    "meaning",
    "mechanism",
    "intro",
    "body",
    "talk",
    "task",
    "stops",
    "address",
    "township",
    "beneficiaries",
    "team",
    "schedule",
    "recognitions",
    "opening",
]


class Judged(NamedTuple):
    """One query and the titles of pages it must find; without any it must find nothing."""

    query: str
    expected: list[str]
    # It is answered by its sound or in spite of a slip: the texts do not hold it.
    indirect: bool


def pages() -> dict[str, str]:
    """Title → text of every page."""
    return dict(_demo()) | dict(json.loads((HERE / "pages.json").read_text(encoding="utf-8")))


def queries() -> list[Judged]:
    """The judged queries: one a line, “query → title | title”, “~>” for the indirect ones."""
    found = []
    for line in (HERE / "queries.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            arrow = "~>" if "~>" in line else "->"
            query, _arrow, titles = line.partition(arrow)
            expected = [title.strip() for title in titles.split("|") if title.strip()]
            found.append(Judged(query.strip(), expected, arrow == "~>"))
    return found


def holding(query: str, pages: dict[str, str]) -> set[str]:
    """The titles of the pages that hold every word of `query`, found by looking at each."""
    words = [word for word in PARTED.split(_plain(query)) if word]
    return {
        title
        for title, text in pages.items()
        if words and all(word in _plain(f"{title} {text}") for word in words)
    }


def _plain(text: str) -> str:
    """Without the marks inside words, everything else as it is read."""
    return QUOTES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _demo() -> Iterator[tuple[str, str]]:
    files = ["schools", "brands", "projects", "topics", "news", "routes"]
    for name in files:
        rows = sources.read("rencheng", name)
        for row in rows if isinstance(rows, list) else [*rows["bases"], *rows["routes"]]:
            yield row["title"], strip_tags(" ".join(_words(row, TEXTS)))


def _words(value, names=None) -> Iterator[str]:
    """The texts in a row of data, of its fields `names` or of all."""
    if isinstance(value, str):
        yield value.replace("</p>", "</p> ")
    elif isinstance(value, list):
        for one in value:
            yield from _words(one)
    elif isinstance(value, dict):
        for name, one in value.items():
            if names is None or name in names:
                yield from _words(one)
