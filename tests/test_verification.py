"""The record proves itself: whatever is changed behind its back is named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from moderation import record, verification
from moderation.models import RecordEntry
from tests.attacks import public_page, waiting_page
from tests.district import decide, fresh


def sql(statement, *values):
    """As somebody with the database writes it, past every guard."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verify(**options):
    call_command("verify_record", verbosity=0, **options)


@pytest.fixture
def public(district):
    return public_page(district)


def entry(page, kind):
    return RecordEntry.objects.filter(page_id=page.pk, kind=kind).first()


def test_what_people_really_did_is_proved(district, public, capsys):
    waiting_page(district, title="二", kind="branch")
    assert list(verification.problems()) == []
    call_command("verify_record", head=[record.head_hash()])
    assert record.head_hash() in capsys.readouterr().out


def test_a_changed_opinion_is_named(public):
    changed = entry(public, "approval")
    sql("UPDATE moderation_recordentry SET opinion = %s WHERE id = %s", "同意。", changed.pk)
    [problem] = verification.problems()
    assert problem.entry_id == changed.pk
    with pytest.raises(CommandError):
        verify()


def test_an_entry_taken_out_is_named(public):
    gone = entry(public, "approval")
    sql("DELETE FROM moderation_recordentry WHERE id = %s", gone.pk)
    first = next(iter(verification.problems()))
    assert first.entry_id == RecordEntry.objects.filter(pk__gt=gone.pk).first().pk


def test_an_end_cut_off_is_named(public):
    sql("DELETE FROM moderation_recordentry WHERE id = %s", RecordEntry.objects.last().pk)
    assert list(verification.chain_problems())


def test_a_record_written_anew_does_not_hold_the_printed_head(public):
    head = record.head_hash()
    verify(head=[head])
    with pytest.raises(CommandError):
        verify(head=["f" * 64])


def test_exchanged_and_lost_contents_are_named(public):
    digest = entry(public, "publication").digest
    sql("UPDATE moderation_recordedcontent SET text = %s WHERE digest = %s", "{}", digest)
    assert len(list(verification.content_problems())) == 1
    sql("DELETE FROM moderation_recordedcontent WHERE digest = %s", digest)
    assert list(verification.content_problems())


def test_a_text_exchanged_in_public_is_named(public):
    sql("UPDATE brands_brandpage SET slogan = %s WHERE page_ptr_id = %s", "偷换", public.pk)
    [problem] = verification.problems()
    assert problem.page_id == public.pk


def test_a_draft_put_live_past_everything_is_named(district):
    page = waiting_page(district)
    decide(page, district.reviewer1)
    sql(
        "UPDATE wagtailcore_page SET live = %s, live_revision_id = latest_revision_id "
        "WHERE id = %s",
        True,
        page.pk,
    )
    [problem] = verification.problems()
    assert problem.page_id == page.pk


def test_a_publication_without_all_its_approvals_is_named(district, public):
    """Even with a chain that is whole: somebody could have appended the entry alone."""
    page = fresh(public)
    page.slogan = "没有审过"
    revision = page.save_revision(user=district.editor1)
    from core.publishing import publishing

    with publishing(page):
        revision.publish(skip_permission_checks=True)
    said = {"workflow_state_id": 10**9, "levels": ["school", "section", "final"]}
    record.append(RecordEntry.Kind.PUBLICATION, fresh(page), revision, **said)
    [problem] = verification.problems()
    assert problem.page_id == page.pk
