"""Chinese text: line breaks and phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.templatetags.yipin import phrase_spans
from core.text.han import split_phrases, text_width, wrap_text


def test_a_slogan_breaks_between_its_halves():
    assert wrap_text("党旗映彩虹 师生共成长", 9, 3) == ["党旗映彩虹", "师生共成长"]


def test_words_of_another_script_stay_whole():
    assert wrap_text("Walking along the canal", 6, 9) == ["Walking", "along the", "canal"]


def test_no_line_begins_with_a_closing_mark():
    assert wrap_text("召开党建会议，部署工作", 6, 9) == ["召开党建会", "议，部署工作"]


def test_a_text_that_is_too_long_ends_in_an_ellipsis():
    assert wrap_text("一二三四五六七八九", 4, 2) == ["一二三四", "五六七…"]


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_blank_text_has_no_lines(text):
    assert wrap_text(text, 5, 3) == []


@given(text=st.text(alphabet="一二三，。“”ab ", max_size=60), room=st.integers(3, 12))
def test_every_line_fits_and_nothing_is_lost(text, room):
    lines = wrap_text(text, room, 99)
    assert all(text_width(line) <= room for line in lines)
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
def test_a_title_is_split_after_its_marks_and_nothing_is_lost(title, phrases):
    assert split_phrases(title) == phrases
    assert "".join(phrases) == title


def test_phrases_of_a_title_are_escaped():
    assert (
        phrase_spans("甲，<b>")
        == '<span class="phrase">甲，</span><span class="phrase">&lt;b&gt;</span>'
    )
    assert phrase_spans("<b>") == "<b>"
