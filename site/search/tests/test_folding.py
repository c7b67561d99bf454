"""Which characters are equal, and which tokens and terms a text and a query become."""

import pytest

from search.folding import fold
from search.tokens import normalized_terms, parse_query, pinyin_tokens, tokenize


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
    assert " ".join(tokenize(text)) == tokens


@pytest.mark.parametrize(
    ("query", "terms"),
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
def test_a_query_asks_for_characters_beside_each_other(query, terms):
    parsed = [(" ".join(term.tokens), term.is_prefix) for term in parse_query(query)]
    assert parsed == terms


def test_only_longer_latin_terms_may_be_pinyin():
    assert [term.latin for term in parse_query("dangqi dq 37du 2024 党")] == [
        "dangqi",
        "",
        "37du",
        "",
        "",
    ]


def test_the_last_term_may_be_a_prefix_while_somebody_types():
    assert [term.is_prefix for term in parse_query("党旗 dan", autocomplete=True)] == [False, True]
    assert parse_query("党旗", autocomplete=True)[0].is_prefix is False


def test_a_long_query_is_cut_before_it_costs_anything():
    assert len(parse_query("党" * 10_000)[0].tokens) < 64
    assert len(parse_query("党 " * 10_000)) == 1
    assert len(normalized_terms(" ".join(map(str, range(10_000))))) == 16


def test_a_title_is_found_in_pinyin_from_any_character():
    tokens = pinyin_tokens("任城 党旗红")
    assert {"rencheng", "rc", "dangqihong", "dqh", "qihong", "hong"} <= set(tokens)
    assert pinyin_tokens("English 2024") == []
