"""Who reads which part of the record: the list, the review sheet, the month's workbook."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit import record
from audit.models import RecordEntry
from audit.tests.helpers import (
    LIST,
    OTHER_TITLE,
    OWN_TITLE,
    get_as,
    report_url,
    sheet_rows,
    this_month,
)
from core.publishing.contexts import publishing
from roles.groups import role_group
from roles.models import Deputy, Role
from roles.scopes import district_key_of
from tests.helpers.district import fresh

pytestmark = pytest.mark.usefixtures("english")


def test_people_without_a_level_cannot_read_the_record(client, district, reviewed):
    page, _other = reviewed
    for nobody in ("editor1", "colleague", "web_editor"):
        user = getattr(district, nobody)
        assert get_as(client, user, LIST).status_code == 302
        assert get_as(client, user, report_url(page)).status_code == 404
        book = get_as(client, user, reverse("audit_monthly_export"), month=this_month())
        assert book.status_code == 302
        assert LIST not in get_as(client, user, reverse("wagtailadmin_home")).content.decode()
    client.logout()
    for address in (LIST, report_url(page), reverse("audit_monthly_export")):
        assert client.get(address).url.startswith("/admin/login/")


def test_a_school_reviewer_reads_the_own_school_only(client, district, reviewed):
    page, other = reviewed
    listed = get_as(client, district.reviewer2, LIST).content.decode()
    assert OTHER_TITLE in listed
    assert OWN_TITLE not in listed
    assert get_as(client, district.reviewer2, report_url(page)).status_code == 404
    assert get_as(client, district.reviewer2, report_url(other)).status_code == 200
    book = get_as(client, district.reviewer2, reverse("audit_monthly_export"), month=this_month())
    assert OWN_TITLE not in str(sheet_rows(book, 0) + sheet_rows(book, 1))
    assert OTHER_TITLE in str(sheet_rows(book, 1))


@pytest.mark.parametrize("name", ["section", "final", "admin"])
def test_the_district_reads_all_its_schools(client, district, reviewed, name):
    page, other = reviewed
    user = getattr(district, name)
    listed = get_as(client, user, LIST).content.decode()
    assert OWN_TITLE in listed
    assert OTHER_TITLE in listed
    assert LIST in get_as(client, user, reverse("wagtailadmin_home")).content.decode()
    assert get_as(client, user, report_url(page)).status_code == 200
    assert get_as(client, user, report_url(other)).status_code == 200


def test_another_district_is_not_read(client, district, reviewed):
    foreign = district_key_of(district.home).int ^ 1
    key = type(district_key_of(district.home))(int=foreign)
    record.append_without_content("rule", "foreign rule", user=district.admin, district_key=key)
    assert "foreign rule" not in get_as(client, district.final, LIST).content.decode()
    assert "foreign rule" in get_as(client, district.admin, LIST).content.decode()


def test_a_former_reviewer_reads_nothing(client, district, reviewed):
    page, _other = reviewed
    district.section.groups.set([role_group(Role.WEB_EDITOR, district.home)])
    assert get_as(client, district.section, LIST).status_code == 302
    assert get_as(client, district.section, report_url(page)).status_code == 404


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
    assert OWN_TITLE in get_as(client, district.colleague, LIST).content.decode()
    assert get_as(client, district.colleague, report_url(page)).status_code == 200
    Deputy.objects.filter(pk=deputy.pk).update(ends_on=today - timedelta(days=1))
    assert get_as(client, district.colleague, LIST).status_code == 302
    assert get_as(client, district.colleague, report_url(page)).status_code == 404


def test_a_reused_address_does_not_show_the_entries_of_another_school(client, district, reviewed):
    page, _other = reviewed
    first, second = district.schools
    old = first.slug
    for school, slug in ((first, "moved-away"), (second, old)):
        with publishing(school):
            school = fresh(school)
            school.slug = slug
            school.save()
    assert fresh(second).url_path in RecordEntry.objects.filter(page_id=page.pk)[0].page_path
    assert get_as(client, district.reviewer2, report_url(page)).status_code == 404
    assert get_as(client, district.reviewer1, report_url(page)).status_code == 200
