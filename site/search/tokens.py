"""Tokens of an index and terms of a query: character bigrams for text written without spaces.

党建品牌 is indexed as 党建 建品 品牌 牌 and searched for as the phrase 党建 建品 品牌, which
matches exactly the texts in which the characters stand beside each other; a single character is
searched for as the prefix of a bigram. No dictionary decides what a word is.
"""

import re
import unicodedata
from typing import NamedTuple

from core.text.pinyin import pinyin_spellings
from search.folding import INNER_MARK, WORD_SEPARATOR, fold

# Han, kana and the characters written among them.
CJK = "\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Characters that are tokenized together: a mark between two CJK characters does not separate
# them; letters and digits separate each other.
RUN = re.compile(rf"[{CJK}](?:{INNER_MARK}*[{CJK}])*|\d+|[^\W\d_{CJK}]+")
CJK_CHARACTER = re.compile(rf"[{CJK}]")
LATIN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
# 2.0 and 1+1+N are one term each.
INNER_PUNCTUATION = re.compile(r"(?<=[A-Za-z0-9])[-.,:+/&_@#%=~*]+(?=[A-Za-z0-9])")
# The length from which a Latin term also matches as a prefix or as pinyin.
MIN_LATIN_LENGTH = 3
MAX_TERMS, MAX_TERM_LENGTH = 16, 64


class QueryTerm(NamedTuple):
    """A term of a query: tokens that follow each other, the last of them perhaps a prefix."""

    tokens: tuple[str, ...]
    is_prefix: bool = False
    # Its letters if it may be pinyin, else "".
    latin: str = ""


def tokenize(text: str) -> list[str]:
    """Return the tokens under which `text` is indexed, in its order."""
    return [token for run in RUN.findall(fold(text)) for token in _run_tokens(run)]


def pinyin_tokens(text: str) -> list[str]:
    """Return the tokens of a title in pinyin, full and as initials, from each character on."""
    return [sound for word in fold(text).split(WORD_SEPARATOR) for sound in pinyin_spellings(word)]


def parse_query(query: str, autocomplete: bool = False) -> list[QueryTerm]:
    """Return the terms of a query, at most `MAX_TERMS`; none if it holds nothing to search for.

    With `autocomplete` the last term may be a prefix of what is meant.
    """
    parsed = (_parse_term(word[:MAX_TERM_LENGTH]) for word in _split_query(query))
    terms = list(dict.fromkeys(term for term in parsed if term))[:MAX_TERMS]
    if autocomplete and terms:
        terms[-1] = terms[-1]._replace(is_prefix=not _is_bigram(terms[-1].tokens[-1]))
    return terms


def normalized_terms(query: str) -> list[str]:
    """Return the terms of a query as they are compared, without marks."""
    terms = (word.replace(INNER_MARK, "")[:MAX_TERM_LENGTH] for word in _split_query(query))
    return [term for term in dict.fromkeys(terms) if term][:MAX_TERMS]


def _split_query(query: str) -> list[str]:
    # A query of ten thousand characters is cut before anything is done with it.
    query = unicodedata.normalize("NFKC", query[: MAX_TERMS * MAX_TERM_LENGTH])
    return fold(INNER_PUNCTUATION.sub(INNER_MARK, query)).split(WORD_SEPARATOR)


def _parse_term(word: str) -> QueryTerm | None:
    *before, last = RUN.findall(word) or [""]
    if not last:
        return None
    ending = _without_marks(last)
    is_cjk = bool(CJK_CHARACTER.match(ending))
    bigrams = _bigrams(ending) if is_cjk else [ending]
    tokens = [token for run in before for token in _run_tokens(run)] + (bigrams or [ending])
    latin = _without_marks(word)
    is_latin = len(latin) >= MIN_LATIN_LENGTH and LATIN.fullmatch(latin)
    return QueryTerm(
        tuple(tokens), is_prefix=is_cjk and not bigrams, latin=latin if is_latin else ""
    )


def _run_tokens(run: str) -> list[str]:
    """Return the tokens of a whole run: its bigrams and, to end them, its last character."""
    run = _without_marks(run)
    return [*_bigrams(run), run[-1]] if CJK_CHARACTER.match(run) else [run]


def _without_marks(run: str) -> str:
    return run.replace(INNER_MARK, "")


def _bigrams(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)]


def _is_bigram(token: str) -> bool:
    return len(token) == 2 and bool(CJK_CHARACTER.match(token))
