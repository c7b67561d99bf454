"""What is taken for the same, and which tokens a text and a query become."""

import pytest

from search.folding import fold
from search.tokens import plain_words, sounds_of, tokens_of, words_of


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("三紅工程", "三红工程"),
        ("ＡＢＣ１２３", "abc123"),
        ("Café", "cafe"),
        ("臺灣", "台湾"),
        ("“三红”工程", "'三红'工程"),
        ("区委，工委", "区委 工委"),
        ("党\u200b建", "党建"),
        ("\ud800党\x00建☺", " 党 建 "),
    ],
)
def test_the_same_characters_are_compared_as_the_same(written, compared):
    assert fold(written) == compared


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("党建品牌", "党建 建品 品牌 牌"),
        ("“三红”工程", "三红 红工 工程 程"),
        ("37度课堂", "37 度课 课堂 堂"),
        ("WPS2019版", "wps 2019 版"),
        ("区委、工委", "区委 委 工委 委"),
        ("党", "党"),
        ("！？☺", ""),
        ("", ""),
    ],
)
def test_a_text_is_indexed_in_pairs(text, tokens):
    assert " ".join(tokens_of(text)) == tokens


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("党建品牌", [("党建 建品 品牌", False)]),
        ("党", [("党", True)]),
        ("37度", [("37 度", True)]),
        ("度37", [("度 37", False)]),
        ("“三红”工程", [("三红 红工 工程", False)]),
        ("三红 工程", [("三红", False), ("工程", False)]),
        ("三红，工程", [("三红", False), ("工程", False)]),
        ("2.0", [("2 0", False)]),
        ("1+1+N", [("1 1 n", False)]),
        ("三红 三红", [("三红", False)]),
        ("！！！", []),
        ("\x00", []),
    ],
)
def test_a_query_asks_for_characters_beside_each_other(query, words):
    assert [(" ".join(word.tokens), word.begun) for word in words_of(query)] == words


def test_only_longer_words_in_letters_may_be_pinyin():
    assert [word.spelt for word in words_of("dangqi dq 37du 2024 党")] == [
        "dangqi",
        "",
        "37du",
        "",
        "",
    ]


def test_the_last_word_may_grow_while_somebody_types():
    assert [word.begun for word in words_of("党旗 dan", typing=True)] == [False, True]
    assert words_of("党旗", typing=True)[0].begun is False


def test_a_long_query_is_cut_before_it_costs_anything():
    assert len(words_of("党" * 10_000)[0].tokens) < 64
    assert len(words_of("党 " * 10_000)) == 1
    assert len(plain_words(" ".join(map(str, range(10_000))))) == 16


def test_a_title_is_found_by_its_sound_from_any_character():
    sounds = sounds_of("任城 党旗红")
    assert {"rencheng", "rc", "dangqihong", "dqh", "qihong", "hong"} <= set(sounds)
    assert sounds_of("English 2024") == []
