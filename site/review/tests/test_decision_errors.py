"""The decision screen: what is refused, why, and that nothing typed is lost."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from wagtail.images import get_image_model
from wagtail.models import TaskState

from audit.models import RecordEntry
from core.publishing.refusals import Refused
from review.domain import decisions
from review.tests.helpers import approve_by, decision_url, open_screen
from roles.models import Level
from tests.helpers.district import brand_draft, build_decision, decide, decision_form, fresh, submit
from tests.helpers.publish_attempts import current_level

pytestmark = pytest.mark.usefixtures("english")


def test_missing_ticks_are_named_and_nothing_typed_is_lost(client, district, waiting):
    client.force_login(district.reviewer1)
    posted = decision_form(waiting, comment="第二段已核对。", ticks=["names", "figures"])
    body = client.post(decision_url(waiting), posted).content.decode()
    assert "Tick every line of the proof-reading list" in body
    assert "the item still waits" in body
    assert "第二段已核对。" in body
    for value, ticked in (("names", True), ("figures", True), ("links", False)):
        line = next(line for line in body.split("<input") if f'value="{value}"' in line)
        assert ("checked" in line.split(">")[0]) is ticked
    assert current_level(waiting) == Level.SCHOOL


@pytest.mark.parametrize(
    ("result", "words"), [("", "how the secrecy review ended"), ("secret", "must not be public")]
)
def test_without_a_clean_secrecy_review_nothing_passes(client, district, waiting, result, words):
    page = approve_by(waiting, district.reviewer1)
    client.force_login(district.section)
    body = client.post(decision_url(page), decision_form(page, secrecy=result)).content.decode()
    assert words in body
    assert current_level(page) == Level.SECTION


def test_a_return_without_words_is_refused(client, district, waiting):
    client.force_login(district.reviewer1)
    posted = decision_form(waiting, "reject", "   ", ticks=["names"])
    assert (
        "Say what should be changed." in client.post(decision_url(waiting), posted).content.decode()
    )
    assert current_level(waiting) == Level.SCHOOL


def test_words_that_are_too_long_are_kept(client, district, waiting):
    client.force_login(district.reviewer1)
    long = "长" * 2001
    body = client.post(
        decision_url(waiting), decision_form(waiting, "reject", long)
    ).content.decode()
    assert long in body
    assert current_level(waiting) == Level.SCHOOL


def test_a_finding_that_blocks_is_shown_and_closes_approval(client, district, waiting):
    revision = waiting.latest_revision
    revision.content = revision.content | {"slogan": ""}
    revision.save()
    body = open_screen(client, district.reviewer1, decision_url(waiting))
    assert "decide-finding--block" in body
    assert "It cannot be approved as it is" in body
    button = body.split('value="approve"')[1].split(">")[0]
    assert "disabled" in button


def test_below_a_withdrawn_school_nothing_is_approved(client, district, waiting):
    school = district.schools[0]
    type(school)._base_manager.filter(pk=school.pk).update(withdrawn_at=timezone.now(), live=False)
    client.force_login(district.reviewer1)
    body = client.post(decision_url(waiting), decision_form(waiting)).content.decode()
    assert "nothing below it can become public" in body
    assert current_level(waiting) == Level.SCHOOL
    client.post(decision_url(waiting), decision_form(waiting, "reject", "学校已停办。"))
    assert fresh(waiting).current_workflow_state.status == "needs_changes"


def test_a_text_rewritten_in_place_is_read_again(client, district, waiting):
    client.force_login(district.reviewer1)
    posted = decision_form(waiting, comment="我读过了")
    revision = waiting.latest_revision
    revision.content = revision.content | {"slogan": "换过的口号"}
    revision.save()
    body = client.post(decision_url(waiting), posted).content.decode()
    assert "The text has changed since you opened it" in body
    assert "我读过了" in body
    assert "换过的口号" in body
    assert 'id="difference-opened"' in body
    # What was ticked was another text.
    assert "checked" not in body.split('class="decide-ticks"')[1].split("</fieldset>")[0]
    assert current_level(waiting) == Level.SCHOOL
    assert fresh(waiting).current_workflow_task_state.pk == waiting.current_workflow_task_state.pk
    # The screen that came back carries the new text's digest.
    assert decision_form(fresh(waiting))["digest"] in body


@pytest.fixture
def picture(tmp_path):
    """An image with a description."""
    path = tmp_path / "lamp.png"
    Pillow.new("RGB", (40, 30), (179, 32, 42)).save(path)
    return get_image_model().objects.create(
        title="灯", description="一盏灯", file=ContentFile(path.read_bytes(), "lamp.png")
    )


def test_a_picture_exchanged_behind_its_id_is_read_again(client, district, picture):
    page = brand_draft(district.schools[0], district.editor1, cover=picture)
    submit(page, district.editor1)
    client.force_login(district.reviewer1)
    posted = decision_form(fresh(page))
    table = get_image_model()._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET file_hash = %s WHERE id = %s",
            ["0" * 40, picture.pk],
        )
    body = client.post(decision_url(fresh(page)), posted).content.decode()
    assert "The text has changed since you opened it" in body
    assert "another file or other words than before" in body
    assert current_level(page) == Level.SCHOOL


def test_a_double_click_decides_once_and_says_what_happened(client, district, waiting):
    client.force_login(district.reviewer1)
    url, posted = decision_url(waiting), decision_form(waiting, comment="同意")
    client.post(url, posted)
    second = client.post(url, posted)
    assert second.status_code == 200
    body = second.content.decode()
    assert "decided meanwhile" in body
    assert "同意" in body
    assert RecordEntry.objects.filter(kind="approval").count() == 1
    assert current_level(waiting) == Level.SECTION


def test_the_second_of_two_reviewers_reads_what_the_first_did(client, district, waiting):
    page = approve_by(waiting, district.reviewer1)
    url, posted = decision_url(page), decision_form(page, "reject", "我的意见在此")
    stale = TaskState.objects.get(pk=page.current_workflow_task_state.pk)
    client.force_login(district.section2)
    assert client.get(url).status_code == 200
    assert decide(page, district.section) is None
    body = client.post(url, posted).content.decode()
    assert "decided meanwhile" in body
    assert str(district.section) in body
    assert current_level(page) == Level.FINAL
    # Both read the item before either wrote: the one who comes second is refused by the gate.
    with pytest.raises(Refused, match="decided meanwhile"):
        decisions.decide(stale.specific, district.section2, build_decision(page))


def test_what_was_typed_survives_a_race(client, district, waiting, monkeypatch):
    client.force_login(district.reviewer1)
    url, posted = decision_url(waiting), decision_form(waiting, "reject", "第三段缺出处。")
    colleague = district.final
    colleague.groups.add(*district.reviewer1.groups.all())
    original = decisions.decide

    def after_the_other(task_state, user, decision):
        monkeypatch.setattr(decisions, "decide", original)
        assert decide(fresh(waiting), colleague) is None
        original(task_state, user, decision)

    monkeypatch.setattr(decisions, "decide", after_the_other)
    body = client.post(url, posted).content.decode()
    assert "decided meanwhile" in body
    assert "第三段缺出处。" in body
    assert "It was not put on the record." in body


def test_the_preview_of_a_decided_item_says_so(client, district, waiting):
    state = waiting.current_workflow_task_state
    approve_by(waiting, district.reviewer1)
    url = reverse("review_preview", args=[state.pk])
    assert "decided meanwhile" in open_screen(client, district.reviewer1, url)
