"""A public page as a machine reads it, and the details of the site that its head repeats."""

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser

from core.publishing.contexts import confirmed_change
from tests.helpers.content import HomePage
from tests.helpers.district import fresh

SITE_INFO = {
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
SITE_TAGS = {"SiteName": "教育党建", "SiteDomain": "localhost", "SiteIDCode": "3708110042"}
COLUMN_TAGS = {"ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"}
ARTICLE_TAGS = {"ArticleTitle", "PubDate", "ContentSource", "Keywords", "Description", "Url"}


@dataclass
class PageReader(HTMLParser):
    """The meta tags, links and scripts of a page, and its footer's text and links."""

    html: str
    meta: dict[str, str] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    footer: str = ""
    footer_links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        super().__init__()
        self._script_type, self._in_footer, self._href = None, False, None
        self.feed(self.html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "meta" and (name := attributes.get("name") or attributes.get("property")):
            assert name.lower() not in {known.lower() for known in self.meta}, name
            self.meta[name] = attributes["content"]
        elif tag == "link":
            self.links.setdefault(attributes["rel"], []).append(attributes["href"])
        elif tag == "script":
            self._script_type = attributes.get("type", "")
        elif tag == "footer" and "foot" in attributes.get("class", "").split():
            self._in_footer = True
        elif tag == "a" and self._in_footer:
            self._href = attributes["href"]

    def handle_endtag(self, tag):
        if tag == "footer":
            self._in_footer = False
        elif tag == "a":
            self._href = None
        elif tag == "script":
            self._script_type = None

    def handle_data(self, data):
        if self._script_type is not None:
            self.scripts.append((self._script_type, data))
        elif self._in_footer:
            self.footer += data
            if self._href:
                self.footer_links[data.strip()] = self._href

    @property
    def json_ld(self) -> dict[str, dict]:
        """Type → the node of that type in the JSON-LD block."""
        assert [kind for kind, _text in self.scripts] in ([], ["application/ld+json"])
        nodes = [node for _kind, text in self.scripts for node in json.loads(text)["@graph"]]
        return {node["@type"]: node for node in nodes}


def read_page(client, url: str, status: int = 200) -> PageReader:
    """Return the page at `url`, which answers with `status`."""
    response = client.get(url)
    assert response.status_code == status
    return PageReader(response.content.decode())


def update_home(home, **fields) -> HomePage:
    """Change the home page as if a new version had been reviewed."""
    with confirmed_change():
        HomePage.objects.filter(pk=home.pk).update(**fields)
    return fresh(home)
