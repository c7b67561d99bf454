"""Whoever begins to decide learns what waits already."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from notifications.models import Notice
from review import reminders
from review.tests.helpers import open_notices
from roles.groups import role_group
from roles.models import Deputy, Level, Role


def test_who_becomes_a_reviewer_is_told_what_waits_already(district, waiting):
    group = role_group(Role.SCHOOL_REVIEWER, district.schools[0])
    for new in ("web_editor", "editor1", "admin"):
        group.user_set.add(district.people[new])
    # editor1 wrote what waits, and a superuser decides on nothing.
    assert open_notices() == {"reviewer1", "web_editor"}
    notice = Notice.objects.get(user=district.web_editor)
    assert (notice.text, notice.url) == ("有1件稿件待您审核。", reverse("review_queue"))
    reminders.heal()
    assert "web_editor" in open_notices()


def test_a_role_that_decides_nothing_brings_no_message(district, waiting):
    role_group(Role.SCHOOL_EDITOR, district.schools[0]).user_set.add(district.web_editor)
    role_group(Role.SECTION_REVIEWER, district.home).user_set.add(district.editor2)
    assert open_notices() == {"reviewer1"}


def test_a_deputy_is_told_from_when_until_when(district):
    today = timezone.localdate()
    days = {"starts_on": today + timedelta(3), "ends_on": today + timedelta(5)}
    key = district.schools[0].translation_key
    Deputy.objects.create(level=Level.SCHOOL, scope_key=key, user=district.web_editor, **days)
    notice = Notice.objects.get(user=district.web_editor)
    assert str(days["starts_on"]) in notice.title and str(days["ends_on"]) in notice.title
    assert notice.text == ""
