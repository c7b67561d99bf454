"""The list of the record: its pages, its filters, what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit import record
from audit.models import RecordEntry
from audit.tests.helpers import LIST, OTHER_TITLE, OWN_TITLE, get_as, submission_of
from roles.models import Role
from tests.helpers.district import create_user

pytestmark = pytest.mark.usefixtures("english")


def test_a_bad_page_is_404_and_a_bad_filter_is_named(client, district, reviewed):
    for bad in ("0", "-1", "99", "x"):
        assert get_as(client, district.final, LIST, p=bad).status_code == 404
    response = get_as(client, district.final, LIST, kind="nonsense", since="2026-13-45")
    assert response.status_code == 200
    shown = response.content.decode()
    assert "What happened: Select a valid choice" in shown
    assert "From day: Enter a valid date" in shown
    assert OWN_TITLE in shown
    assert get_as(client, district.final, LIST, q="\x00").status_code == 200


def test_the_filters_narrow(client, district, reviewed):
    def listed(**query):
        lines = get_as(client, district.final, LIST, **query).context["object_list"]
        return {(line.entry.kind, line.entry.title) for line in lines}

    assert listed(kind="approval", level="section") == {("approval", OWN_TITLE)}
    assert listed(school="第十三") & listed(q=OTHER_TITLE) == {("submission", OTHER_TITLE)}
    assert ("approval", OWN_TITLE) in listed(q="reviewer1")
    today = timezone.localdate().isoformat()
    assert ("approval", OWN_TITLE) in listed(since=today, until=today)
    assert listed(until="2001-01-01") == set()
    assert listed(since="9999-12-31", until="0001-01-01") == set()


def test_thirty_entries_take_as_many_queries_as_three(client, district, reviewed):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            response = get_as(client, district.section, LIST, q="entry")
        return len(caught), len(response.context["object_list"])

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


def test_a_bad_filter_leaves_the_others_in_force(client, district, reviewed):
    shown = get_as(client, district.final, LIST, kind="nonsense", school="第十三")
    assert OTHER_TITLE in shown.content.decode()
    assert OWN_TITLE not in shown.content.decode()


def test_a_search_for_too_many_words_is_named(client, district, reviewed):
    shown = get_as(client, district.final, LIST, q="长" * 61).content.decode()
    assert "Person or title: Ensure this value has at most 60 characters" in shown
    assert OWN_TITLE in shown


def test_an_empty_list_says_whether_a_filter_emptied_it(client, district, reviewed):
    shown = get_as(client, district.final, LIST, q="nobody of this name").content.decode()
    assert "No entry matches." in shown


def test_the_results_alone_are_for_the_same_people(client, district, reviewed):
    results = reverse("audit_record_results")
    assert get_as(client, district.editor1, results).status_code == 302
    assert OWN_TITLE not in get_as(client, district.reviewer2, results).content.decode()
    assert OWN_TITLE in get_as(client, district.final, results).content.decode()


def test_the_list_is_no_download(client, district, reviewed):
    for export in ("csv", "xlsx"):
        response = get_as(client, district.final, LIST, export=export)
        assert response["Content-Type"].startswith("text/html")
