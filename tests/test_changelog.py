"""The changelog names the version that the code names, alike in both languages."""

import json
import re
from datetime import date

import pytest
from django.conf import settings

from district import __version__
from tests.helpers.repository import ROOT

CHANGELOGS = ("CHANGELOG.md", "CHANGELOG.zh-CN.md")
HEADING = re.compile(r"^## \[([^\]]+)\](?: - (\S+))?$", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CHANGELOGS)
def test_the_newest_release_is_this_version(name):
    unreleased, *releases = HEADING.findall(text_of(name))
    assert unreleased == ("Unreleased", "")
    assert releases[0][0] == __version__
    days = [date.fromisoformat(day) for _version, day in releases]
    assert days == sorted(days, reverse=True)


def test_both_languages_tell_the_same():
    """As many entries in each section of each release."""
    shapes = [
        [re.match(r"#+ \[.*|#+|-", line)[0] for line in re.findall(r"^(?:#|- ).*", text, re.M)]
        for text in map(text_of, CHANGELOGS)
    ]
    assert shapes[0] == shapes[1]


def test_an_administrator_sees_the_version(client, district):
    client.force_login(district.admin)
    html = client.get("/admin/").content.decode()
    assert json.dumps(f"{settings.WAGTAIL_SITE_NAME} {__version__}")[1:-1] in html
    assert "Wagtail v" not in html
