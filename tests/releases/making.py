"""Making the archive of the present version: the same district at each run, to the last byte.

So the clock stands still between two steps, and chance is a fixed series.
"""

import contextlib
import io
import json
import lzma
import random
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import Client
from wagtail.models import Page

from audit.content_digest import content_digest
from audit.models import RecordEntry
from brands.tests.factories import publish_brand
from core.tests.factories import make_image
from district import __version__
from news.models import NewsIndexPage
from news.tests.factories import publish_news
from redstudy.tests.factories import publish_route, publish_two_bases
from tests.helpers import migrated_database
from tests.helpers.district import brand_draft, decide, find_district, make_district
from tests.helpers.publish_attempts import public_page, waiting_page
from tests.releases import DATABASE, EXPECTED, MOST_BYTES, PRIVATE, SUFFIX, WAITING
from volunteering.tests.factories import publish_project

BEGIN = datetime(2026, 11, 27, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
# Addresses besides the pages' own.
MACHINES = ["/search/?q=党旗", "/sitemap.xml", "/robots.txt", "/feed/", "/admin/login/"]


def make(work: Path, folder: Path, replace: bool = False) -> Path:
    """Write the archive of this version into `folder`, and return its path.

    `work` is an empty folder, where the database lies that Django has been given.

    Raises:
        SystemExit: there is one already, and nobody said to replace it; or it is too large.
    """
    path = folder / f"{__version__}{SUFFIX}"
    if path.exists() and not replace:
        raise SystemExit(f"{path} exists: a release is made once (--replace, if it was a trial)")
    with _steady() as clock:
        migrated_database.copy_to_file(work / DATABASE)
        call_command("migrate", verbosity=0)
        _fill(clock)
        expected = json.dumps(expectations(), ensure_ascii=False, indent=1, sort_keys=True)
        # As in a backup, of which renditions are no part.
        with contextlib.redirect_stdout(io.StringIO()):
            call_command("wagtail_update_image_renditions", purge_only=True)
    connections.close_all()
    contents = work / "archive"
    contents.mkdir()
    (contents / EXPECTED).write_text(expected, encoding="utf-8")
    shutil.copytree(settings.PRIVATE_ROOT, contents / PRIVATE)
    with contextlib.closing(sqlite3.connect(work / DATABASE)) as database:
        database.execute("VACUUM INTO ?", [str(contents / DATABASE)])
    folder.mkdir(parents=True, exist_ok=True)
    _pack(contents, path)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path} has {path.stat().st_size} bytes: {MOST_BYTES} at most")
    return path


@contextlib.contextmanager
def _steady() -> Iterator[time_machine.Traveller]:
    """The same instants, keys, salts and names of files at each run."""
    chance = random.Random(__version__).randbytes
    with (
        mock.patch("os.urandom", chance),
        mock.patch("random._urandom", chance),
        time_machine.travel(BEGIN, tick=False) as clock,
    ):
        yield clock


def _fill(clock: time_machine.Traveller) -> None:
    """A district with pages of every kind and in every state of review."""
    make_district()
    district = find_district()
    first, second = district.schools
    cover = make_image(64, 40, collection=first.collection)
    bases = publish_two_bases(district)

    def returned():
        page = waiting_page(district, title="退回的品牌", kind="branch")
        assert decide(page, district.reviewer1, "reject", "请补写内涵。") is None

    def half_way():
        page = waiting_page(district, title=WAITING, kind="branch")
        assert decide(page, district.reviewer1) is None

    steps = [
        lambda: public_page(district, cover=cover),
        half_way,
        returned,
        lambda: brand_draft(first, district.colleague, title="草稿", kind="branch"),
        lambda: publish_brand(second),
        lambda: publish_news(second),
        lambda: publish_news(district.child(NewsIndexPage)),
        lambda: publish_route(parent=second, bases=bases),
        lambda: publish_project(parent=second, records=[{}]),
    ]
    for step in steps:
        clock.shift(timedelta(minutes=7))
        step()


def expectations() -> dict:
    """What must still hold after an upgrade: addresses, digests of contents, the record."""
    pages = Page.objects.filter(depth__gt=1).order_by("pk").specific()
    addresses = MACHINES + sorted(address(page) for page in pages if page.live)
    client = Client()
    answers = {each: client.get(each).status_code for each in addresses}
    assert set(answers.values()) == {200}, answers
    return {
        "version": __version__,
        "addresses": addresses,
        "digests": digests(),
        "record": list(RecordEntry.objects.order_by("pk").values_list("hash", flat=True)),
    }


def address(page: Page) -> str:
    """The path at which readers find `page`."""
    return urlsplit(page.full_url).path


def digests() -> dict[str, list[str]]:
    """Each page's content digests, of its latest version and of the one that is public."""
    pages = Page.objects.exclude(latest_revision=None).select_related(
        "latest_revision", "live_revision"
    )
    return {
        str(page.pk): [
            content_digest(page.specific, revision)
            for revision in (page.latest_revision, page.live_revision)
            if revision
        ]
        for page in pages.order_by("pk")
    }


def _pack(contents: Path, path: Path) -> None:
    """One archive of a folder, without owners and times, which say nothing."""

    def plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = member.mtime = 0
        member.uname = member.gname = ""
        member.mode = 0o755 if member.isdir() else 0o644
        return member

    with (
        lzma.open(path, "wb", preset=9 | lzma.PRESET_EXTREME) as compressed,
        tarfile.open(fileobj=compressed, mode="w") as archive,
    ):
        for name in (DATABASE, EXPECTED, PRIVATE):
            archive.add(contents / name, name, filter=plain)
