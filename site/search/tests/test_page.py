"""The search page: what a reader sees, what a machine gets, and what nobody can do to it."""

import random
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from core.publishing.contexts import confirmed_change
from search.index_sync import refresh
from search.models import PromotedResult
from tests.helpers.bulk_factories import bulk_create_pages
from tests.helpers.content import RoutePage, publish_news, withdraw

SEARCH, SUGGEST = "/search/", "/search/suggest/"
AS_JSON = {"accept": "application/json"}


def get_json(client, query: str, **more) -> dict:
    """Return the results as JSON."""
    response = client.get(SEARCH, {"q": query} | more, headers=AS_JSON)
    assert response.status_code == 200
    return response.json()


def get_html(client, query: str, **more) -> str:
    """Return the page that a reader sees."""
    response = client.get(SEARCH, {"q": query} | more)
    assert response.status_code == 200
    return response.content.decode()


def options(html: str, name: str) -> list[str]:
    """Return the labels of the choices of this facet."""
    select = re.search(rf'<select name="{name}".*?</select>', html, re.DOTALL)
    return re.findall(r"<option[^>]*>([^<]*)</option>", select[0]) if select else []


@pytest.fixture
def articles(district):
    first, second = district.schools[0], district.home.get_children().get(slug="news").specific
    return [
        publish_news(first, title="水库边的思政课", summary="孩子们量了一次水位。"),
        publish_news(first, title="水库巡护队", summary="每周五放学以后。"),
        publish_news(second, title="全区水库研学通知", summary="出发前看天气。"),
    ]


def test_before_a_search_the_page_says_what_can_be_searched(client, district):
    html = client.get(SEARCH).content.decode()
    assert "dangqi" in html
    assert "共有" not in html


def test_a_reader_sees_kind_school_day_and_the_words_in_their_place(client, articles, school):
    html = get_html(client, "水库")
    assert "“水库”共有3条结果" in html
    assert "<mark>水库</mark>边的思政课" in html
    assert "孩子们量了一次水位。" in html
    assert html.count('<span class="kind">新闻</span>') == 3
    assert school.title in html


def test_a_machine_gets_the_same_results(client, articles, school):
    content = get_json(client, "水库边")
    assert content["total"] == 1
    assert content["results"][0] == {
        "title": "水库边的思政课",
        "url": articles[0].get_full_url(),
        "type": "新闻",
        "school": school.title,
        "excerpt": "孩子们量了一次水位。",
    }


