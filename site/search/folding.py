"""What search takes for the same character: width, case, accents, traditional and simplified.

One character of the text becomes a short piece of folded text, so that a place in the folded
text can be found again in the original.
"""

import unicodedata
from pathlib import Path

# What stands for a mark inside a word (“ ”《 》·) and for the end of a word.
QUIET, BREAK = "'", " "
QUIET_CATEGORIES = {"Ps", "Pe", "Pi", "Pf"}
QUIET_MARKS = "\"'`·•‧・﹒﹣-‐‑"
# Marks that are neither seen nor heard: accents, joiners, signs of direction.
SILENT_CATEGORIES = {"Mn", "Me", "Cf"}


def fold(text: str) -> str:
    """`text` as it is compared: 《三紅工程》 → '三红工程', ＡＢＣ → abc."""
    return text.translate(_TABLE)


def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character).casefold()
    return "".join(_piece(one) for one in plain)


def _piece(character: str) -> str:
    category = unicodedata.category(character)
    if category in SILENT_CATEGORIES:
        return ""
    if category in QUIET_CATEGORIES or character in QUIET_MARKS:
        return QUIET
    return _SIMPLIFIED.get(character, character) if category[0] in "LN" else BREAK


def _read_table() -> dict[str, str]:
    lines = Path(__file__).with_name("traditional.txt").read_text(encoding="utf-8").splitlines()
    return {line[0]: line[1] for line in lines if not line.startswith("#")}


class _Folds(dict):
    """Code point → folded text, found once for each character of the common plane."""

    def __missing__(self, code: int) -> str:
        folded = _folded(chr(code))
        if code < 0x10000:  # a stranger's rare characters must not fill the memory
            self[code] = folded
        return folded


_SIMPLIFIED = _read_table()
_TABLE = _Folds()
