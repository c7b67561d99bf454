"""The pages of the judged set: the texts of the demo, and pages with names of other districts."""

import json
import re
import unicodedata
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.html import strip_tags

from demo import sources

HERE = Path(__file__).parent
SEPARATORS = re.compile(r"[\s，。、；：！？,;:!?]+")
QUOTES = re.compile(r"[“”‘’\"'《》〈〉「」（）()【】·•]")
# What of a row in the demo's files a reader sees as its text.
TEXT_FIELDS = [
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


class JudgedQuery(NamedTuple):
    """One query and the titles of pages it must find; without any it must find nothing."""

    query: str
    expected: list[str]
    # It is answered by its sound or in spite of a typing error: no text contains it.
    indirect: bool


def corpus_texts() -> dict[str, str]:
    """Title → text of every page."""
    return dict(_demo()) | dict(json.loads((HERE / "pages.json").read_text(encoding="utf-8")))


def judged_queries() -> list[JudgedQuery]:
    """The judged queries: one a line, “query → title | title”, “~>” for the indirect ones."""
    judged = []
    for line in (HERE / "queries.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            arrow = "~>" if "~>" in line else "->"
            query, _arrow, titles = line.partition(arrow)
            expected = [title.strip() for title in titles.split("|") if title.strip()]
            judged.append(JudgedQuery(query.strip(), expected, arrow == "~>"))
    return judged


def titles_containing(query: str, texts: dict[str, str]) -> set[str]:
    """The titles of the pages that contain every term of `query`, found by reading each."""
    terms = [term for term in SEPARATORS.split(_plain(query)) if term]
    return {
        title
        for title, text in texts.items()
        if terms and all(term in _plain(f"{title} {text}") for term in terms)
    }


def _plain(text: str) -> str:
    """Without the marks inside words, everything else as it is read."""
    return QUOTES.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _demo() -> Iterator[tuple[str, str]]:
    files = ["schools", "brands", "projects", "topics", "news", "routes"]
    for name in files:
        rows = sources.read("rencheng", name)
        for row in rows if isinstance(rows, list) else [*rows["bases"], *rows["routes"]]:
            yield row["title"], strip_tags(" ".join(_texts_in(row, TEXT_FIELDS)))


def _texts_in(value: Any, names: Container[str] | None = None) -> Iterator[str]:
    """The texts in a row of data, of its fields `names` or of all."""
    if isinstance(value, str):
        yield value.replace("</p>", "</p> ")
    elif isinstance(value, list):
        for item in value:
            yield from _texts_in(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if names is None or name in names:
                yield from _texts_in(item)
