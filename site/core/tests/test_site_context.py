"""The masthead's navigation and the footer of every public page."""

import re

import pytest
from django.utils import timezone

from core.tests.page_reader import SITE_INFO, read_page, update_home
from tests.helpers.content import HomePage, district_news, publish_brand, publish_standard_page

pytestmark = pytest.mark.django_db


class TestFooter:
    def test_the_footer_names_the_responsible_body_and_its_numbers(self, client, informed_home):
        page = read_page(client, "/news/")
        for name in ("committee", "undertaker", "address", "phone"):
            assert SITE_INFO[name] in page.footer
        assert "3708110042" in page.footer
        assert page.footer_links[SITE_INFO["icp_number"]] == "https://beian.miit.gov.cn/"
        assert page.footer_links[SITE_INFO["police_number"]] == "https://beian.mps.gov.cn/"
        assert "mailto:dangjian@qu.gov.cn" in page.footer_links.values()

    def test_empty_details_leave_no_markup(self, client, home):
        footer = client.get("/").content.decode().partition('<footer class="foot"')[2]
        assert "<dt>" not in footer
        assert "beian" not in footer
        assert "foot-mark" not in footer
        assert "mailto" not in footer

    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("party_government", "Party and government website"),
            ("public_institution", "Public institution website"),
        ],
    )
    def test_the_site_mark_has_a_text(self, client, home, kind, text):
        update_home(home, mark_kind=kind)
        assert text in read_page(client, "/en/").footer

    def test_codes_come_from_the_default_language_and_texts_from_their_own(
        self, client, informed_home
    ):
        english = HomePage.objects.get(locale__language_code="en")
        update_home(english, address="18 Canal Road", site_code="9999999999")
        page = read_page(client, "/en/")
        assert "18 Canal Road" in page.footer
        assert SITE_INFO["address"] not in page.footer
        assert SITE_INFO["icp_number"] in page.footer
        assert "9999999999" not in page.footer + str(page.meta)

    def test_the_footer_names_the_last_publication_shown(self, client, district, home):
        html = client.get("/news/").content.decode()
        before = html.partition("foot-numbers")[2]
        item = district_news(district)
        after = client.get("/news/").content.decode().partition("foot-numbers")[2]
        assert timezone.localtime(item.last_published_at).isoformat() in after
        assert timezone.localtime(item.last_published_at).isoformat() not in before

    def test_the_footer_links_to_site_map_and_error_report(self, client, home):
        page = read_page(client, "/")
        assert {"/report/?page=/", "/sitemap/"} <= set(page.footer_links.values())
        assert "/report/" not in page.footer_links.values(), "the page would be forgotten"


class TestNavigation:
    """Which section the navigation marks as current."""

    def marked(self, client, page) -> list[str]:
        html = client.get(page.get_url()).content.decode()
        navigation = html.split('class="nav"')[1].split("</nav>")[0]
        return re.findall(r'aria-current="\w+">([^<]*)<', navigation)

    def test_the_home_page_is_in_no_section(self, client, district):
        assert self.marked(client, district.home) == ["首页"]

    def test_a_standing_page_is_in_no_section(self, client, district):
        assert self.marked(client, publish_standard_page(district.home)) == []

    def test_a_schools_brand_is_in_the_section_of_brands(self, client, school):
        assert self.marked(client, publish_brand(school)) == ["一校一品"]
