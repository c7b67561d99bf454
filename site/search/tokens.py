"""Words of an index and of a query: pairs of characters for what is written without spaces.

党建品牌 is indexed as 党建 建品 品牌 牌 and asked for as the phrase 党建 建品 品牌, which finds
exactly the texts in which the characters stand beside each other; a single character is asked for
as the beginning of a pair. No dictionary decides what a word is.
"""

import re
import unicodedata
from typing import NamedTuple

from core.text.pinyin import pinyin_spellings
from search.folding import BREAK, QUIET, fold

# Han, kana and what is written among them.
UNSPACED = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# A mark between two such characters does not part them; letters and digits part each other.
RUN = re.compile(rf"[{UNSPACED}](?:{QUIET}*[{UNSPACED}])*|\d+|[^\W\d_{UNSPACED}]+")
HAN = re.compile(rf"[{UNSPACED}]")
SPELT = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
# 2.0 and 1+1+N are one word each.
INSIDE = re.compile(r"(?<=[A-Za-z0-9])[-.,:+/&_@#%=~*]+(?=[A-Za-z0-9])")
# From how many letters on a word is also taken for the beginning of a longer one, or for pinyin.
SPELT_FROM = 3
MOST_WORDS, LONGEST_WORD = 16, 64


class Word(NamedTuple):
    """One word of a query: tokens that follow each other, the last one perhaps only begun."""

    tokens: tuple[str, ...]
    begun: bool = False
    # Its letters, if it may be pinyin; "" otherwise.
    spelt: str = ""


def tokens_of(text: str) -> list[str]:
    """The tokens under which a text is indexed, in its order."""
    return [token for run in RUN.findall(fold(text)) for token in _whole(run)]


def sounds_of(text: str) -> list[str]:
    """The tokens by which a title is found in pinyin, full and by initials, from any character."""
    return [sound for word in fold(text).split(BREAK) for sound in pinyin_spellings(word)]


def words_of(query: str, typing: bool = False) -> list[Word]:
    """The words of a query, at most `MOST_WORDS`; `typing`: the last one may still grow.

    Empty if there is nothing in it to look for.
    """
    parts = _parts(query)
    words = [word for part in parts if (word := _word(part[:LONGEST_WORD]))]
    words = list(dict.fromkeys(words))[:MOST_WORDS]
    if typing and words:
        words[-1] = words[-1]._replace(begun=not _is_pair(words[-1].tokens[-1]))
    return words


def plain_words(query: str) -> list[str]:
    """The words of a query as they are compared, marks left out."""
    parts = (part.replace(QUIET, "")[:LONGEST_WORD] for part in _parts(query))
    return [part for part in dict.fromkeys(parts) if part][:MOST_WORDS]


def _parts(query: str) -> list[str]:
    # A query of ten thousand characters is cut before anything is done with it.
    query = unicodedata.normalize("NFKC", query[: MOST_WORDS * LONGEST_WORD])
    return fold(INSIDE.sub(QUIET, query)).split(BREAK)


def _word(part: str) -> Word | None:
    *before, last = RUN.findall(part) or [""]
    if not last:
        return None
    ending = _joined(last)
    pairs = _pairs(ending) if HAN.match(ending) else [ending]
    tokens = [token for run in before for token in _whole(run)] + (pairs or [ending])
    spelt = part.replace(QUIET, "")
    spelt = spelt if len(spelt) >= SPELT_FROM and SPELT.fullmatch(spelt) else ""
    return Word(tuple(tokens), begun=bool(HAN.match(ending)) and not pairs, spelt=spelt)


def _whole(run: str) -> list[str]:
    """The tokens of a run that ends here: the pairs and, to end them, the last character."""
    run = _joined(run)
    return [*_pairs(run), run[-1]] if HAN.match(run) else [run]


def _joined(run: str) -> str:
    return run.replace(QUIET, "")


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]


def _is_pair(token: str) -> bool:
    return len(token) == 2 and bool(HAN.match(token))
