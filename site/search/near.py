"""When nothing matches: pages that hold a word one slip of the finger away.

A word with one wrong, missing or added character still has its beginning and its end right. Those
are asked of the index, and each text that it finds is then read closely.
"""

import re

from wagtail.models import Page
from wagtail.search.query import And, Or, Phrase

from search.finding import COLUMNS, Found, matching, public
from search.folding import BREAK, QUIET, fold
from search.tokens import SPELT, plain_words, sounds_of

SHORTEST, LONGEST, MOST_CANDIDATES = 4, 24, 200
# A beginning in letters says something from here on.
LETTERS = 3


def find_near(query: str, home: Page) -> Found:
    """The pages that hold every word of `query`, each with one slip at the most."""
    words = [word[:LONGEST] for word in plain_words(query)]
    if not any(len(word) >= SHORTEST for word in words):
        return Found([])
    candidates = matching(And([_asked(word) for word in words]), public(home))
    rows = candidates.order_by("-_score", "-published_at", "-pk")
    rows = list(rows.values_list(*COLUMNS, "page__title", "written__text")[:MOST_CANDIDATES])
    patterns = [re.compile(slips(word)) for word in words]
    in_title = [row for row in rows if _holds(patterns, row[-2], "")]
    in_text = [row for row in rows if row not in in_title and _holds(patterns, *row[-2:])]
    return Found([row[: len(COLUMNS)] for row in in_title + in_text])


def slips(word: str) -> str:
    """The regular expression of a word with at most one character wrong, missing or too many."""
    exact = re.escape(word)
    if len(word) < SHORTEST:
        return exact
    found = [exact]
    for place in range(len(word)):
        before, rest, after = word[:place], word[place:], word[place + 1 :]
        between = "." if place > 0 else ""
        found += [f"{re.escape(before)}.{re.escape(after)}", re.escape(before + after)]
        found += [f"{re.escape(before)}{between}{re.escape(rest)}"]
    start = "(?:^|(?<= ))" if SPELT.fullmatch(word) else ""
    return f"{start}(?:{'|'.join(dict.fromkeys(found))})"


def _asked(word: str):
    """What the index is asked for instead of a word: it must find every slip of it."""
    if len(word) < SHORTEST:
        return Phrase(word)
    if SPELT.fullmatch(word):
        ends = [word[:end] for end in range(LETTERS, len(word))]
        ends += [word[start:] for start in range(1, len(word) - LETTERS + 1)]
        return Or([Phrase(end) for end in ends])
    return Or([_around(word[:place], word[place + 1 :]) for place in range(len(word))])


def _around(before: str, after: str):
    return And([Phrase(part) for part in (before, after) if part])


def _holds(patterns: list[re.Pattern], title: str, text: str) -> bool:
    """Whether a page holds all the words, in characters or, its title, in pinyin."""
    written = fold(f"{title} {text}").replace(QUIET, "")
    spelt = " ".join(sounds_of(title))
    # Between characters a comma or a space is no difference.
    readings = (written.replace(BREAK, ""), written, spelt)
    return all(any(pattern.search(one) for one in readings) for pattern in patterns)
