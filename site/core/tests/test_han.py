"""Lines of Chinese, broken where a reader would break them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.templatetags.yipin import by_phrase
from core.text.han import phrases_of, width_of, wrapped


def test_a_slogan_breaks_between_its_halves():
    assert wrapped("党旗映彩虹 师生共成长", 9, 3) == ["党旗映彩虹", "师生共成长"]


def test_words_of_another_script_stay_whole():
    assert wrapped("Walking along the canal", 6, 9) == ["Walking", "along the", "canal"]


def test_no_line_begins_with_a_closing_mark():
    assert wrapped("召开党建会议，部署工作", 6, 9) == ["召开党建会", "议，部署工作"]


def test_what_is_too_long_says_so():
    assert wrapped("一二三四五六七八九", 4, 2) == ["一二三四", "五六七…"]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_nothing_has_no_lines(text):
    assert wrapped(text, 5, 3) == []


@given(text=st.text(alphabet="一二三，。“”ab ", max_size=60), room=st.integers(3, 12))
def test_every_line_fits_and_nothing_is_lost(text, room):
    lines = wrapped(text, room, 99)
    assert all(width_of(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line.strip() for line in lines)


@pytest.mark.parametrize(
    ("title", "phrases"),
    [
        ("周三夜灯：党员教师作业辅导", ["周三夜灯：", "党员教师作业辅导"]),
        ("他说：“来。”就来了", ["他说：", "“来。”", "就来了"]),
        ("东门大街小学", ["东门大街小学"]),
        ("", []),
    ],
)
def test_a_title_is_cut_behind_its_marks_and_nothing_is_lost(title, phrases):
    assert phrases_of(title) == phrases
    assert "".join(phrases) == title


def test_phrases_of_a_title_are_escaped():
    assert (
        by_phrase("甲，<b>")
        == '<span class="phrase">甲，</span><span class="phrase">&lt;b&gt;</span>'
    )
    assert by_phrase("<b>") == "<b>"
