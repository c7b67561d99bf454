"""The legal furniture of every public page: what its head says to machines, and its footer."""

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils import timezone

from brands.models import BrandIndexPage
from brands.tests.factories import publish_brand
from core.publishing.contexts import confirmed_change
from core.tests.factories import make_image
from home.models import HomePage
from news.models import NewsIndexPage
from news.tests.factories import NewsPageFactory, publish_news
from publication import withdrawal
from publication.initial_publication import Source, publish_initial
from redstudy.tests.factories import RoutePageFactory, publish_two_bases
from tests.helpers.content import publish_standard_page
from tests.helpers.district import fresh
from volunteering.tests.factories import VolunteerProjectPageFactory

pytestmark = pytest.mark.django_db

INFO = {
    "committee": "中共某区委教育工作委员会",
    "undertaker": "教育局党建办公室",
    "address": "运河路18号",
    "phone": "0537-2345678",
    "email": "dangjian@qu.gov.cn",
    "mark_kind": "party_government",
    "site_code": "3708110042",
    "icp_number": "鲁ICP备20210042号-1",
    "police_number": "鲁公网安备 37081102000456号",
}
SITE = {"SiteName": "教育党建", "SiteDomain": "localhost", "SiteIDCode": "3708110042"}
COLUMN = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE = {"ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description", "Url"}
EVIL = '"><script>alert(1)</script></title>&<!--'


@dataclass
class Read(HTMLParser):
    """A page as a machine reads it: its meta tags, links, scripts and the footer's text."""

    html: str
    meta: dict = field(default_factory=dict)
    links: dict = field(default_factory=dict)
    scripts: list = field(default_factory=list)
    footer: str = ""
    addresses: dict = field(default_factory=dict)

    def __post_init__(self):
        super().__init__()
        self._script, self._foot, self._link = None, False, None
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "meta" and (name := said.get("name") or said.get("property")):
            assert name.lower() not in {known.lower() for known in self.meta}, name
            self.meta[name] = said["content"]
        elif tag == "link":
            self.links.setdefault(said["rel"], []).append(said["href"])
        elif tag == "script":
            self._script = said.get("type", "")
        elif tag == "footer" and "foot" in said.get("class", "").split():
            self._foot = True
        elif tag == "a" and self._foot:
            self._link = said["href"]

    def handle_endtag(self, tag):
        if tag == "footer":
            self._foot = False
        elif tag == "a":
            self._link = None
        elif tag == "script":
            self._script = None

    def handle_data(self, data):
        if self._script is not None:
            self.scripts.append((self._script, data))
        elif self._foot:
            self.footer += data
            if self._link:
                self.addresses[data.strip()] = self._link

    @property
    def linked(self) -> dict:
        """Type → the thing of that type in the JSON-LD block."""
        assert [kind for kind, _text in self.scripts] in ([], ["application/ld+json"])
        things = [thing for _kind, text in self.scripts for thing in json.loads(text)["@graph"]]
        return {thing["@type"]: thing for thing in things}


def read(client, address: str, status: int = 200) -> Read:
    response = client.get(address)
    assert response.status_code == status
    return Read(response.content.decode())


def inform(home, **words) -> HomePage:
    """The home page with these words, as if they had been reviewed."""
    with confirmed_change():
        HomePage.objects.filter(pk=home.pk).update(**words)
    return fresh(home)


@pytest.fixture
def informed(home):
    """The Chinese home page with all that the law asks."""
    return inform(home, **INFO)


def news(district, **fields):
    """A public news item of the district."""
    return publish_news(district.child(NewsIndexPage), **fields)


def article_of(kind: str, district, school):
    """A public page of each type that is an article."""
    if kind == "brand":
        return publish_brand(school)
    if kind == "route":
        return publish_initial(
            RoutePageFactory(parent=school, bases=publish_two_bases(district)), Source.DEMO
        )
    if kind == "project":
        return publish_initial(VolunteerProjectPageFactory(parent=school), Source.DEMO)
    more = {"public_notice": True} if kind == "notice" else {}
    return publish_news(school, **more)


class TestEveryPage:
    def test_it_names_the_site(self, client, district, informed, school):
        standing = publish_standard_page(informed)
        addresses = ["/", "/brands/", "/schools/", school.url, standing.url, news(district).url]
        for address in addresses:
            meta = read(client, address).meta
            assert {name: meta[name] for name in SITE} == SITE, address

    def test_also_one_that_is_not_there(self, client, informed):
        page = read(client, "/nowhere/", status=404)
        assert {name: page.meta[name] for name in SITE} == SITE
        assert "canonical" not in page.links
        assert page.linked == {}
        assert "鲁ICP备20210042号-1" in page.footer

    def test_a_code_that_was_not_given_is_not_made_up(self, client, home):
        meta = read(client, "/").meta
        assert "SiteIDCode" not in meta
        assert meta["SiteName"] == "教育党建"

    def test_the_english_pages_bear_the_same_code_under_their_own_name(self, client, informed):
        meta = read(client, "/en/").meta
        assert meta["SiteIDCode"] == "3708110042"
        assert meta["SiteName"] == "Party Building in Education"
        assert meta["og:locale"] == "en_GB"


