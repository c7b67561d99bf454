"""The steps on a report, its notices, and the deletion of contacts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from audit.models import RecordEntry
from feedback import handling
from feedback.addresses import page_at
from feedback.models import ReportStep
from feedback.tests.factories import CONTACT, WORDS, address, make_report, step
from notifications import worker
from notifications.emails import build_email
from notifications.models import Notice
from roles.models import Role
from tests.helpers.district import create_user, fresh
from tests.helpers.publish_attempts import public_page
from tests.helpers.responses import html_of, messages_of

LIST = reverse("feedback_reports")


# --- one report


def test_a_report_leads_to_the_page_and_to_whoever_may_edit_it(editor, district):
    page = public_page(district)
    html = html_of(editor.get(address(make_report(district, page=page.url))))
    assert f'href="{page.url}"' in html
    assert page.title in html
    assert district.schools[0].title in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in html
    index = make_report(district, page="/schools/")
    page = page_at("/schools/", district.home.translation_key)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert edit in html_of(editor.get(address(index)))


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", True),
        ("/en/", True),
        ("/en/schools/", True),
        ("/nowhere/", False),
        ("/schools/%00", False),
        ("", False),
    ],
)
def test_the_page_is_found_in_its_language(district, path, title):
    with translation.override("zh-hans"):
        page = page_at(path, district.home.translation_key)
    assert bool(page) == title
    assert not page or page.locale.language_code == ("en" if path[:3] == "/en" else "zh-hans")


def test_a_readers_text_is_shown_as_plain_text(editor, district):
    bad = '<script>alert(1)</script> http://casino.example/ <a href="x">y</a>'
    html = editor.get(address(make_report(district, words=bad))).content.decode()
    assert "<script>alert" not in html
    assert 'href="http://casino' not in html
    assert "http://casino.example/" in html


def test_a_report_is_taken_in_hand_answered_and_taken_up_again(editor, district, report):
    for after, note in (("in_hand", ""), ("in_hand", "问了学校"), ("answered", "已改正")):
        assert editor.post(address(report), step(fresh(report), after, note)).url == LIST
    done = fresh(report)
    assert (done.state, done.answer, done.handled_by) == ("answered", "已改正", district.web_editor)
    assert done.closed_at
    editor.post(address(report), step(done, "in_hand", "读者说还有一处"))
    again = fresh(report)
    assert (again.state, again.closed_at) == ("in_hand", None)
    steps = list(again.steps.values_list("before", "after", "note", "user_name"))
    name = str(district.web_editor)
    assert steps == [
        ("new", "in_hand", "", name),
        ("in_hand", "in_hand", "问了学校", name),
        ("in_hand", "answered", "已改正", name),
        ("answered", "in_hand", "读者说还有一处", name),
    ]
    html = html_of(editor.get(address(report)))
    assert all(note in html for _before, _after, note, _name in steps)


@pytest.mark.parametrize(("state", "after"), [("new", "answered"), ("new", "no_fault")])
def test_closing_needs_a_note(editor, report, state, after):
    html = html_of(editor.post(address(report), step(report, after, "  ")))
    assert "Write what was found, or why." in html
    assert fresh(report).state == state


@pytest.mark.parametrize("after", ["new", "nonsense", ""])
def test_steps_that_do_not_follow_are_refused(editor, report, after):
    html = html_of(editor.post(address(report), step(report, after, "写好的答复")))
    assert "写好的答复" in html
    assert fresh(report).state == "new"
    assert not ReportStep.objects.exists()


def test_a_second_step_from_the_same_state_is_refused_and_keeps_its_note(editor, district, report):
    seen = step(report, "no_fault", "写好的答复")
    handling.take_step(report, district.admin, "in_hand", "")
    response = editor.post(address(report), seen)
    assert "Somebody else" in messages_of(response)
    assert "写好的答复" in messages_of(response)
    assert fresh(report).state == "in_hand"


def test_a_race_is_lost_in_the_database_too(district, report):
    stale = fresh(report)
    handling.take_step(report, district.admin, "in_hand", "")
    with pytest.raises(handling.StaleReport):
        handling.take_step(stale, district.web_editor, "answered", "改了")
    assert ReportStep.objects.count() == 1


def test_a_step_is_neither_changed_nor_deleted(district, report):
    handling.take_step(report, district.web_editor, "in_hand", "")
    taken = report.steps.get()
    taken.note = "别的"
    with pytest.raises(TypeError):
        taken.save()
    with pytest.raises(TypeError):
        taken.delete()


def test_the_record_holds_no_text_of_a_report(district, report):
    handling.take_step(report, district.web_editor, "answered", "已改正")
    entries = repr(list(RecordEntry.objects.values()))
    for text in (WORDS, CONTACT, "已改正"):
        assert text not in entries


# --- notices


def test_the_web_editors_are_notified_without_text_and_contact(district, report):
    notice = Notice.objects.get(key=f"report:{report.pk}")
    assert notice.user == district.web_editor
    assert "/schools/" in notice.title
    assert report.number in notice.text
    district.web_editor.email = "w@example.org"
    letter = build_email([notice])
    whole = f"{letter.subject}{letter.body}{letter.alternatives}"
    assert address(report) in whole
    assert WORDS not in whole
    assert CONTACT not in whole


@pytest.mark.parametrize(
    ("kind", "pressing"), [("personal", True), ("harmful", True), ("word", False)]
)
def test_a_pressing_report_is_marked(editor, district, kind, pressing):
    report = make_report(district, kind=kind)
    titles = set(Notice.objects.values_list("title", flat=True))
    make_report(district, kind="fact", words="另一件")
    ordinary = Notice.objects.exclude(title__in=titles).get().title
    assert (titles.pop()[:4] != ordinary[:4]) == pressing
    assert ("look at once" in html_of(editor.get(address(report)))) == pressing


def test_a_report_in_hand_closes_its_notices(district, report):
    handling.take_step(report, district.admin, "in_hand", "")
    assert Notice.objects.get(key=f"report:{report.pk}").read_at


# --- contacts


def test_a_contact_is_deleted_after_its_days_and_not_before(editor, district, report, settings):
    handling.take_step(report, district.web_editor, "answered", "已改正")
    open_one = make_report(district, words="未办", contact=CONTACT)
    term = timedelta(days=settings.REPORT_CONTACT_DAYS)
    now = timezone.now()
    assert handling.forget_contacts(now + term - timedelta(hours=1)) == 0
    assert fresh(report).contact == CONTACT
    assert handling.forget_contacts(now + term + timedelta(hours=1)) == 1
    assert handling.forget_contacts(now + term + timedelta(hours=2)) == 0
    assert fresh(report).contact == ""
    assert fresh(report).words == WORDS
    assert fresh(open_one).contact == CONTACT
    html = html_of(editor.get(address(report)))
    assert CONTACT not in html
    assert "deleted on" in html


def test_the_worker_deletes_contacts(district, report, time_machine, settings):
    handling.take_step(report, district.web_editor, "no_fault", "没有错")
    time_machine.move_to(timezone.now() + timedelta(days=settings.REPORT_CONTACT_DAYS + 1))
    worker.perform_now("contacts")
    assert fresh(report).contact == ""


def test_a_report_taken_up_again_keeps_its_contact(district, report):
    handling.take_step(report, district.web_editor, "answered", "已改正")
    handling.take_step(fresh(report), district.web_editor, "in_hand", "还有一处")
    handling.forget_contacts(timezone.now() + timedelta(days=999))
    assert fresh(report).contact == CONTACT


def test_a_deleted_account_leaves_its_name_in_the_history(district, report):
    user = create_user("gone", Role.WEB_EDITOR, district.home)
    handling.take_step(report, user, "in_hand", "")
    user.delete()
    assert report.steps.get().user_name == "gone"
