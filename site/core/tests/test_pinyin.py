"""Pinyin: slugs, and readings that a district can correct."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import pinyin

SLUG = re.compile(r"[a-z0-9]([a-z0-9_-]*[a-z0-9])?")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("东门大街小学", "dong-men-da-jie-xiao-xue"),
        ("重庆银行长乐路", "chong-qing-yin-hang-chang-le-lu"),
        ("单县乐陵朝阳小学", "shan-xian-lao-ling-chao-yang-xiao-xue"),
        ("37度 & WPS", "37-du-wps"),
        ("！！！", "page"),
        ("", "page"),
        ("☺\ud800", "page"),
    ],
)
def test_a_slug_is_the_pinyin_of_the_title(title, slug):
    assert pinyin.pinyin_slug(title) == slug


@given(st.text(max_size=300))
def test_every_title_gives_a_valid_short_slug(title):
    slug = pinyin.pinyin_slug(title)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= 60


def test_a_line_with_too_few_syllables_is_named(tmp_path):
    file = tmp_path / "readings.txt"
    file.write_text("# ours\n任城 ren cheng # a county once\n\n单县 shan\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 4: 单县 needs 2"):
        pinyin.parse_readings(file)


def test_the_district_adds_its_own_readings(tmp_path, settings):
    file = tmp_path / "readings.txt"
    file.write_text("盖家沟 ge jia gou\n", encoding="utf-8")
    settings.PINYIN_READINGS = str(file)
    pinyin._load_readings.cache_clear()
    assert pinyin.pinyin_slug("盖家沟小学") == "ge-jia-gou-xiao-xue"
