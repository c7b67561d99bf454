"""What the editor's form lets a teacher save, and what it asks before submitting."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from news.models import NewsPage

pytestmark = pytest.mark.django_db


def form_for(**values):
    """The editor's form, filled in as a complete item and then changed by `values`."""
    body = streamfield([("paragraph", rich_text("<p>走廊里的七张表。</p>"))])
    data = {
        "title": "晾晒会",
        "kind": "activity",
        "summary": "表格贴上墙。",
        "author_name": "办公室",
        "body": body,
        "attachments": inline_formset([]),
    }
    form_class = NewsPage.get_edit_handler().get_form_class()
    return form_class(nested_form_data(data | values), instance=NewsPage())


def in_days(number: int) -> date:
    return timezone.localdate() + timedelta(days=number)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": "public_notice"}, "notice_until"),
        ({"notice_until": in_days(3)}, "notice_until"),
        ({"kind": "public_notice", "notice_until": in_days(-1)}, "notice_until"),
        ({"kind": "public_notice", "notice_until": in_days(400)}, "notice_until"),
        ({"kind": "public_notice", "notice_until": date.max}, "notice_until"),
        ({"event_date": in_days(400)}, "event_date"),
        ({"summary": ""}, "summary"),
        ({"body": streamfield([])}, "body"),
    ],
)
def test_what_is_not_right_is_saved_as_a_draft_but_not_submitted(values, field):
    draft = form_for(**values)
    draft.defer_required_fields()
    assert draft.is_valid()
    assert list(form_for(**values).errors) == [field]


def test_a_complete_notice_is_submitted():
    assert form_for(kind="public_notice", notice_until=in_days(0)).is_valid()


def test_after_a_draft_was_saved_a_submission_is_still_checked():
    draft = form_for(kind="public_notice")
    draft.defer_required_fields()
    assert draft.is_valid()
    draft.restore_required_fields()
    draft.full_clean()
    assert list(draft.errors) == ["notice_until"]
