"""Approving several items at once: only what was read as it is, and where nothing was found."""

import pytest
from django.urls import reverse

from audit.models import RecordEntry
from review.models.queue import QueueItem, ReadReceipt
from review.tests.helpers import queue_titles
from tests.helpers.district import brand_draft, decision_form, fresh, submit


def read_item(client, user, page):
    client.force_login(user)
    state = fresh(page).current_workflow_task_state
    assert client.get(reverse("review_decide", args=[state.pk])).status_code == 200


def ticked(*pages):
    items = QueueItem.objects.filter(page_id__in=[page.pk for page in pages])
    return {"item": [f"{item.pk}:{item.digest}" for item in items]}


def answers(page):
    form = decision_form(fresh(page))
    return {"ticks": form["ticks"], "secrecy": form["secrecy"], "confirmed": "1"}


def approve_several(client, user, *pages, **more):
    client.force_login(user)
    return client.post(reverse("review_batch"), ticked(*pages) | more)


def approval_count() -> int:
    return RecordEntry.objects.filter(kind="approval").count()


@pytest.mark.parametrize("item", ["²:abc", f"{'9' * 5000}:abc", "-1:abc", ":", "x"])
def test_ticks_that_are_no_items_are_refused_in_words(client, district, waiting, item):
    client.force_login(district.reviewer1)
    assert client.post(reverse("review_batch"), {"item": item}).status_code == 302
    assert QueueItem.objects.count() == 1


def test_what_was_not_opened_is_not_approved_with_others(client, district, waiting):
    approve_several(client, district.reviewer1, waiting, **answers(waiting))
    assert approval_count() == 0


def test_what_changed_since_it_was_opened_is_left_out(client, district, waiting):
    read_item(client, district.reviewer1, waiting)
    ReadReceipt.objects.update(digest="0" * 64)
    approve_several(client, district.reviewer1, waiting, **answers(waiting))
    assert approval_count() == 0


def test_what_has_findings_is_left_out(client, district, waiting):
    read_item(client, district.reviewer1, waiting)
    QueueItem.objects.update(warnings=1)
    approve_several(client, district.reviewer1, waiting, **answers(waiting))
    assert approval_count() == 0


def test_people_of_other_levels_approve_nothing_at_once(client, district, waiting):
    read_item(client, district.reviewer1, waiting)
    for name in ("section", "final", "reviewer2", "editor1", "admin"):
        approve_several(client, getattr(district, name), waiting, **answers(waiting))
    assert approval_count() == 0


def test_without_the_list_nothing_is_approved(client, district, waiting):
    read_item(client, district.reviewer1, waiting)
    answer = approve_several(client, district.reviewer1, waiting, confirmed="1", secrecy="open")
    assert answer.status_code == 200
    assert approval_count() == 0


def test_secrecy_is_asked_of_the_level_that_answers_for_it(client, district, waiting):
    read_item(client, district.reviewer1, waiting)
    form = approve_several(client, district.reviewer1, waiting).context["form"]
    assert "secrecy" not in form.fields
    approve_several(client, district.reviewer1, waiting, **answers(waiting))
    assert RecordEntry.objects.get(kind="approval").secrecy == "", "nobody asked for it"
    read_item(client, district.section, waiting)
    form = approve_several(client, district.section, waiting).context["form"]
    assert form.fields["secrecy"].required
    approve_several(client, district.section, waiting, **answers(waiting))
    assert RecordEntry.objects.filter(kind="approval").last().secrecy == "open"


def test_several_are_approved_each_with_its_own_entry(client, district, waiting):
    other = brand_draft(district.schools[0], district.editor1, title="二", kind="branch")
    submit(other, district.editor1)
    for page in (waiting, other):
        read_item(client, district.reviewer1, page)
    assert approve_several(client, district.reviewer1, waiting, other).status_code == 200
    assert approval_count() == 0
    form = ticked(waiting, other) | answers(waiting)
    client.post(reverse("review_batch"), form)
    client.post(reverse("review_batch"), form)
    entries = RecordEntry.objects.filter(kind="approval")
    assert {entry.page_id for entry in entries} == {waiting.pk, other.pk}
    assert all(len(entry.ticks) == 7 for entry in entries)
    assert queue_titles(client, district.section) == [waiting.title, other.title]
