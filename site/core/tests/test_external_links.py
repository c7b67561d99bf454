"""External links lead through a notice, which nobody else can use to redirect readers."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.signing import Signer
from django.template import Context, Template
from django.utils import translation
from wagtail.rich_text import RichText

from core.display import external_links

OTHER = "https://www.example.org/a?b=1&c=2#d"
INVALID_URLS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,<b>x</b>",
    "ftp://example.org/",
    "//example.org/",
    "///example.org/",
    "/\\example.org/",
    "https:example.org",
    "https:///example.org",
    "https://example.org\\.gov.cn/",
    "https://example.org\\@www.gov.cn/",
    "https://www.gov.cn@example.org/",
    "https://user:word@example.org/",
    "https://exa mple.org/",
    "https://example.org/\nSet-Cookie:x",
    "https://example.org/\u202egpj.exe",
    "https://%65xample.org/",
    "https://example.org:99999/",
    "https://[::1]/",
    "https://-\u3002/",
    "https://",
    "https://example.org/" + "a" * external_links.MAX_URL_LENGTH,
    "",
]


def signed(address: str) -> str:
    """Return the address of the notice with a valid signature for any address."""
    return f"/leave/?{urlencode({'to': Signer(salt='core.display.external_links').sign(address)})}"


def render(html: str) -> str:
    with translation.override("en"):
        return str(RichText(html)).strip()


def href(html: str) -> str:
    return unescape(re.search(r'href="([^"]*)"', html)[1])


# --- the notice


@pytest.mark.parametrize("address", INVALID_URLS, ids=lambda address: repr(address)[:40])
def test_an_invalid_address_is_no_link_and_has_no_notice(client, district, address):
    assert external_links.parse_target(address) is None
    assert external_links.link_opening_tag(address) == "<a>"
    assert client.get(signed(address)).status_code == 404


@pytest.mark.parametrize(
    "to",
    [
        "",
        OTHER,
        f"{OTHER}:",
        f"{OTHER}:sig",
        ":",
        Signer(salt="other").sign(OTHER),
        Signer().sign(OTHER),
    ],
)
def test_the_notice_needs_a_signed_address(client, district, to):
    assert client.get("/leave/", {"to": to}).status_code == 404
    assert client.get("/leave/").status_code == 404


def test_a_signature_is_valid_for_one_address_only(client, district):
    good = external_links.leaving_notice_url(external_links.parse_target(OTHER))
    assert client.get(good).status_code == 200
    assert client.get(good.replace("example.org", "example.com")).status_code == 404
    assert client.post(good).status_code == 405


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_notice_names_the_target_with_one_link_on_and_one_back(client, district, prefix):
    response = client.get(prefix + signed(OTHER), headers={"referer": "http://testserver/schools/"})
    html = response.content.decode()
    assert "www.example.org" in html
    onward = re.findall(r'<a[^>]*href="https:[^>]*>', html)
    assert len(onward) == 1
    assert unescape(onward[0]).count(OTHER) == 2
    assert 'rel="noopener noreferrer nofollow"' in onward[0]
    assert 'href="http://testserver/schools/"' in html
    assert 'name="robots" content="noindex' in html
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("referer", ["https://elsewhere.example/", "javascript:alert(1)", ""])
def test_the_link_back_leads_to_this_site_only(client, district, referer):
    html = client.get(signed(OTHER), headers={"referer": referer}).content.decode()
    assert "elsewhere.example" not in html
    assert "javascript:" not in html
    assert re.search(r'class="btn"\s+href="/"', html)


def test_a_host_in_its_own_script_is_shown_in_both(client, district):
    target = external_links.parse_target("https://例子.中国/路?a=字")
    assert target.host == "xn--fsqu00a.xn--fiqs8s"
    html = client.get(external_links.leaving_notice_url(target)).content.decode()
    assert "例子.中国" in html
    assert 'href="https://xn--fsqu00a.xn--fiqs8s/路?a=字"' in unescape(html)


def test_a_look_alike_host_is_shown_in_punycode():
    """The first letter is Cyrillic; the dots are full-width."""
    assert external_links.parse_target("https://\u0435xample.org/").host == "xn--xample-2of.org"
    assert external_links.parse_target("https://www．gov．cn/").host == "www.gov.cn"


# --- links in pages


def test_outside_links_of_rich_text_lead_through_the_notice(client, district):
    html = render(f'<p><a href="{OTHER.replace("&", "&amp;")}">他站</a></p>')
    assert href(html).startswith("/en/leave/?to=")
    assert client.get(href(html)).status_code == 200
    assert "Outside link:" in html
    assert unescape(re.search(r'data-address="([^"]*)"', html)[1]) == OTHER
    assert html.endswith("他站</a></p>")


@pytest.mark.parametrize("host", ["www.gov.cn", "gov.cn", "WWW.JINING.GOV.CN", "a.named.example"])
def test_official_and_named_sites_need_no_notice(settings, host):
    settings.DIRECT_HOSTS = ["named.example"]
    html = render(f'<p><a href="https://{host}/x">a</a></p>')
    assert href(html) == f"https://{host.lower()}/x"
    assert "Outside link:" in html


@pytest.mark.parametrize(
    "host", ["notgov.cn", "gov.cn.example.org", "example.org", "xnamed.example"]
)
def test_hosts_that_look_official_need_the_notice(settings, host):
    settings.DIRECT_HOSTS = ["named.example"]
    assert href(render(f'<a href="http://{host}/#.gov.cn">a</a>')).startswith("/en/leave/")


def test_links_to_own_hosts_are_internal(settings):
    settings.ALLOWED_HOSTS = [".district.example", "*"]
    html = render('<a href="https://www.district.example/x">a</a>')
    assert html == '<a href="https://www.district.example/x">a</a>'


@pytest.mark.parametrize(
    "address", ["//example.org/", "/\\example.org/", "ftp://example.org/", "javascript:alert(1)"]
)
def test_links_that_would_avoid_the_notice_are_removed(address):
    assert render(f'<p><a href="{address}">a</a></p>') == "<p><a>a</a></p>"


def test_a_capital_scheme_leads_through_the_notice():
    assert href(render('<a href="HTTPS://example.org/">a</a>')).startswith("/en/leave/")


def test_internal_mail_and_phone_links_stay_unchanged():
    html = (
        '<p><a href="/schools/">a</a><a href="#b">b</a><a href="mailto:a@b.cn">c</a>'
        '<a href="tel:12345">d</a></p>'
    )
    assert render(html) == html


def test_the_external_link_tag_leads_through_the_notice():
    page = Template("{% load yipin %}{% external_link address text %}")
    html = page.render(Context({"address": OTHER, "text": "<出处>"}))
    assert "/leave/?to=" in html
    assert html.endswith("&lt;出处&gt;</a>")
    invalid = Context({"address": "javascript:alert(1)", "text": "a"})
    assert page.render(invalid) == "<a>a</a>"
