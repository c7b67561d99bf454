"""What verification notices of what is changed beside the record, by SQL and on the disk.

Each row: a change as somebody makes it who owns the database or the disk, and whether it is found.
What a chain kept in the database cannot prove is listed as such, not left out.
"""

import copy
from datetime import timedelta

import pytest
from django.utils import timezone

from audit import record, verification
from audit.hash_chain import GENESIS
from audit.models import RecordHead
from audit.tests import tampering
from audit.tests.tampering import another_image, exchange, make_document, sql, table_sql
from core.tests.factories import make_image
from roles.models import Deputy, Role
from tests.helpers.district import create_user, find_district
from tests.helpers.publish_attempts import public_page, waiting_page


@pytest.fixture(scope="module")
def scene_of_module(module_transaction):
    """A public page with a picture and a document, one that waits, a deputy, a pool reviewer."""
    scene = find_district()
    school = scene.schools[0]
    scene.image = make_image(400, 300, collection=school.collection)
    scene.document = make_document(school.collection)
    link = f'<p><a linktype="document" id="{scene.document.pk}">附件</a></p>'
    body = [("image", {"image": scene.image, "caption": "图"})]
    scene.page = public_page(scene, meaning=link, body=body)
    scene.waiting = waiting_page(scene, title="待审", kind="branch")
    scene.image.get_rendition("width-100|format-webp")
    create_user("pool", Role.POOL_REVIEWER, scene.home)
    scene.people["colleague2"] = create_user("colleague2", Role.WEB_EDITOR, scene.home)
    today = timezone.localdate()
    Deputy.objects.create(
        level="section",
        scope_key=scene.home.translation_key,
        user=scene.web_editor,
        starts_on=today,
        ends_on=today + timedelta(days=3),
        reason="出差",
    )
    assert [str(problem) for problem in verification.find_problems()] == []
    return scene


@pytest.fixture
def scene(scene_of_module, db):
    """What a test changes is rolled back; files on the disk are its own."""
    return copy.copy(scene_of_module)


FOUND = {
    "opinion changed": table_sql(
        "UPDATE audit_recordentry SET opinion = 'x' WHERE kind = 'approval'"
    ),
    "decider changed": table_sql(
        "UPDATE audit_recordentry SET user_id = 0 WHERE kind = 'approval'"
    ),
    "entry taken out": table_sql("DELETE FROM audit_recordentry WHERE kind = 'approval'"),
    "head set back alone": lambda scene: RecordHead.objects.update(hash=GENESIS, length=0),
    "recorded content exchanged": table_sql("UPDATE audit_recordedcontent SET text = '{}'"),
    "recorded content deleted": table_sql("DELETE FROM audit_recordedcontent"),
    "recorded content emptied": table_sql("UPDATE audit_recordedcontent SET text = ''"),
    "public text exchanged": table_sql(
        "UPDATE brands_brandpage SET slogan = 'x' WHERE page_ptr_id = %s", "page.pk"
    ),
    "title exchanged": table_sql(
        "UPDATE wagtailcore_page SET title = 'x' WHERE id = %s", "page.pk"
    ),
    "draft set live": table_sql(
        "UPDATE wagtailcore_page SET live = %s, live_revision_id = latest_revision_id "
        "WHERE id = %s",
        True,
        "waiting.pk",
    ),
    "page set not live": table_sql(
        "UPDATE wagtailcore_page SET live = %s WHERE id = %s", False, "page.pk"
    ),
    "address changed": table_sql(
        "UPDATE wagtailcore_page SET url_path = '/x/y/' WHERE id = %s", "page.pk"
    ),
    "slug changed": table_sql("UPDATE wagtailcore_page SET slug = 'x' WHERE id = %s", "page.pk"),
    "first date changed": table_sql(
        "UPDATE wagtailcore_page SET first_published_at = '2020-01-01 00:00:00+00:00' "
        "WHERE id = %s",
        "page.pk",
    ),
    "rule lowered": tampering.lower_the_rule,
    "rule deleted": table_sql("DELETE FROM roles_levelrule WHERE in_school = %s", True),
    "terms of review changed": table_sql("UPDATE roles_reviewsettings SET remind_after = 1"),
    "member added": tampering.add_member,
    "member removed": table_sql("DELETE FROM accounts_user_groups WHERE user_id = %s", "final.pk"),
    "deputy added to": table_sql("UPDATE roles_deputy SET ends_on = '2099-01-01'"),
    "deputy deleted": table_sql("DELETE FROM roles_deputy"),
    "superuser made": table_sql(
        "UPDATE accounts_user SET is_superuser = %s WHERE id = %s", True, "editor1.pk"
    ),
    "superuser unmade": table_sql(
        "UPDATE accounts_user SET is_superuser = %s WHERE id = %s", False, "admin.pk"
    ),
    "host changed": table_sql("UPDATE wagtailcore_site SET hostname = 'evil.example'"),
    "root page changed": lambda scene: sql(
        "UPDATE wagtailcore_site SET root_page_id = %s", scene.schools[0].pk
    ),
    "redirect added": tampering.add_redirect,
    "slot filled": tampering.add_slot,
    "result promoted": tampering.add_promoted_result,
    "restriction set": tampering.add_restriction,
    "search text exchanged": table_sql("UPDATE search_publictext SET text = 'x'"),
    "page hidden from the search": table_sql(
        "DELETE FROM search_publictext WHERE entry_id = %s", "page.pk"
    ),
    "original exchanged on the disk": lambda scene: exchange(another_image(scene), b"other"),
    "document exchanged on the disk": lambda scene: exchange(
        make_document(scene.schools[0].collection), b"other"
    ),
    "public picture exchanged on the disk": lambda scene: exchange(
        another_image(scene).get_rendition("width-20|format-webp"), b"other"
    ),
    "original lost": tampering.lose_an_original,
    "author approves, all hashes computed anew": tampering.add_an_approval_by_the_author,
    "fewer levels, all hashes computed anew": tampering.publish_by_fewer_levels,
    "uploader approved, the gate's list empty": tampering.forget_the_authors,
    "role lent for one approval": tampering.lend_a_role,
    "author of a correction exchanged": tampering.hide_a_correction,
    "settings of review deleted": table_sql("DELETE FROM roles_reviewsettings"),
    "account switched on": tampering.switch_on,
    "activation planted": tampering.plant_an_activation,
    "change by two made by one": tampering.change_alone,
}


@pytest.mark.parametrize("change", FOUND.values(), ids=FOUND)
def test_it_is_found(scene, change):
    change(scene)
    assert list(verification.find_problems())


def test_the_table_has_at_least_twenty_five_rows():
    assert len(FOUND) >= 25


# --- beyond a chain that is kept in the database -------------------------------------------------


BEYOND = {
    "opinion changed, all hashes computed anew": tampering.rewrite_an_opinion,
    "last entry cut off, head set back, nothing depends on it": tampering.cut_the_end,
}


@pytest.mark.parametrize("change", BEYOND.values(), ids=BEYOND)
def test_only_a_head_that_left_the_machine_shows_it(scene, change):
    record.append_without_content("change", "一项被拒绝的变更")
    head = record.head_hash()
    change(scene)
    assert list(verification.find_problems()) == []
    assert not verification.is_known_head(head)
