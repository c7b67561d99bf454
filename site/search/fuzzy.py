"""When nothing matches: pages that hold a word one slip of the finger away.

Of letters there are few, so every slip is asked of the index. A word in characters with one wrong,
missing or added still has its beginning and its end right: those are asked of the index, and each
text that it finds is then read closely.
"""

import re
from string import ascii_lowercase

from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.query import And, Or, Phrase

from search.expressions import Words
from search.finding import COLUMNS, Found, matching, public
from search.folding import BREAK, QUIET, fold
from search.tokens import SPELT, Word, plain_words

SHORTEST, LONGEST, LONGEST_SPELT, MOST_CANDIDATES = 4, 24, 18, 200
# Who types more words than this has no slip of the finger: reading closely takes its time.
MOST_WORDS = 5


def find_similar(query: str, home: Page) -> Found:
    """The pages that hold every word of `query`, each with one slip at the most."""
    words = [word[:LONGEST] for word in plain_words(query)]
    if len(words) > MOST_WORDS or not any(len(word) >= SHORTEST for word in words):
        return Found([])
    candidates = matching(And([_asked(word) for word in words]), public(home))
    rows = candidates.order_by("-_score", "-published_at", "-pk")
    with get_search_backend().planned():
        rows = list(rows.values_list(*COLUMNS, "page__title", "written__text")[:MOST_CANDIDATES])
    patterns = [re.compile(slips(word)) for word in words if not SPELT.fullmatch(word)]
    held = [row for row in rows if _holds(patterns, *row[-2:])]
    held.sort(key=lambda row: not _holds(patterns, row[-2], ""))
    return Found([row[: len(COLUMNS)] for row in held])


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
    return "|".join(dict.fromkeys(found))


def spelt_slips(word: str) -> list[str]:
    """The words in letters that somebody may have meant, each with one slip the less."""
    found = [word]
    for place in range(len(word) + 1):
        before, after, rest = word[:place], word[place:], word[place + 1 :]
        found += [before + letter + after for letter in ascii_lowercase]
        found += [before + letter + rest for letter in ascii_lowercase if after]
        if after and len(word) > SHORTEST:
            found.append(before + rest)
    return list(dict.fromkeys(found))


def _asked(word: str):
    """What the index is asked for instead of a word: it must find every slip of it."""
    if len(word) < SHORTEST:
        return Phrase(word)
    if SPELT.fullmatch(word):
        return Words([Word((slip,), begun=True) for slip in spelt_slips(word[:LONGEST_SPELT])])
    return Or([_around(word[:place], word[place + 1 :]) for place in range(len(word))])


def _around(before: str, after: str):
    return And([Phrase(part) for part in (before, after) if part])


def _holds(patterns: list[re.Pattern], title: str, text: str) -> bool:
    """Whether a page holds all the words that are written in characters."""
    written = fold(f"{title} {text}").replace(QUIET, "")
    # Between characters a comma or a space is no difference.
    readings = (written.replace(BREAK, ""), written)
    return all(any(pattern.search(one) for one in readings) for pattern in patterns)
