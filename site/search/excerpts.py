"""Excerpts: the part of a text around a match, with the matches marked and all of it escaped."""

import re

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from search.folding import INNER_MARK, WORD_SEPARATOR, fold
from search.fuzzy import typo_pattern
from search.tokens import normalized_terms

# In characters.
EXCERPT_LENGTH, CONTEXT_BEFORE = 110, 24
SENTENCE_END = re.compile(r"[。！？；\n]")
NO_MATCH = re.compile(r"(?!)")


def highlight_pattern(query: str, is_similar: bool = False) -> re.Pattern[str]:
    """Return the pattern of what is marked for this query in a folded text.

    With `is_similar` it matches what is one typo away from the terms, too.
    """
    terms = sorted(normalized_terms(query), key=len, reverse=True)
    if is_similar:
        patterns = [typo_pattern(term) for term in terms]
    else:
        # A mark inside a word is no part of it: “三红”工程 matches 三红工程, 2.0 matches 20.
        mark = f"[{INNER_MARK}{WORD_SEPARATOR}]?"
        patterns = [mark.join(map(re.escape, term)) for term in terms]
    return re.compile("|".join(patterns)) if patterns else NO_MATCH


def highlight(text: str, pattern: re.Pattern[str]) -> SafeString:
    """Return `text` with the matches of `pattern` in `<mark>`."""
    return _mark_spans(text, _match_spans(text, pattern))


def excerpt(text: str, pattern: re.Pattern[str]) -> SafeString:
    """Return about `EXCERPT_LENGTH` characters around the first match; "" without one."""
    text = " ".join(text.split())
    spans = _match_spans(text, pattern)
    if not spans:
        return SafeString("")
    start = _excerpt_start(text, spans[0][0])
    end = min(start + EXCERPT_LENGTH, len(text))
    inside = [(first - start, min(last, end) - start) for first, last in spans if first < end]
    marked_text = _mark_spans(text[start:end], [span for span in inside if span[0] >= 0])
    return format_html("{}{}{}", "…" if start else "", marked_text, "…" if end < len(text) else "")


def _excerpt_start(text: str, match_start: int) -> int:
    """Return where to begin: at the sentence, if that is not far."""
    earliest = max(match_start - CONTEXT_BEFORE, 0)
    sentence_starts = [end.end() for end in SENTENCE_END.finditer(text, earliest, match_start)]
    start = sentence_starts[-1] if sentence_starts else earliest if earliest > 3 else 0
    return start + len(text[start:match_start]) - len(text[start:match_start].lstrip())


def _match_spans(text: str, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    """Return the spans of the matches in the original text; the folded one is searched."""
    pieces = [fold(character) for character in text]
    positions = [position for position, piece in enumerate(pieces) for _ in piece]
    matches = pattern.finditer("".join(pieces))
    return [
        (positions[match.start()], positions[match.end() - 1] + 1) for match in matches if match[0]
    ]


def _mark_spans(text: str, spans: list[tuple[int, int]]) -> SafeString:
    starts = [0, *(end for _start, end in spans)]
    pieces = [
        (text[before:start], text[start:end])
        for before, (start, end) in zip(starts, spans, strict=False)
    ]
    return format_html_join("", "{}<mark>{}</mark>", pieces) + escape(text[starts[-1] :])
