"""Who reads readers' reports, and how the list is filtered."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback import handling
from feedback.models import ErrorReport
from feedback.tests.factories import CONTACT, WORDS, address, make_report, step
from roles.models import ReviewSettings, Role
from tests.helpers.district import create_user, fresh
from tests.helpers.responses import html_of, messages_of

LIST = reverse("feedback_reports")
NOBODY_ELSE = ["editor1", "reviewer1", "section", "final"]
pytestmark = pytest.mark.usefixtures("english_admin")


# --- who


@pytest.mark.parametrize("role", NOBODY_ELSE)
def test_schools_and_reviewers_see_no_report(client, district, report, role):
    client.force_login(getattr(district, role))
    for response in (
        client.get(LIST),
        client.get(address(report)),
        client.post(address(report), step(report, "answered", "改好了")),
    ):
        assert response.status_code == 302
        assert "web editors" in messages_of(response)
    assert "改好了" in messages_of(response)
    assert fresh(report).state == "new"
    home = html_of(client.get(reverse("wagtailadmin_home")))
    assert "Error reports" not in home
    assert "new error report" not in home


@pytest.mark.parametrize("role", ["web_editor", "admin"])
def test_the_web_editor_and_the_administrator_read_them(client, district, report, role):
    client.force_login(getattr(district, role))
    assert WORDS in html_of(client.get(LIST))
    html = html_of(client.get(address(report)))
    assert CONTACT in html
    home = html_of(client.get(reverse("wagtailadmin_home")))
    assert "Error reports (1)" in home
    assert "1 new error report" in home


def test_an_anonymous_reader_is_sent_to_the_login(client, report):
    assert client.get(LIST).url.startswith("/admin/login/")
    assert client.get(address(report)).url.startswith("/admin/login/")


def test_another_districts_editor_sees_none_of_ours(client, district, report):
    other = create_user("elsewhere", Role.WEB_EDITOR, district.home.get_translations().get())
    handling_here = ErrorReport.objects.filter(pk=report.pk)
    handling_here.update(district_key="00000000-0000-0000-0000-000000000001")
    client.force_login(other)
    assert WORDS not in html_of(client.get(LIST))
    assert client.get(address(report)).status_code == 404


def test_the_menu_counts_in_one_query_whatever_there_is(editor, district):
    def number_of_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            html_of(editor.get(reverse("wagtailadmin_home")))
        return len(queries)

    for number in range(2):
        make_report(district, words=f"错字{number}")
    number_of_queries()
    before = number_of_queries()
    for number in range(2, 9):
        make_report(district, words=f"错字{number}")
    # Notices of the reports are counted in the menu too, in a query of their own that was there.
    assert number_of_queries() == before


# --- the list


def test_open_ones_stand_first_to_last_and_closed_ones_are_asked_for(editor, district):
    day = timezone.now()
    ages = {"旧": 3, "更旧": 9, "新": 1}
    for words, age in ages.items():
        make_report(district, words=words * 10, created_at=day - timedelta(days=age))
    done = make_report(district, words="已办" * 10)
    handling.take_step(done, district.web_editor, "answered", "改了")
    html = html_of(editor.get(LIST))
    assert html.index("更旧更旧") < html.index("旧旧旧旧旧旧旧旧旧旧<") < html.index("新新")
    assert "已办已办" not in html
    assert "已办已办" in html_of(editor.get(LIST, {"state": "answered"}))
    assert "已办已办" in html_of(editor.get(LIST, {"state": "all"}))


def test_a_filter_narrows_the_list_and_a_bad_value_is_named(editor, district):
    make_report(district, words="甲甲甲", kind="fact")
    make_report(district, words="乙乙乙", kind="link", page="/brands/")
    html = html_of(editor.get(LIST, {"kind": "link"}))
    assert "乙乙乙" in html
    assert "甲甲甲" not in html
    assert "甲甲甲" not in html_of(editor.get(LIST, {"q": "/brands"}))
    html = html_of(editor.get(LIST, {"kind": "nonsense"}))
    assert "甲甲甲" in html
    assert "Select a valid choice" in html
    assert "No report matches" in html_of(editor.get(LIST, {"q": "没有"}))
    assert editor.get(LIST, {"p": "99"}).status_code == 404


def test_a_late_report_is_marked(editor, district, settings):
    now = timezone.now()
    make_report(district, words="迟到", created_at=now - timedelta(days=1))
    late = ErrorReport.objects.get()
    ErrorReport.objects.update(due_at=now - timedelta(hours=1))
    assert "answer overdue" in html_of(editor.get(LIST))
    assert "1 is past the day of its answer" in html_of(editor.get(reverse("wagtailadmin_home")))
    ErrorReport.objects.update(created_at=now - timedelta(days=settings.REPORT_RED_DAYS + 1))
    assert "far overdue" in html_of(editor.get(LIST))
    handling.take_step(fresh(late), district.web_editor, "no_fault", "没有错")
    html = html_of(editor.get(LIST, {"state": "all"}))
    assert "overdue" not in html


def test_the_answer_is_due_in_working_days(district, settings, time_machine):
    key = district.home.translation_key
    ReviewSettings.objects.filter(district_key=key).update(days_off=["2026-11-27"])
    settings.REPORT_ANSWER_DAYS = 2
    time_machine.move_to("2026-11-25 10:00+08:00", tick=False)
    due = timezone.localtime(make_report(district).due_at)
    assert due.date().isoformat() == "2026-11-30"


def test_the_age_is_in_working_days(editor, district, time_machine):
    time_machine.move_to("2026-11-20 10:00+08:00", tick=False)
    make_report(district)
    time_machine.move_to("2026-11-25 10:00+08:00", tick=False)
    editor.force_login(district.web_editor)
    assert "3 working days" in html_of(editor.get(LIST))


def test_more_reports_take_no_more_queries(editor, district):
    def number_of_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            html_of(editor.get(LIST))
        return len(queries)

    make_report(district, words="一")
    number_of_queries()
    before = number_of_queries()
    for number in range(20):
        make_report(district, words=f"错字{number}")
    assert number_of_queries() == before
