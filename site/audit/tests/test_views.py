"""The record on screen: who reads what of it, the review sheet, and the month's workbook."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Page, WorkflowState

from audit import record
from audit.models import RecordEntry, RecordHead
from core.publishing.contexts import publishing
from publication import withdrawal
from roles.groups import role_group
from roles.models import Deputy, Role
from roles.scopes import district_key_of
from tests.helpers.district import brand_draft, create_user, decide, fresh, submit
from tests.helpers.district import decision_form as posted
from tests.helpers.publish_attempts import delete_unguarded, public_page, waiting_page

LIST = "/admin/review/record/"
OWN_TITLE, OTHER_TITLE = "党旗映彩虹", "十三中品牌"


pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def reviewed(district):
    """A public brand page of the first school, and one of the second that waits."""
    page = public_page(district)
    other = brand_draft(district.schools[1], district.editor2, title=OTHER_TITLE)
    submit(other, district.editor2)
    return page, fresh(other)


def submission_of(page) -> int:
    entries = RecordEntry.objects.filter(page_id=page.pk).exclude(workflow_state_id=None)
    return entries.last().workflow_state_id


def sheet_of(page) -> str:
    return reverse("audit_review_report", args=[submission_of(page)])


def read(client, user, address, **query):
    client.force_login(user)
    return client.get(address, query)


def rows(response, sheet) -> list[tuple]:
    book = load_workbook(BytesIO(response.content))
    return [tuple(cell.value for cell in row) for row in book.worksheets[sheet].iter_rows()]


def this_month() -> str:
    return f"{timezone.localdate():%Y-%m}"


# --- who reads it


def test_without_a_level_there_is_no_record(client, district, reviewed):
    page, _other = reviewed
    for nobody in ("editor1", "colleague", "web_editor"):
        user = getattr(district, nobody)
        assert read(client, user, LIST).status_code == 302
        assert read(client, user, sheet_of(page)).status_code == 404
        book = read(client, user, reverse("audit_monthly_export"), month=this_month())
        assert book.status_code == 302
        assert LIST not in read(client, user, reverse("wagtailadmin_home")).content.decode()
    client.logout()
    for address in (LIST, sheet_of(page), reverse("audit_monthly_export")):
        assert client.get(address).url.startswith("/admin/login/")


def test_a_school_reviewer_reads_the_own_school_only(client, district, reviewed):
    page, other = reviewed
    listed = read(client, district.reviewer2, LIST).content.decode()
    assert OTHER_TITLE in listed
    assert OWN_TITLE not in listed
    assert read(client, district.reviewer2, sheet_of(page)).status_code == 404
    assert read(client, district.reviewer2, sheet_of(other)).status_code == 200
    book = read(client, district.reviewer2, reverse("audit_monthly_export"), month=this_month())
    assert OWN_TITLE not in str(rows(book, 0) + rows(book, 1))
    assert OTHER_TITLE in str(rows(book, 1))


@pytest.mark.parametrize("name", ["section", "final", "admin"])
def test_the_district_reads_all_its_schools(client, district, reviewed, name):
    page, other = reviewed
    user = getattr(district, name)
    listed = read(client, user, LIST).content.decode()
    assert OWN_TITLE in listed
    assert OTHER_TITLE in listed
    assert LIST in read(client, user, reverse("wagtailadmin_home")).content.decode()
    assert read(client, user, sheet_of(page)).status_code == 200
    assert read(client, user, sheet_of(other)).status_code == 200


def test_another_district_is_not_read(client, district, reviewed):
    foreign = district_key_of(district.home).int ^ 1
    key = type(district_key_of(district.home))(int=foreign)
    record.append_change("rule", "foreign rule", user=district.admin, district_key=key)
    assert "foreign rule" not in read(client, district.final, LIST).content.decode()
    assert "foreign rule" in read(client, district.admin, LIST).content.decode()


def test_who_left_reads_nothing(client, district, reviewed):
    page, _other = reviewed
    district.section.groups.set([role_group(Role.WEB_EDITOR, district.home)])
    assert read(client, district.section, LIST).status_code == 302
    assert read(client, district.section, sheet_of(page)).status_code == 404


def test_a_deputy_reads_while_it_lasts(client, district, reviewed):
    page, _other = reviewed
    today = timezone.localdate()
    deputy = Deputy.objects.create(
        user=district.colleague,
        level="school",
        scope_key=district.schools[0].translation_key,
        starts_on=today,
        ends_on=today,
    )
    assert OWN_TITLE in read(client, district.colleague, LIST).content.decode()
    assert read(client, district.colleague, sheet_of(page)).status_code == 200
    Deputy.objects.filter(pk=deputy.pk).update(ends_on=today - timedelta(days=1))
    assert read(client, district.colleague, LIST).status_code == 302
    assert read(client, district.colleague, sheet_of(page)).status_code == 404


def test_an_address_given_up_does_not_pass_on_the_past(client, district, reviewed):
    page, _other = reviewed
    first, second = district.schools
    old = first.slug
    for school, slug in ((first, "moved-away"), (second, old)):
        with publishing(school):
            school = fresh(school)
            school.slug = slug
            school.save()
    assert fresh(second).url_path in RecordEntry.objects.filter(page_id=page.pk)[0].page_path
    assert read(client, district.reviewer2, sheet_of(page)).status_code == 404
    assert read(client, district.reviewer1, sheet_of(page)).status_code == 200


# --- the list


def test_a_bad_page_is_404_and_a_bad_filter_is_named(client, district, reviewed):
    for bad in ("0", "-1", "99", "x"):
        assert read(client, district.final, LIST, p=bad).status_code == 404
    response = read(client, district.final, LIST, kind="nonsense", since="2026-13-45")
    assert response.status_code == 200
    assert len(response.context["form"].errors) == 2
    assert OWN_TITLE in response.content.decode()
    assert read(client, district.final, LIST, q="\x00").status_code == 200


def test_the_filters_narrow(client, district, reviewed):
    def found(**query):
        entries = read(client, district.final, LIST, **query).context["entries"]
        return {(entry.kind, entry.title) for entry in entries}

    assert found(kind="approval", level="section") == {("approval", OWN_TITLE)}
    assert found(school="第十三") & found(q=OTHER_TITLE) == {("submission", OTHER_TITLE)}
    assert ("approval", OWN_TITLE) in found(q="reviewer1")
    today = timezone.localdate().isoformat()
    assert ("approval", OWN_TITLE) in found(since=today, until=today)
    assert found(until="2001-01-01") == set()
    assert found(since="9999-12-31", until="0001-01-01") == set()


def test_thirty_entries_take_as_many_queries_as_three(client, district, reviewed):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            response = read(client, district.section, LIST, q="entry")
        return len(caught), len(response.context["entries"])

    page, counted = reviewed[0], []
    queries()
    for number in (3, 27):
        for _number in range(number):
            record.append(
                "schedule",
                page,
                page.get_latest_revision(),
                user=create_user(f"entry{RecordEntry.objects.count()}", Role.FINAL_APPROVER),
                workflow_state_id=submission_of(page),
            )
        counted.append(queries())
    assert counted == [(counted[0][0], 3), (counted[0][0], 30)]


# --- the sheet


def test_the_sheet_says_who_decided_what(client, district):
    page = waiting_page(district)
    assert decide(page, district.reviewer1, "reject", "写错了 <b>两</b> 处") is None
    fresh(page).current_workflow_state.resume(user=district.editor1)
    for name in ("reviewer1", "section", "final"):
        client.force_login(getattr(district, name))
        address = reverse("review_decide", args=[fresh(page).current_workflow_task_state.pk])
        client.post(address, posted(fresh(page)))
    response = read(client, district.section, sheet_of(page))
    said = response.content.decode()
    head = RecordHead.objects.get()
    assert head.hash in said
    assert f"Number of entries: {head.length}" in said
    for words in (page.title, district.schools[0].title, page.url_path, "final approver"):
        assert words in said
    assert "people, places, organisations" in said
    assert "nothing secret, may be public" in said
    assert [line.entry.kind for line in response.context["sheet"].decisions][-3:] == [
        "approval",
        "approval",
        "approval",
    ]


def test_a_return_stands_on_its_sheet_as_text(client, district):
    page = waiting_page(district)
    assert decide(page, district.reviewer1, "reject", "写错了 <b>两</b> 处") is None
    said = read(client, district.section, sheet_of(page)).content.decode()
    assert "写错了 &lt;b&gt;两&lt;/b&gt; 处" in said


def test_a_sheet_before_any_decision_says_so(client, district, reviewed):
    said = read(client, district.section, sheet_of(reviewed[1])).content.decode()
    assert "Nobody has decided yet." in said


def test_what_is_withdrawn_says_so_on_its_sheet(client, district, reviewed):
    page, _other = reviewed
    withdrawal.withdraw(page, district.final, "来源有误")
    assert "来源有误" in read(client, district.section, sheet_of(page)).content.decode()


def test_the_sheet_outlives_page_people_and_submission(client, district, reviewed):
    page, _other = reviewed
    address = sheet_of(page)
    before = read(client, district.reviewer1, address).context["sheet"]
    withdrawal.withdraw(page, district.final, "来源有误")
    WorkflowState.objects.filter(pk=submission_of(page)).delete()
    delete_unguarded(fresh(page))
    for name in ("editor1", "section"):
        type(district.editor1).objects.filter(username=name).update(username=f"x{name}")
    for user in (district.reviewer1, district.final, district.admin):
        response = read(client, user, address)
        assert response.status_code == 200
        assert before.digest in response.content.decode()
        assert "section" in [line.entry.user_name for line in response.context["sheet"].decisions]
    assert read(client, district.reviewer2, address).status_code == 404
    assert not Page.objects.filter(pk=page.pk).exists()


def test_no_such_sheet(client, district):
    for number in (0, 10**30):
        address = reverse("audit_review_report", args=[number])
        assert read(client, district.admin, address).status_code == 404


def test_reading_takes_no_posts(client, district, reviewed):
    client.force_login(district.final)
    for address in (LIST, sheet_of(reviewed[0]), reverse("audit_monthly_export")):
        assert client.post(address).status_code == 405


# --- the workbook


@pytest.mark.parametrize("month", ["", "2026-13", "x", "1999-01", "0000-00", "9999-12", "2026-1"])
def test_a_bad_month_is_named_and_leads_back(client, district, reviewed, month):
    response = read(client, district.final, reverse("audit_monthly_export"), month=month)
    assert response.status_code == 302
    assert response.url == LIST
    said = [str(message).strip() for message in get_messages(response.wsgi_request)]
    assert said == ["The record has no such month. Choose one from the list."]


def test_formulas_and_control_characters_stay_text(client, district):
    bad = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "{=1+1}", "http://evil.example/"]
    for title in bad:
        record.append_change(
            "change",
            title,
            district_key=district_key_of(district.home),
            opinion="\a=A1\v\r\n二",
        )
    record.append_change(
        "change", "long", district_key=district_key_of(district.home), opinion="长" * 40_000
    )
    response = read(client, district.final, reverse("audit_monthly_export"), month=this_month())
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    book = load_workbook(BytesIO(response.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}
    assert {cell.data_type for cell in cells if cell.value in bad} == {"s"}
    assert set(bad) <= {cell.value for cell in cells}
    assert not [cell for cell in cells if cell.hyperlink]
    assert "=A1\n二" in {cell.value for cell in cells}
    assert max(len(str(cell.value)) for cell in cells) == 32_767


def test_the_workbook_has_a_row_for_each_decided_submission(client, district, reviewed):
    page, _other = reviewed
    book = read(client, district.final, reverse("audit_monthly_export"), month=this_month())
    overview, details = rows(book, 0), rows(book, 1)
    head = RecordHead.objects.get()
    for sheet in (overview, details):
        assert sheet[1][1] == head.hash
        assert sheet[2][1] == str(head.length)
        assert sheet[3][1] is not None
    (line,) = overview[6:]
    assert line[:3] == (str(submission_of(page)), page.title, district.schools[0].title)
    assert [line[5], line[8], line[11]] == ["reviewer1", "section", "final"]
    assert line[14] is not None
    assert len(details) - 6 == head.length
    assert details[-1][-1] == head.hash
