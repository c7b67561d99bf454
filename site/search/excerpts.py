"""Excerpts: the place in a text that was found, what was found in it marked, all of it escaped."""

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from search.folding import BREAK, QUIET, fold
from search.fuzzy import slips
from search.tokens import plain_words

LENGTH, BEFORE = 110, 24
SENTENCE = re.compile(r"[。！？；\n]")
NEVER = re.compile(r"(?!)")


def pattern_of(query: str, near: bool = False) -> re.Pattern:
    """What is marked for this query; `near`: what is one slip away from its words, too."""
    words = sorted(plain_words(query), key=len, reverse=True)
    if near:
        found = [slips(word) for word in words]
    else:
        # A mark inside a word is no part of it: “三红”工程 is found as 三红工程, 2.0 as 20.
        found = [f"[{QUIET}{BREAK}]?".join(map(re.escape, word)) for word in words]
    return re.compile("|".join(found)) if found else NEVER


def marked(text: str, pattern: re.Pattern) -> SafeString:
    """`text` with what was found in `<mark>`."""
    return _marked(text, _spans(text, pattern))


def excerpt(text: str, pattern: re.Pattern) -> SafeString:
    """About `LENGTH` characters around the first place found; empty if nothing was."""
    text = " ".join(text.split())
    spans = _spans(text, pattern)
    if not spans:
        return SafeString("")
    start = _start(text, spans[0][0])
    end = min(start + LENGTH, len(text))
    inside = [(first - start, min(last, end) - start) for first, last in spans if first < end]
    words = _marked(text[start:end], [span for span in inside if span[0] >= 0])
    return format_html("{}{}{}", "…" if start else "", words, "…" if end < len(text) else "")


def _start(text: str, found: int) -> int:
    """Where to begin: with the sentence, if it is not long."""
    earliest = max(found - BEFORE, 0)
    sentence = [mark.end() for mark in SENTENCE.finditer(text, earliest, found)]
    start = sentence[-1] if sentence else earliest if earliest > 3 else 0
    return start + len(text[start:found]) - len(text[start:found].lstrip())


def _spans(text: str, pattern: re.Pattern) -> list[tuple[int, int]]:
    """The places of the pattern in the original text: it is sought in the folded one."""
    pieces = [fold(character) for character in text]
    places = [place for place, piece in enumerate(pieces) for _ in piece]
    found = pattern.finditer("".join(pieces))
    return [(places[one.start()], places[one.end() - 1] + 1) for one in found if one[0]]


def _marked(text: str, spans: list[tuple[int, int]]) -> SafeString:
    starts = [0, *(end for _start, end in spans)]
    pieces = [
        (text[before:start], text[start:end])
        for before, (start, end) in zip(starts, spans, strict=False)
    ]
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[starts[-1] :])
