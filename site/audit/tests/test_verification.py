"""The record proves itself: whatever is changed behind its back is named."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.dateparse import parse_datetime
from wagtail.images.tests.utils import get_test_image_file

from audit import record, verification
from audit.models import RecordEntry
from core.models import Image
from core.publishing.contexts import publishing
from tests.helpers.content import withdrawal
from tests.helpers.district import decide, fresh, submit
from tests.helpers.publish_attempts import public_page, waiting_page


def sql(statement, *values):
    """As somebody with the database writes it, past every guard."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verify(**options):
    call_command("verify_record", verbosity=0, **options)


@pytest.fixture
def public(district):
    return public_page(district)


def entry_of(page, kind):
    return RecordEntry.objects.filter(page_id=page.pk, kind=kind).first()


def test_an_untouched_record_is_verified(district, public, capsys):
    waiting_page(district, title="二", kind="branch")
    assert list(verification.find_problems()) == []
    call_command("verify_record", head=[record.head_hash()])
    assert record.head_hash() in capsys.readouterr().out


def test_a_changed_opinion_is_reported(public):
    changed = entry_of(public, "approval")
    sql("UPDATE audit_recordentry SET opinion = %s WHERE id = %s", "同意。", changed.pk)
    [problem] = verification.find_problems()
    assert problem.entry_id == changed.pk
    with pytest.raises(CommandError):
        verify()


def test_a_withdrawn_page_put_back_by_hand_is_reported(district, public):
    revision = public.live_revision_id
    withdrawal.withdraw(public, district.final, "内容有误。")
    assert list(verification.find_problems()) == []
    sql(
        "UPDATE wagtailcore_page SET live = %s, live_revision_id = %s WHERE id = %s",
        True, revision, public.pk,
    )  # fmt: skip
    sql("UPDATE brands_brandpage SET withdrawn_at = NULL")
    assert {problem.page_id for problem in verification.find_problems()} == {public.pk}


def test_a_page_set_back_to_a_version_that_was_replaced_is_reported(district, public):
    old = public.live_revision_id
    slogan, public.slogan = public.slogan, "新的"
    public.save_revision(user=district.editor1)
    submit(fresh(public), district.editor1)
    for person in (district.reviewer1, district.section, district.final):
        assert decide(fresh(public), person) is None
    assert list(verification.find_problems()) == []
    sql("UPDATE wagtailcore_page SET live_revision_id = %s WHERE id = %s", old, public.pk)
    sql("UPDATE brands_brandpage SET slogan = %s WHERE page_ptr_id = %s", slogan, public.pk)
    assert {problem.page_id for problem in verification.find_problems()} == {public.pk}


def test_exchanged_and_missing_bytes_of_files_are_reported(district):
    image = Image.objects.create(title="图", description="图", file=get_test_image_file())
    image.get_file_hash()
    assert list(verification.find_problems()) == []
    with image.file.storage.open(image.file.name, "wb") as stored:
        stored.write(b"something else")
    [problem] = verification.find_problems()
    assert "被替换" in str(problem)
    image.file.storage.delete(image.file.name)
    [problem] = verification.find_problems()
    assert "文件丢失" in str(problem)


def test_times_survive_a_copy_in_json(public):
    """Django's JSON keeps milliseconds; what the hash covers must not be finer."""
    for entry in RecordEntry.objects.all():
        copied = parse_datetime(json.loads(json.dumps(entry.at, cls=DjangoJSONEncoder)))
        assert copied == entry.at


def test_an_entry_taken_out_is_reported(public):
    removed = entry_of(public, "approval")
    sql("DELETE FROM audit_recordentry WHERE id = %s", removed.pk)
    first = next(iter(verification.find_problems()))
    assert first.entry_id == RecordEntry.objects.filter(pk__gt=removed.pk).first().pk


def test_an_end_cut_off_is_reported(public):
    sql("DELETE FROM audit_recordentry WHERE id = %s", RecordEntry.objects.last().pk)
    assert list(verification.chain_problems())


def test_a_printed_head_that_is_not_in_the_chain_is_reported(public):
    head = record.head_hash()
    verify(head=[head])
    with pytest.raises(CommandError):
        verify(head=["f" * 64])


def test_exchanged_and_lost_contents_are_reported(public):
    digest = entry_of(public, "publication").digest
    sql("UPDATE audit_recordedcontent SET text = %s WHERE digest = %s", "{}", digest)
    assert len(list(verification.content_problems())) == 1
    sql("DELETE FROM audit_recordedcontent WHERE digest = %s", digest)
    assert list(verification.content_problems())


def test_a_text_exchanged_in_public_is_reported(public):
    sql("UPDATE brands_brandpage SET slogan = %s WHERE page_ptr_id = %s", "偷换", public.pk)
    assert public.pk in {problem.page_id for problem in verification.public_problems(print)}


def test_a_draft_set_live_in_the_database_is_reported(district):
    page = waiting_page(district)
    decide(page, district.reviewer1)
    sql(
        "UPDATE wagtailcore_page SET live = %s, live_revision_id = latest_revision_id "
        "WHERE id = %s",
        True,
        page.pk,
    )
    assert page.pk in {problem.page_id for problem in verification.public_problems(print)}


def test_a_publication_without_all_its_approvals_is_reported(district, public):
    """Even with a chain that is whole: somebody could have appended the entry alone."""
    page = fresh(public)
    page.slogan = "没有审过"
    revision = page.save_revision(user=district.editor1)
    with publishing(page):
        revision.publish(skip_permission_checks=True)
    fields = {"workflow_state_id": 10**9, "levels": ["school", "section", "final"]}
    record.append(RecordEntry.Kind.PUBLICATION, fresh(page), revision, **fields)
    [problem] = verification.find_problems()
    assert problem.page_id == page.pk
