"""Pinyin of titles and names: for addresses and for those who type without characters.

Readings that a general dictionary gets wrong, place names above all, stand in `readings.txt`; a
district adds its own in the file of the setting `PINYIN_READINGS`.
"""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.text import slugify
from pypinyin import lazy_pinyin, load_phrases_dict

from core.text.han import HAN

OWN = Path(__file__).with_name("readings.txt")
# So many letters of a reading are indexed; whoever types more has found it long before.
FULL, INITIALS = 18, 8


def syllables_of(text: str) -> list[str]:
    """The reading of `text`, one syllable for each Han character; what has none stays whole."""
    _load_readings()
    return lazy_pinyin(text)


def pinyin_slug(text: str, limit: int = 60) -> str:
    """An ASCII slug of at most `limit` characters: 东门大街小学 → dong-men-da-jie-xiao-xue.

    Whole syllables only; "page" if nothing readable is left.
    """
    syllables = slugify("-".join(syllables_of(text))).split("-")
    slug = ""
    for syllable in syllables:
        longer = f"{slug}-{syllable}" if slug else syllable
        if len(longer) > limit:
            break
        slug = longer
    return slug or "page"


def soundings(word: str) -> list[str]:
    """How a word may be typed from each of its characters on: in full, and by initials.

    党旗 → dangqi, dq, qi, q. A word without Han characters has none.
    """
    if not HAN.search(word):
        return []
    syllables = ["".join(filter(_is_plain, one)) for one in syllables_of(word)]
    found = []
    for start in range(len(syllables)):
        rest = syllables[start : start + FULL]
        found.append("".join(rest)[:FULL])
        found.append("".join(one if one.isdigit() else one[:1] for one in rest)[:INITIALS])
    return [sound for sound in dict.fromkeys(found) if sound]


def read_readings(path: Path) -> dict[str, list[list[str]]]:
    """The readings of a file: a word and its syllables in each line, “任城 ren cheng”.

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
    for path in (OWN, settings.PINYIN_READINGS):
        if path:
            load_phrases_dict(read_readings(Path(path)))


def _is_plain(character: str) -> bool:
    return character.isascii() and character.isalnum()