class TestColumns:
    @pytest.mark.parametrize("address", ["/brands/", "/schools/", "/news/", "/routes/"])
    def test_a_list_says_what_it_is(self, client, informed, address):
        meta = read(client, address).meta
        assert all(meta[name] for name in COLUMN)
        assert not ARTICLE & set(meta)

    def test_without_an_introduction_it_is_described_by_its_name(self, client, district):
        index = district.child(BrandIndexPage)
        BrandIndexPage.objects.filter(pk=index.pk).update(intro="")
        assert read(client, index.url).meta["ColumnDescription"] == index.title

    @pytest.mark.parametrize(
        ("query", "kept"),
        [
            ("", ""),
            ("?mode=elder", ""),
            ("?utm=1&q=&stage=nothing", ""),
            ("?page=1", ""),
            ("?mode=elder&stage=primary&utm=1", "?stage=primary"),
            ("?page=2&stage=primary", "?stage=primary&page=2"),
        ],
    )
    def test_the_one_address_keeps_what_narrows_the_list(
        self, client, district, monkeypatch, query, kept
    ):
        from schools.models import SchoolIndexPage, SchoolPage

        monkeypatch.setattr(SchoolIndexPage, "page_size", 1)
        SchoolPage.objects.update(stage="primary")
        page = read(client, f"/schools/{query}")
        assert page.links["canonical"] == [f"http://localhost/schools/{kept}"]
        assert page.meta["og:url"] == f"http://localhost/schools/{kept}"


class TestArticles:
    @pytest.mark.parametrize("kind", ["news", "notice", "brand", "route", "project"])
    def test_it_says_what_it_is_and_whose(self, client, district, informed, school, kind):
        page = article_of(kind, district, school)
        meta = read(client, page.url).meta
        assert set(meta) >= ARTICLE
        assert not COLUMN & set(meta)
        assert meta["ArticleTitle"] == page.title
        assert meta["ContentSource"] == school.title
        assert school.title in meta["Keywords"].split(",")
        assert meta["Description"] == page.summary_text
        assert meta["Url"] == page.full_url
        assert meta["og:type"] == "article"

    def test_the_day_is_the_systems_in_the_districts_own_time(self, client, district):
        item = news(district, event_date=timezone.localdate().replace(year=2020))
        out = timezone.localtime(item.first_published_at)
        assert read(client, item.url).meta["PubDate"] == out.strftime("%Y-%m-%d %H:%M")

    def test_a_reprint_names_its_source_and_its_author(self, client, district):
        item = news(district, source="齐鲁晚报", author_name="柳岸")
        meta = read(client, item.url).meta
        assert (meta["ContentSource"], meta["Author"]) == ("齐鲁晚报", "柳岸")

    def test_what_has_no_author_claims_none(self, client, school):
        assert "Author" not in read(client, publish_brand(school).url).meta

    @pytest.mark.parametrize("kind", ["news", "brand"])
    def test_its_picture_is_named(self, client, district, school, kind):
        picture = make_image()
        if kind == "brand":
            page = publish_brand(school, cover=picture)
        else:
            page = news(district, lead_image=picture)
        meta = read(client, page.url).meta
        assert meta["Image"].startswith("http://localhost/media/images/")
        assert client.get(page.url).content.decode().count(meta["Image"][16:]) >= 1

    def test_without_a_picture_none_is_named(self, client, district):
        meta = read(client, news(district).url).meta
        assert "Image" not in meta

    def test_standing_pages_and_schools_are_no_articles(self, client, informed, school):
        for page in (publish_standard_page(informed), school):
            assert not (ARTICLE | COLUMN) & set(read(client, page.url).meta)


class TestWhatIsGone:
    def test_a_withdrawn_page_says_nothing_of_itself(self, client, district):
        item = news(district, title="不该公开的标题")
        withdrawal.withdraw(item, district.final, "来源有误")
        assert_says_nothing(read(client, item.url, status=410), item)

    def test_nor_does_an_ended_notice(self, client, district):
        item = news(district, title="公示的标题", ended=True)
        assert_says_nothing(read(client, item.url, status=410), item)


def assert_says_nothing(page: Read, item) -> None:
    """Only the site is named, and nothing leads to the page."""
    assert not (ARTICLE | COLUMN | {"Author", "description", "og:title"}) & set(page.meta)
    assert page.meta["robots"] == "noindex"
    assert page.meta["SiteName"]
    assert item.title not in page.meta.values()
    assert "canonical" not in page.links
    assert page.linked == {}


