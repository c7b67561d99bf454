"""What must disappear from the record goes by two people, and the chain still holds."""

import pytest
from django.db import connection
from django.urls import reverse

from audit import record, verification
from audit.hash_chain import hash_of
from audit.models import RecordedContent, RecordEntry
from change_requests.models import ChangeRequest
from change_requests.tests.helpers import by_two, decide_on
from tests.helpers.content import withdraw
from tests.helpers.district import create_user, decide, fresh
from tests.helpers.publish_attempts import public_page, waiting_page

pytestmark = pytest.mark.once

FORM = "change_requests_propose_erasure"


@pytest.fixture
def withdrawn(district):
    """A page that named a child; it was returned once, then published and withdrawn."""
    page = public_page(district, title="张小明的故事", slogan="张小明真棒")
    withdraw(page, district.final, "监护人撤回同意。")
    return fresh(page)


def erase(client, district, entry, *fields):
    form = {"entry": entry.pk, "fields_to_erase": fields}
    return by_two(client, district.admin, district.final, reverse(FORM), form)


def texts_of_record():
    entries = RecordEntry.objects.exclude(kind="change").values_list("title", "opinion")
    contents = RecordedContent.objects.values_list("text", flat=True)
    return str([list(entries), list(contents)])


def test_an_erased_content_is_gone_and_the_chain_verifies(client, district, withdrawn):
    hashes = list(RecordEntry.objects.order_by("pk").values_list("hash", flat=True))
    for entry in list(RecordEntry.objects.filter(page_id=withdrawn.pk)):
        erase(client, district, entry, "title")
    assert "张小明" not in texts_of_record()
    kept = RecordEntry.objects.order_by("pk").values_list("hash", flat=True)[: len(hashes)]
    assert list(kept) == hashes
    assert list(verification.find_problems()) == []
    erasure = RecordEntry.objects.filter(kind="erasure").last()
    assert erasure.user_id == district.final.pk and erasure.opinion


def test_an_opinion_is_erased_alone(client, district):
    page = waiting_page(district)
    decide(page, district.reviewer1, "reject", "请删去李小红的病历。")
    entry = RecordEntry.objects.get(kind="return")
    erase(client, district, entry, "opinion")
    entry.refresh_from_db()
    assert entry.opinion == "" and entry.title
    assert list(verification.find_problems()) == []


def test_what_else_is_changed_of_an_erased_entry_is_found(client, district, withdrawn):
    entry = RecordEntry.objects.get(page_id=withdrawn.pk, kind="publication")
    erase(client, district, entry, "title")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_recordentry SET user_id = 0 WHERE id = %s", [entry.pk])
    assert entry.pk in {problem.entry_id for problem in verification.chain_problems()}


def test_a_public_page_whose_content_was_erased_still_verifies(client, district):
    page = public_page(district)
    erase(client, district, RecordEntry.objects.get(page_id=page.pk, kind="publication"))
    assert list(verification.find_problems()) == []


@pytest.mark.parametrize("name", ["editor1", "reviewer1", "section", "web_editor"])
def test_nobody_else_proposes_an_erasure(client, district, withdrawn, name):
    client.force_login(getattr(district, name))
    entry = RecordEntry.objects.filter(page_id=withdrawn.pk).first()
    client.post(reverse(FORM), {"entry": entry.pk, "reason": "请删"})
    assert not ChangeRequest.objects.exists()


def test_one_person_alone_erases_nothing(client, district, withdrawn):
    client.force_login(district.admin)
    entry = RecordEntry.objects.filter(page_id=withdrawn.pk).first()
    client.post(reverse(FORM), {"entry": entry.pk, "fields_to_erase": ["title"], "reason": "请删"})
    decide_on(client, district.admin, ChangeRequest.objects.get())
    entry.refresh_from_db()
    assert entry.title and RecordedContent.objects.exclude(text="").exists()


@pytest.mark.parametrize(
    "wrong", [{"entry": 0}, {"entry": 10**12}, {"entry": "x"}, {"fields_to_erase": ["user_name"]}]
)
def test_a_wrong_form_is_named(client, district, withdrawn, wrong):
    client.force_login(district.admin)
    entry = RecordEntry.objects.filter(page_id=withdrawn.pk).first()
    answer = client.post(reverse(FORM), {"entry": entry.pk, "reason": "请删"} | wrong)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert not ChangeRequest.objects.exists()


def test_a_final_approver_proposes_and_another_confirms(client, district, withdrawn):
    other = create_user("final2", "final_approver", district.home)
    entry = RecordEntry.objects.filter(page_id=withdrawn.pk).first()
    form = {"entry": entry.pk, "fields_to_erase": ["title"]}
    by_two(client, district.final, other, reverse(FORM), form)
    entry.refresh_from_db()
    assert entry.title == ""


def test_a_forged_erasure_hides_nothing(district, withdrawn):
    """Appended to a chain that is whole; the entry was rewritten before."""
    entry = RecordEntry.objects.get(page_id=withdrawn.pk, kind="approval", level="final")
    with connection.cursor() as cursor:
        sql = "UPDATE audit_recordentry SET opinion = '伪造', title = '' WHERE id = %s"
        cursor.execute(sql, [entry.pk])
    entry.refresh_from_db()
    detail = {"entry": entry.pk, "digest": "", "fields": ["title"]}
    detail |= {"hash": entry.hash, "rest": hash_of(entry)}
    record.append_without_content("erasure", "抹除", detail=detail)
    assert list(verification.find_problems())


def test_what_was_tampered_with_is_not_erased(client, district, withdrawn):
    entry = RecordEntry.objects.get(page_id=withdrawn.pk, kind="approval", level="final")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_recordentry SET user_id = 1 WHERE id = %s", [entry.pk])
    client.force_login(district.admin)
    form = {"entry": entry.pk, "fields_to_erase": ["title"], "reason": "请删"}
    assert client.post(reverse(FORM), form).status_code == 200
    assert not ChangeRequest.objects.exists()


def test_the_content_of_what_waits_is_not_erased(client, district):
    page = waiting_page(district)
    client.force_login(district.admin)
    entry = RecordEntry.objects.get(page_id=page.pk, kind="submission")
    assert client.post(reverse(FORM), {"entry": entry.pk, "reason": "请删"}).status_code == 200
    assert not ChangeRequest.objects.exists()
