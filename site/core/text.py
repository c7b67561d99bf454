"""Small text functions for Chinese titles."""

import re

from django.utils.text import slugify
from pypinyin import lazy_pinyin

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def is_han(text: str) -> bool:
    """Whether `text` consists of Han characters alone."""
    return bool(text) and all(HAN.match(character) for character in text)


def pinyin_slug(text: str, limit: int = 60) -> str:
    """An ASCII slug of at most `limit` characters: 东门大街小学 → dong-men-da-jie-xiao-xue.

    Whole syllables only; "page" if nothing readable is left.
    """
    syllables = slugify("-".join(lazy_pinyin(text))).split("-")
    slug = ""
    for syllable in syllables:
        longer = f"{slug}-{syllable}" if slug else syllable
        if len(longer) > limit:
            break
        slug = longer
    return slug or "page"