class TestLinkedData:
    def test_the_home_page_names_site_and_organiser(self, client, informed):
        linked = read(client, "/").linked
        assert set(linked) == {"WebSite", "Organization"}
        assert linked["Organization"]["name"] == INFO["committee"]
        assert linked["Organization"]["telephone"] == INFO["phone"]
        assert linked["WebSite"]["publisher"]["@id"] == linked["Organization"]["@id"]

    def test_below_it_every_page_shows_the_way(self, client, informed, school):
        way = read(client, school.url).linked["BreadcrumbList"]["itemListElement"]
        assert [step["item"] for step in way] == [
            "http://localhost/",
            "http://localhost/schools/",
            school.full_url,
        ]
        assert [step["position"] for step in way] == [1, 2, 3]

    def test_a_news_item_is_one(self, client, district, informed):
        item = news(district)
        article = read(client, item.url).linked["NewsArticle"]
        assert article["headline"] == item.title
        assert article["datePublished"] == item.first_published_at.isoformat()
        assert article["publisher"]["name"] == INFO["committee"]

    def test_a_brand_is_no_news_item(self, client, school):
        assert set(read(client, publish_brand(school).url).linked) == {"BreadcrumbList"}

    def test_nothing_typed_breaks_out(self, client, district, school):
        item = news(district, title=EVIL, summary=EVIL, author_name=EVIL[:60], source=EVIL)
        html = client.get(item.url).content.decode()
        page = Read(html)
        assert page.meta["ArticleTitle"] == page.meta["og:title"] == EVIL
        assert page.meta["ContentSource"] == EVIL
        assert page.linked["NewsArticle"]["headline"] == EVIL
        assert "<script>alert" not in html
        assert html.count("<script") == html.count("</script>") == 2


class TestPreviews:
    def test_a_draft_bears_no_address_and_no_linked_data(self, client, district, school):
        client.force_login(district.editor1)
        draft = NewsPageFactory(parent=school, owner=district.editor1)
        draft.save_revision(user=district.editor1)
        address = reverse("wagtailadmin_pages:view_draft", args=[draft.pk])
        page = read(client, address)
        assert page.meta["ArticleTitle"] == draft.title
        assert not {"Url", "og:url", "PubDate"} & set(page.meta)
        assert "canonical" not in page.links
        assert page.linked == {}

    def test_nor_does_the_draft_of_a_public_page(self, client, district, school):
        client.force_login(district.editor1)
        item = publish_news(school)
        page = read(client, reverse("wagtailadmin_pages:view_draft", args=[item.pk]))
        assert "canonical" not in page.links
        assert page.linked == {}


class TestFooter:
    def test_it_says_who_answers_and_under_which_numbers(self, client, informed):
        page = read(client, "/news/")
        for name in ("committee", "undertaker", "address", "phone"):
            assert INFO[name] in page.footer
        assert "3708110042" in page.footer
        assert page.addresses[INFO["icp_number"]] == "https://beian.miit.gov.cn/"
        assert page.addresses[INFO["police_number"]] == "https://beian.mps.gov.cn/"
        assert "mailto:dangjian@qu.gov.cn" in page.addresses.values()

    def test_what_was_not_written_leaves_no_gap(self, client, home):
        footer = client.get("/").content.decode().partition('<footer class="foot"')[2]
        assert "<dt>" not in footer
        assert "beian" not in footer
        assert "foot-mark" not in footer
        assert "mailto" not in footer

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("party_government", "Party and government website"),
            ("public_institution", "Public institution website"),
        ],
    )
    def test_the_mark_has_words(self, client, home, kind, words):
        inform(home, mark_kind=kind)
        assert words in read(client, "/en/").footer

    def test_codes_come_from_the_first_language_and_words_from_their_own(self, client, informed):
        english = HomePage.objects.get(locale__language_code="en")
        inform(english, address="18 Canal Road", site_code="9999999999")
        page = read(client, "/en/")
        assert "18 Canal Road" in page.footer
        assert INFO["address"] not in page.footer
        assert INFO["icp_number"] in page.footer
        assert "9999999999" not in page.footer + str(page.meta)

    def test_it_says_when_something_shown_last_changed(self, client, district, home):
        html = client.get("/news/").content.decode()
        before = html.partition("foot-numbers")[2]
        item = news(district)
        after = client.get("/news/").content.decode().partition("foot-numbers")[2]
        assert timezone.localtime(item.last_published_at).isoformat() in after
        assert timezone.localtime(item.last_published_at).isoformat() not in before

    def test_it_leads_to_the_site_map_and_to_reporting_mistakes(self, client, home):
        page = read(client, "/")
        assert {"/report/", "/report/?page=/", "/sitemap/"} <= set(page.addresses.values())


class TestNavigation:
    """Which section a reader is told to be in."""

    def marked(self, client, page) -> list[str]:
        html = client.get(page.get_url()).content.decode()
        navigation = html.split('class="nav"')[1].split("</nav>")[0]
        return re.findall(r'aria-current="\w+">([^<]*)<', navigation)

    def test_the_home_page_is_in_no_section(self, client, district):
        assert self.marked(client, district.home) == ["首页"]

    def test_a_standing_page_is_in_no_section(self, client, district):
        assert self.marked(client, publish_standard_page(district.home)) == []

    def test_a_schools_brand_is_among_the_brands(self, client, school):
        assert self.marked(client, publish_brand(school)) == ["一校一品"]
