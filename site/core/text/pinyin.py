"""Pinyin of titles and names: for slugs, and for searches typed without characters.

`readings.txt` holds the readings that a general dictionary gets wrong, place names above all; a
district adds its own in the file of the setting `PINYIN_READINGS`.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify
from pypinyin import lazy_pinyin, load_phrases_dict

from core.text.han import HAN

OWN_READINGS = Path(__file__).with_name("readings.txt")
# How many letters of a spelling are indexed; a longer query is unique before.
MAX_FULL_LENGTH, MAX_INITIALS_LENGTH = 18, 8


def pinyin_syllables(text: str) -> list[str]:
    """Return one syllable for each Han character of `text`; other text stays whole."""
    _load_readings()
    return lazy_pinyin(text)


def pinyin_slug(text: str, limit: int = 60) -> str:
    """Return an ASCII slug of at most `limit` characters: 东门大街小学 → dong-men-da-jie-xiao-xue.

    Whole syllables only; "page" if nothing readable is left.
    """
    slug = ""
    for syllable in slugify("-".join(pinyin_syllables(text))).split("-"):
        longer = f"{slug}-{syllable}" if slug else syllable
        if len(longer) > limit:
            break
        slug = longer
    return slug or "page"


def pinyin_spellings(word: str) -> list[str]:
    """Return how a word may be typed from each of its characters on: in full, and by initials.

    党旗 → dangqi, dq, qi, q. A word without Han characters has none.
    """
    if not HAN.search(word):
        return []
    syllables = ["".join(filter(_is_plain, syllable)) for syllable in pinyin_syllables(word)]
    spellings = []
    for start in range(len(syllables)):
        rest = syllables[start : start + MAX_FULL_LENGTH]
        initials = (each if each.isdigit() else each[:1] for each in rest)
        spellings.append("".join(rest)[:MAX_FULL_LENGTH])
        spellings.append("".join(initials)[:MAX_INITIALS_LENGTH])
    return [spelling for spelling in dict.fromkeys(spellings) if spelling]


def parse_readings(path: Path) -> dict[str, list[list[str]]]:
    """Return the readings of a file: a word and its syllables in each line, “任城 ren cheng”.

    Raises:
        ValueError: a line has not as many syllables as its word has characters.
    """
    readings = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        word, *syllables = line.split("#")[0].split() or [""]
        if len(word) != len(syllables):
            raise ValueError(f"{path}, line {number}: {word} needs {len(word)} syllables")
        if word:
            readings[word] = [[syllable] for syllable in syllables]
    return readings


@cache
def _load_readings() -> None:
    for path in (OWN_READINGS, settings.PINYIN_READINGS):
        if path:
            load_phrases_dict(parse_readings(Path(path)))


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()
