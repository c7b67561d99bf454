"""What the gate finds missing in a submission, whatever way the submission came."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from wagtail.models import Comment

from checks import registry
from tests.helpers.content import (
    BenefitRecord,
    BrandFigure,
    BrandPage,
    NewsPageFactory,
    VolunteerProjectPageFactory,
)
from tests.helpers.district import brand_draft

pytestmark = pytest.mark.django_db


def content_errors_of(page) -> list[str]:
    """Return what stands against `page`, saved as it is and without the form's own checks."""
    findings = registry.run_checks(page.save_revision(clean=False).as_object())
    return [str(error) for error in registry.blocking_errors(findings)]


def test_a_complete_page_with_complete_rows_passes(district):
    page = brand_draft(district.schools[0], district.editor1)
    page.figures = [figure(), figure()]
    assert content_errors_of(page) == []
    page.save()
    assert content_errors_of(BrandPage.objects.get(pk=page.pk)) == []


def figure(**values):
    day = date(2026, 6, 30)
    fields = {"label": "家访", "value": 416, "unit": "次", "as_of": day, "source": "登记"}
    return BrandFigure(**fields | values)


def test_a_row_is_named_with_its_number_and_field(district):
    page = brand_draft(district.schools[0], district.editor1)
    page.figures = [figure(), figure(source="")]
    [error] = content_errors_of(page)
    kind = BrandFigure._meta
    for word in (kind.verbose_name, "2", kind.get_field("source").verbose_name):
        assert str(word) in error


def test_a_row_that_is_wrong_in_itself_is_refused(school):
    page = VolunteerProjectPageFactory(parent=school)
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.benefit_records = [BenefitRecord(date=tomorrow, quantity=3, evidence="签到表")]
    [error] = content_errors_of(page)
    assert str(BenefitRecord._meta.get_field("date").verbose_name) in error


def test_an_empty_body_is_refused_where_a_body_is_needed(school):
    page = NewsPageFactory(parent=school, body=[])
    [error] = content_errors_of(page)
    assert error.startswith(str(page._meta.get_field("body").verbose_name))


def test_an_empty_body_passes_where_it_may_be_empty(school):
    assert content_errors_of(VolunteerProjectPageFactory(parent=school, body=[])) == []


def test_what_concerns_no_single_field_stands_alone(district):
    from tests.helpers.content import RoutePageFactory

    page = RoutePageFactory(parent=district.schools[0])
    [error] = content_errors_of(page)
    assert "：" not in error
    assert ":" not in error


def test_remarks_of_colleagues_are_no_content(district):
    page = brand_draft(district.schools[0], district.editor1)
    page.wagtail_admin_comments = [
        Comment(user=district.editor1, text="", contentpath="slogan", position="")
    ]
    assert content_errors_of(page) == []