def test_the_same_address_answers_each_as_it_asked(client, articles):
    for asked, kind in (
        ("text/html", "text/html"),
        ("*/*", "text/html"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
        ("application/json", "application/json"),
        ("application/json, text/html;q=0.5", "application/json"),
        ("image/png", "text/html"),
    ):
        response = client.get(SEARCH, {"q": "水库"}, headers={"accept": asked})
        assert response["Content-Type"].startswith(kind), asked
        assert "Accept" in response["Vary"]


def test_facets_say_what_they_lead_to_and_keep_the_others(client, articles, district, school):
    publish_news(district.schools[0], title="水库老照片")
    html = get_html(client, "水库")
    assert f"{school.title}（3）" in options(html, "school")
    assert options(html, "type") == []  # one kind only: nothing to choose
    narrowed = get_html(client, "水库", school=school.pk)
    assert "共有3条结果" in narrowed
    assert "去掉条件" not in narrowed
    assert get_json(client, "水库", school=school.pk)["total"] == 3
    assert get_json(client, "水库", school=school.pk, year="1999")["total"] == 0


def test_a_facet_that_nobody_knows_finds_nothing_and_offers_the_way_back(client, articles):
    for school in ("9" * 20, "-1", "x", "３"):
        assert get_json(client, "水库", school=school)["total"] == 0
    html = get_html(client, "水库", type="<b>nonsense")
    assert "去掉条件再搜" in html
    assert "<b>nonsense" not in html


def test_routes_are_narrowed_by_grade_band(client, district):
    index = district.home.get_children().get(slug="routes").specific
    routes = bulk_create_pages(
        RoutePage, [index], 2, title=lambda number, _parent: f"沿湖线路{number}",
        for_primary_upper=True, for_junior=lambda number, _parent: number == 0,
        duration_minutes=60, distance_km=1,
    )  # fmt: skip
    get_search_backend().add_bulk(RoutePage, routes)
    refresh([route.pk for route in routes])
    html = get_html(client, "沿湖线路")
    bands = RoutePage.GRADE_BANDS
    offered = [f"{bands['junior']}（1）", f"{bands['primary_upper']}（2）"]
    assert options(html, "grade") == ["全部", *offered]
    assert get_json(client, "沿湖线路", grade=str(bands["junior"]))["total"] == 1


def test_similar_results_are_named_as_such(client, articles):
    assert "没有找到“水库边的思正课”，为您显示1条相近结果" in get_html(client, "水库边的思正课")
    assert get_json(client, "水库边的思正课")["near"] is True


def test_where_nothing_is_found_the_columns_are_offered(client, district):
    html = get_html(client, "量子计算机")
    assert "没有找到“量子计算机”" in html
    assert 'href="/news/"' in html


def test_a_bad_page_number_is_no_page(client, articles):
    for number in ("2", "0", "x", "-1", "9" * 400):
        assert client.get(SEARCH, {"q": "水库", "page": number}).status_code == 404


def test_pages_keep_what_was_chosen(client, district, school):
    for number in range(11):
        publish_news(school, title=f"水库札记{number}")
    html = get_html(client, "水库札记", school=school.pk)
    link = re.search(r'href="(\?[^"]*page=2)"', html)[1].replace("&amp;", "&")
    second = client.get(f"{SEARCH}{link}").content.decode()
    assert second.count('<li class="hit">') == 1


def test_what_was_typed_comes_back_escaped(client, articles):
    attack = '<script>alert(1)</script>" onfocus="x'
    html = get_html(client, f"水库 {attack}")
    assert attack not in html
    assert escape(attack) in html


def test_markup_in_a_text_is_shown_and_not_obeyed(client, school):
    publish_news(school, title="标签<b>水库</b>", summary="写作 <script>水库()</script>。")
    html = get_html(client, "水库")
    assert "&lt;script&gt;<mark>水库</mark>()&lt;/script&gt;" in html
    assert "&lt;b&gt;<mark>水库</mark>&lt;/b&gt;" in html


def test_results_are_neither_cached_nor_indexed_by_robots(client, articles):
    for response in (client.get(SEARCH, {"q": "水库"}), client.get(SUGGEST, {"q": "水库"})):
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in get_html(client, "水库")


def test_nobody_posts_a_search(client, district):
    assert client.post(SEARCH, {"q": "水库"}).status_code == 405


def test_suggestions_are_titles_that_go_on(client, articles):
    def suggested(typed):
        return client.get(SUGGEST, {"q": typed}).json()["suggestions"]

    assert set(suggested("水库")) == {page.title for page in articles}
    assert suggested("水库边") == ["水库边的思政课"]
    assert suggested("shuikub") == ["水库边的思政课"]
    assert suggested("skb") == ["水库边的思政课"]
    assert suggested("") == suggested("！") == []


def test_one_address_searches_so_often_a_minute(client, articles, settings):
    settings.SEARCHES_A_MINUTE = settings.SUGGESTIONS_A_MINUTE = 2
    for _time in range(2):
        assert client.get(SEARCH, {"q": "水库"}).status_code == 200
        assert client.get(SUGGEST, {"q": "水库"}).status_code == 200
    response = client.get(SEARCH, {"q": "水库"})
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert 'value="水库"' in response.content.decode()
    assert client.get(SUGGEST, {"q": "水库"}).status_code == 429
    assert client.get(SEARCH).status_code == 200
    assert client.get(SEARCH, {"q": "水库"}, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_promoted_page_stands_above_all_results(client, articles, district):
    promoted = articles[2]
    with confirmed_change():
        PromotedResult.objects.create(words="研学\n水库  安全", page=promoted)
    assert 'id="picks"' in get_html(client, "水庫，安全")
    assert promoted.title in get_html(client, "水库 安全")
    assert 'id="picks"' not in get_html(client, "水库")
    withdraw(promoted, district.final, "来源有误")
    assert 'id="picks"' not in get_html(client, "水库 安全")


def test_a_search_takes_as_many_queries_for_many_results(client, district, school):
    def queries():
        client.get(SEARCH, {"q": "水库"})
        with CaptureQueriesContext(connection) as captured:
            get_html(client, "水库")
        return len(captured)

    for number in range(3):
        publish_news(school, title=f"水库札记{number}")
    few = queries()
    for number in range(3, 30):
        publish_news(school, title=f"水库札记{number}")
    assert queries() == few <= 20


# What a hand, or a scanner, puts into a search field.
PIECES = [
    "'", '"', "*", "NEAR(", "NEAR/2", ":", "\x00", "\\", "(", ")", "^", "-", "--", ";", "%", "_",
    "{title}", "title:", "AND", "OR", "NOT", "<->", "&", "|", "!", ":*", "$$", "/*", "\u202e",
    "\u200b", "☺", "\U0001f468\u200d\U0001f467", "党", "党旗", "'; DROP TABLE x; --", "a" * 300,
    "党" * 300, "\ufeff", "𠮷", "한국", "ẞ", "İ", "e\u0301", " ", "\n", "\t", "\u3000", "1e9",
    "0x1F", "２", "%00", "%s", "{}", "{{ 7*7 }}", "${7}", "../", "\x1b",
]  # fmt: skip
LONG = ["党" * 10_000, "a" * 10_000, "党 " * 5_000, '"' * 999, "(" * 999]


def hostile_queries() -> list[str]:
    """Return 500 queries, the same in every run."""
    generator = random.Random(20261127)
    lengths = (generator.randrange(1, 9) for _query in range(490))
    queries = ["".join(generator.choices(PIECES, k=length)) for length in lengths]
    return [*queries, *LONG, "\x00", "", "*", "NEAR(", ":"]


def test_no_query_breaks_the_page(client, articles, settings):
    settings.SEARCHES_A_MINUTE = settings.SUGGESTIONS_A_MINUTE = 10_000
    for number, query in enumerate(hostile_queries()):
        assert client.get(SEARCH, {"q": query}).status_code == 200, repr(query)
        if number % 5 == 0:  # they ask the index the same way
            assert client.get(SUGGEST, {"q": query}).status_code == 200, repr(query)


def test_no_query_breaks_the_backend(district, articles):
    """As the admin asks it, with what no browser can send."""
    for query in [*hostile_queries(), "\ud800", "党\udfff旗"]:
        for results in (Page.objects.search(query), Page.objects.autocomplete(query)):
            assert len(results[:3]) <= 3, repr(query)
