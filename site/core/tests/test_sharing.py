"""Share cards and icons: of public pages alone, and of what is public of them."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import PageViewRestriction, Site

from core.display.site_context import SiteContext
from core.publishing.contexts import confirmed_change
from core.seals.drawing import Seal
from core.sharing import cards, raster
from tests.helpers.content import publish_brand, publish_standard_page, withdraw
from tests.helpers.district import brand_draft
from tests.helpers.machine import on_ci

pytestmark = pytest.mark.django_db
requires_font = pytest.mark.skipif(
    raster.chinese_font() is None and not on_ci(),
    reason="no Chinese font was found (sudo apt install fonts-noto-cjk)",
)


@pytest.fixture
def brand(school):
    return publish_brand(school)


@pytest.fixture
def no_font(monkeypatch):
    monkeypatch.setattr(raster, "chinese_font", lambda: None)


@pytest.fixture
def record_queries(client):
    """A function that returns how many queries each of some pages takes."""

    def count_queries(pages) -> list[int]:
        counts = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(page.url)
            counts.append(len(queries))
        return counts

    return count_queries


def site_context() -> SiteContext:
    return SiteContext(Site.find_for_request(RequestFactory().get("/")), "zh-hans")


def card_address(page) -> str:
    return f"/share/card-{page.pk}-{cards.share_card_for(page, site_context()).digest}.png"


def seal_address(page, kind="svg") -> str:
    digest = cards.seal_digest(page.seal or cards.district_seal(site_context()))
    return f"/share/seal-{page.pk}-{digest}.{kind}"


def head_of(client, address) -> dict[str, str]:
    """Return og:image and the icons that the head of a page names."""
    html = client.get(address).content.decode()
    urls = dict(re.findall(r'<meta property="(og:image[^"]*)" content="([^"]*)"', html))
    for tag in re.findall(r'<link rel="(?:icon|apple-touch-icon)"[^>]*>', html):
        kind = re.search(r'rel="([^"]*)"(?: type="([^"]*)")?', tag)
        urls["/".join(filter(None, kind.groups()))] = re.search(r'href="([^"]*)"', tag)[1]
    return urls


def picture(response) -> Image.Image:
    assert response.status_code == 200
    return Image.open(io.BytesIO(response.content))


class TestPagesThatAreNotPublic:
    """The right address of their pictures answers 404."""

    def statuses(self, client, page):
        return {client.get(address(page)).status_code for address in (card_address, seal_address)}

    def test_a_draft_has_no_pictures(self, client, school, district):
        assert self.statuses(client, brand_draft(school, district.editor1)) == {404}

    def test_a_withdrawn_page_has_no_pictures(self, client, brand, district):
        withdraw(brand, district.final, "内容有误")
        brand.refresh_from_db()
        assert self.statuses(client, brand) == {404}

    def test_a_page_below_a_withdrawn_one_has_no_pictures(self, client, brand, school, district):
        withdraw(school, district.final, "学校撤并")
        assert self.statuses(client, brand) == {404}

    def test_a_page_with_a_password_has_no_pictures(self, client, brand):
        with confirmed_change():
            PageViewRestriction.objects.create(
                page=brand, restriction_type=PageViewRestriction.PASSWORD, password="x"
            )
        assert self.statuses(client, brand) == {404}

    def test_a_draft_of_a_public_page_has_no_pictures(self, client, brand):
        draft = type(brand).objects.get(pk=brand.pk)
        draft.slogan = "尚未审核"
        draft.seal_characters = "未审"
        draft.save_revision()
        assert self.statuses(client, draft) == {404}

    def test_without_a_site_there_are_no_pictures(self, client, brand):
        with confirmed_change():
            Site.objects.all().delete()
        assert client.get(f"/share/card-{brand.pk}-{'0' * 24}.png").status_code == 404
        assert client.get("/favicon.ico").status_code in {302, 404}

    def test_another_digest_is_not_found(self, client, brand, school):
        for kind in ("card", "seal"):
            assert client.get(f"/share/{kind}-{brand.pk}-{'0' * 24}.png").status_code == 404
        other = card_address(brand).replace(f"-{brand.pk}-", f"-{school.pk}-")
        assert client.get(other).status_code == 404
        assert client.get("/share/card-999999999-" + "0" * 24 + ".png").status_code == 404

    def test_a_withdrawn_page_names_no_card(self, client, brand, district):
        withdraw(brand, district.final, "内容有误")
        head = head_of(client, brand.url)
        assert "og:image" not in head
        assert head["icon/image/svg+xml"] == seal_address(district.home)

    def test_a_preview_names_no_card(self, brand, rf):
        html = brand.make_preview_request(rf.get("/")).render().content.decode()
        assert "og:image" not in html
        assert seal_address(brand) not in html


class TestWithoutAChineseFont:
    def test_no_card_is_named_or_rendered(self, client, brand, no_font):
        head = head_of(client, brand.url)
        assert not [name for name in head if name.startswith(("og:", "apple"))]
        assert head["icon/image/svg+xml"] == seal_address(brand)
        for address in (card_address(brand), seal_address(brand, "png")):
            assert client.get(address).status_code == 404

    def test_the_favicon_is_the_static_one(self, client, district, no_font):
        assert client.get("/favicon.ico").headers["Location"].endswith("img/seal.svg")

    def test_rendering_raises_an_error(self, no_font):
        with pytest.raises(LookupError):
            raster.render_png("<svg/>", 10)

    def test_no_font_is_found_in_empty_folders(self, monkeypatch, tmp_path):
        monkeypatch.setattr(raster, "FONT_FOLDERS", (str(tmp_path), str(tmp_path / "none")))
        assert raster.chinese_font.__wrapped__() is None

    def test_song_is_preferred_to_other_fonts(self, monkeypatch, tmp_path):
        for name in ("wqy-zenhei.ttc", "NotoSerifCJK-Bold.ttc", "DejaVuSans.ttf"):
            (tmp_path / name).touch()
        monkeypatch.setattr(raster, "FONT_FOLDERS", (str(tmp_path),))
        file, family = raster.chinese_font.__wrapped__()
        assert Path(file).name == "NotoSerifCJK-Bold.ttc"
        assert family == "Noto Serif CJK SC"


@requires_font
class TestShareCardView:
    def test_the_page_names_a_card_that_can_be_fetched(self, client, brand):
        head = head_of(client, brand.url)
        site = site_context().site
        assert head["og:image"] == site.root_url + card_address(brand)
        assert "党旗映彩虹" in head["og:image:alt"]
        assert "东门大街小学" in head["og:image:alt"]
        response = client.get(card_address(brand))
        assert picture(response).size == (1200, 630)
        assert response.headers["Content-Type"] == "image/png"
        assert response.headers["Cache-Control"] == "public, max-age=86400, immutable"
        assert not response.cookies

    @pytest.mark.parametrize("address", ["/", "/en/", "/schools/", "/brands/", "/news/"])
    def test_every_kind_of_page_has_a_card(self, client, district, address):
        named = head_of(client, address)["og:image"]
        assert picture(client.get(re.sub(r"^\w+://[^/]+", "", named))).format == "PNG"

    def test_naming_the_card_takes_no_query(
        self, client, brand, school, monkeypatch, record_queries
    ):
        pages = (brand, school, school.get_parent())
        record_queries(pages)
        with_picture = record_queries(pages)
        monkeypatch.setattr(raster, "chinese_font", lambda: None)
        assert record_queries(pages) == with_picture

    def test_a_card_is_rendered_once(self, client, brand, monkeypatch):
        first = client.get(card_address(brand)).content
        monkeypatch.setattr(raster, "render_png", None)
        assert client.get(card_address(brand)).content == first

    def test_only_the_newest_card_of_a_page_is_stored(self, client, brand):
        folder = Path(settings.SHARE_ROOT)
        folder.mkdir(parents=True, exist_ok=True)
        earlier, others = (folder / f"card-{pk}-0.png" for pk in (brand.pk, f"{brand.pk}0"))
        for file in (earlier, others):
            file.touch()
        name = Path(card_address(brand)).name
        (folder / name).unlink(missing_ok=True)
        client.get(card_address(brand))
        assert (folder / name).exists()
        assert not earlier.exists()
        assert others.exists()

    def test_a_card_is_shown_when_it_cannot_be_stored(self, client, brand, settings, tmp_path):
        (tmp_path / "file").touch()
        settings.SHARE_ROOT = tmp_path / "file" / "below"
        assert picture(client.get(card_address(brand))).size == (1200, 630)

    def test_the_icons_are_square(self, client, brand, district):
        assert picture(client.get(seal_address(brand, "png"))).size == (180, 180)
        icon = client.get("/favicon.ico")
        assert picture(icon).format == "ICO"
        again = client.get("/favicon.ico", headers={"If-None-Match": icon.headers["ETag"]})
        assert again.status_code == 304


class TestIcons:
    def test_a_brand_has_its_own_seal(self, client, brand):
        assert head_of(client, brand.url)["icon/image/svg+xml"] == seal_address(brand)
        response = client.get(seal_address(brand))
        assert response.headers["Content-Type"] == "image/svg+xml"
        assert "旗" in response.content.decode()

    def test_a_school_has_the_seal_of_its_brand(self, client, brand, school):
        publish_brand(school, kind="branch", title="支部品牌", seal_characters="先锋")
        assert head_of(client, school.url)["icon/image/svg+xml"] == seal_address(brand)

    def test_a_school_without_a_brand_has_the_districts_seal(self, client, school, district):
        publish_brand(school, kind="branch", title="支部品牌", seal_characters="先锋")
        assert head_of(client, school.url)["icon/image/svg+xml"] == seal_address(district.home)

    @pytest.mark.parametrize("address", ["/", "/en/", "/schools/", "/nowhere/"])
    def test_other_pages_have_the_districts_seal(self, client, district, address):
        named = head_of(client, address)["icon/image/svg+xml"]
        assert named == seal_address(district.home)
        assert client.get(named).status_code == 200

    def test_an_icon_is_the_same_in_every_language(self, client, brand):
        one, two = (
            client.get(seal_address(brand), headers={"Accept-Language": language}).content
            for language in ("zh-hans", "en")
        )
        assert one == two


class TestShareCard:
    def test_every_field_changes_the_digest(self):
        card = cards.ShareCard(Seal("匠心"), "口号", "学校", "区")
        others = [
            card._replace(seal=Seal("匠人")),
            card._replace(seal=Seal("匠心", colour="pine")),
            card._replace(title="口号二"),
            card._replace(publisher="别校"),
            card._replace(site_name="别区"),
        ]
        assert len({card.digest, *(other.digest for other in others)}) == 6

    def test_the_readers_language_does_not_change_the_digest(self):
        one, two = (
            cards.ShareCard(Seal("匠心", title=t), "口号", "", "") for t in ("Seal", "印章")
        )
        assert one.digest == two.digest
        assert cards.card_svg(one) == cards.card_svg(two)

    def test_texts_of_a_card_are_escaped(self):
        svg = cards.card_svg(cards.ShareCard(Seal("匠心"), "<b>&", "<i>", '"><u>'))
        assert not re.search(r"<[biu]>", svg)

    @pytest.mark.parametrize("title", ["", "印", "师生共成长 " * 40, "a" * 255, "，" * 60])
    def test_any_title_stays_above_the_rule(self, title):
        svg = cards.card_svg(cards.ShareCard(Seal("匠心"), title, title, title))
        feet = [float(y) for y in re.findall(rf'<text x="{cards.TEXT_X}" y="([\d.]+)"', svg)]
        assert all(40 < foot < cards.RULE_Y for foot in feet)

    def test_a_repeated_name_is_left_out(self):
        svg = cards.card_svg(cards.ShareCard(Seal("匠心"), "任城教育党建", "", "任城教育党建"))
        assert svg.count("任城教育党建") == 1


def test_a_standing_page_has_a_card(client, district):
    page = publish_standard_page(district.home)
    assert ("og:image" in head_of(client, page.url)) == (raster.chinese_font() is not None)
