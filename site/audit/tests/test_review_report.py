"""The review sheet: what it says of one submission, and that it outlives what it is about."""

import pytest
from django.urls import reverse
from wagtail.models import Page, WorkflowState

from audit.models import RecordHead
from audit.tests.helpers import LIST, get_as, report_url, submission_of
from tests.helpers.content import withdrawal
from tests.helpers.district import decide, decision_form, fresh
from tests.helpers.publish_attempts import delete_unguarded, waiting_page

pytestmark = pytest.mark.usefixtures("english")


def test_the_sheet_says_who_decided_what(client, district):
    page = waiting_page(district)
    assert decide(page, district.reviewer1, "reject", "写错了 <b>两</b> 处") is None
    fresh(page).current_workflow_state.resume(user=district.editor1)
    for name in ("reviewer1", "section", "final"):
        client.force_login(getattr(district, name))
        address = reverse("review_decide", args=[fresh(page).current_workflow_task_state.pk])
        client.post(address, decision_form(fresh(page)))
    response = get_as(client, district.section, report_url(page))
    content = response.content.decode()
    head = RecordHead.objects.get()
    assert head.hash in content
    assert f"Number of entries: {head.length}" in content
    for text in (page.title, district.schools[0].title, page.url_path, "final approver"):
        assert text in content
    assert "people, places, organisations" in content
    assert "nothing secret, may be public" in content
    assert [line.entry.kind for line in response.context["report"].decisions][-3:] == [
        "approval",
        "approval",
        "approval",
    ]


def test_a_return_stands_on_its_sheet_as_text(client, district):
    page = waiting_page(district)
    assert decide(page, district.reviewer1, "reject", "写错了 <b>两</b> 处") is None
    content = get_as(client, district.section, report_url(page)).content.decode()
    assert "写错了 &lt;b&gt;两&lt;/b&gt; 处" in content


def test_a_sheet_before_any_decision_says_so(client, district, reviewed):
    content = get_as(client, district.section, report_url(reviewed[1])).content.decode()
    assert "Nobody has decided yet." in content


def test_what_is_withdrawn_says_so_on_its_sheet(client, district, reviewed):
    page, _other = reviewed
    withdrawal.withdraw(page, district.final, "来源有误")
    assert "来源有误" in get_as(client, district.section, report_url(page)).content.decode()


def test_the_sheet_outlives_page_people_and_submission(client, district, reviewed):
    page, _other = reviewed
    address = report_url(page)
    before = get_as(client, district.reviewer1, address).context["report"]
    withdrawal.withdraw(page, district.final, "来源有误")
    WorkflowState.objects.filter(pk=submission_of(page)).delete()
    delete_unguarded(fresh(page))
    for name in ("editor1", "section"):
        type(district.editor1).objects.filter(username=name).update(username=f"x{name}")
    for user in (district.reviewer1, district.final, district.admin):
        response = get_as(client, user, address)
        assert response.status_code == 200
        assert before.digest in response.content.decode()
        assert "section" in [line.entry.user_name for line in response.context["report"].decisions]
    assert get_as(client, district.reviewer2, address).status_code == 404
    assert not Page.objects.filter(pk=page.pk).exists()


def test_no_such_sheet(client, district):
    for number in (0, 10**30):
        address = reverse("audit_review_report", args=[number])
        assert get_as(client, district.admin, address).status_code == 404


def test_reading_takes_no_posts(client, district, reviewed):
    client.force_login(district.final)
    for address in (LIST, report_url(reviewed[0]), reverse("audit_monthly_export")):
        assert client.post(address).status_code == 405
