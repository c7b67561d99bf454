"""Folding of characters that search treats as equal: width, case, accents, traditional forms.

Each character of a text becomes a short piece of folded text, so that a position in the folded
text can be mapped back to the original.
"""

import unicodedata
from pathlib import Path

# What punctuation inside a word (“ ”《 》·) becomes, and what separates words.
INNER_MARK, WORD_SEPARATOR = "'", " "
INNER_MARK_CATEGORIES = {"Ps", "Pe", "Pi", "Pf"}
INNER_MARKS = "\"'`·•‧・﹒﹣-‐‑"
# Accents, joiners and directional marks are dropped.
DROPPED_CATEGORIES = {"Mn", "Me", "Cf"}


def fold(text: str) -> str:
    """Return `text` as it is compared: 《三紅工程》 → '三红工程', ＡＢＣ → abc."""
    return text.translate(_TABLE)


def _fold_character(character: str) -> str:
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    return "".join(_fold_component(component) for component in decomposed)


def _fold_component(character: str) -> str:
    category = unicodedata.category(character)
    if category in DROPPED_CATEGORIES:
        return ""
    if category in INNER_MARK_CATEGORIES or character in INNER_MARKS:
        return INNER_MARK
    return _SIMPLIFIED.get(character, character) if category[0] in "LN" else WORD_SEPARATOR


def _read_simplified() -> dict[str, str]:
    lines = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1] for line in lines if not line.startswith("#")}


class _FoldingTable(dict):
    """Code point → folded text, computed once for each character of the basic plane."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if code < 0x10000:  # a client's rare characters must not fill the memory
            self[code] = folded
        return folded


_SIMPLIFIED = _read_simplified()
_TABLE = _FoldingTable()
