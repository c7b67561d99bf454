"""The hash of an entry and the digest of a text: what was once computed must be computed again."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Revision

from audit.content_digest import canonical_text, digest_of, media_digests
from audit.hash_chain import HASHED, hash_of, to_milliseconds
from audit.models import RecordEntry
from core.models import Image
from tests.helpers.content import BrandPage, StandardPage

MOMENT = datetime(2026, 11, 27, 8, 30, 15, 123000, tzinfo=UTC)
FIELDS = {
    "previous": "0" * 64,
    "kind": "approval",
    "at": MOMENT,
    "district_key": UUID("12345678-1234-5678-1234-567812345678"),
    "page_id": 42,
    "page_path": "/home/schools/dongmen/brand/",
    "title": "党旗映彩虹",
    "content_kind": "品牌",
    "school": "东门大街小学",
    "revision_id": 7,
    "workflow_state_id": 3,
    "digest": "a" * 64,
    "level": "section",
    "levels": ["school", "section", "final"],
    "urgent": False,
    "user_id": 9,
    "user_name": "section",
    "user_role": "科室审核人",
    "opinion": "同意。",
    "ticks": ["wording", "leaders"],
    "secrecy": "open",
    "detail": {"authors": [1, 2], "in_order": True},
}
HASH = "0d69535da79f0c8f4794abfb729268968ac3e7130de885363fd9436d596d5fdb"
CONTENT = {
    "pk": 42,
    "title": "关于一品",
    "slug": "about",
    "body": '[{"type": "paragraph", "value": "<p>内容。</p>", "id": "1"}]',
    "live": True,
    "expired": True,
    "seo_title": "",
    "translation_key": "12345678-1234-5678-1234-567812345678",
}
TEXT = (
    r'{"content": {"body": "[{\"type\": \"paragraph\", \"value\": \"<p>内容。</p>\", '
    r'\"id\": \"1\"}]", "expired": false, "seo_title": "", "slug": "about", "title": "关于一品", '
    r'"translation_key": "12345678-1234-5678-1234-567812345678"}, '
    r'"media": [], "parent": "00010001"}'
)
DIGEST = "fa901a2d01de415210ea2fb75e4ccb6932eb17f3489d9da4db6ef4c033943266"


def test_the_fixed_entry_has_the_hash_it_always_had():
    assert set(FIELDS) == set(HASHED)
    assert hash_of(RecordEntry(**FIELDS)) == HASH


@pytest.mark.parametrize("name", HASHED)
def test_every_hashed_field_counts(name):
    other = {"at": MOMENT + timedelta(milliseconds=1), "urgent": True}.get(name, "changed")
    assert hash_of(RecordEntry(**FIELDS | {name: other})) != HASH


def test_the_same_moment_in_another_time_zone_has_the_same_hash():
    local = MOMENT.astimezone(timezone(timedelta(hours=8)))
    assert hash_of(RecordEntry(**FIELDS | {"at": local})) == HASH


def test_the_initial_publication_and_the_check_keep_their_stored_values():
    assert RecordEntry.Kind.INITIAL_PUBLICATION == "founding"
    assert RecordEntry.Kind.POST_PUBLICATION_CHECK == "look"


@pytest.mark.django_db
def test_the_fixed_content_has_the_text_and_digest_it_always_had():
    page = StandardPage(title=CONTENT["title"], path="000100010002", depth=3)
    text = canonical_text(page, Revision(content=CONTENT), page)
    assert text == TEXT
    assert digest_of(text) == DIGEST


@pytest.mark.django_db
def test_a_picture_counts_with_its_file_and_its_words():
    image = Image.objects.create(
        title="图",
        description="描述",
        credit="摄影",
        file=get_test_image_file(),
    )
    Image.objects.filter(pk=image.pk).update(file_hash="b" * 40)
    expected = f"image {image.pk} {image.file.name} {'b' * 40} 图 描述 False 摄影"
    assert media_digests(BrandPage(title="品牌", cover=image)) == {expected}


def test_a_moment_is_cut_to_what_json_keeps():
    assert to_milliseconds(MOMENT.replace(microsecond=123999)) == MOMENT
