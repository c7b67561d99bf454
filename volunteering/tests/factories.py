"""Volunteer projects for tests: drafts, complete enough to be submitted."""

from datetime import date

import factory
import wagtail_factories

from core.tree import home_pages
from publication.initial_publication import Source, publish_initial
from volunteering.models import BenefitRecord, VolunteerProjectPage


class BenefitRecordFactory(factory.django.DjangoModelFactory):
    date = date(2026, 3, 12)
    unit = BenefitRecord.Unit.PERSON_TIMES
    quantity = 30
    evidence = "签到表第1册"

    class Meta:
        model = BenefitRecord

    class Params:
        hours = factory.Trait(unit=BenefitRecord.Unit.HOURS)


class VolunteerProjectPageFactory(wagtail_factories.PageFactory):
    """A draft; `records` are the keyword arguments of its benefit records."""

    parent = factory.LazyFunction(lambda: home_pages().first())
    title = factory.Sequence(lambda number: f"周三夜灯{number}")
    slug = factory.Sequence(lambda number: f"project-{number}")
    live = False
    summary = "周三放学后有一间亮着灯的教室。"
    service_type = VolunteerProjectPage.ServiceType.TUTORING
    beneficiaries = "家长下班较晚的学生"
    team = "党员教师十一名"
    benefit_records = factory.LazyAttribute(
        lambda project: [BenefitRecordFactory.build(**fields) for fields in project.records]
    )

    class Meta:
        model = VolunteerProjectPage

    class Params:
        records = ()


def publish_project(**fields) -> VolunteerProjectPage:
    """Return a live sample project; `fields` are those of `VolunteerProjectPageFactory`."""
    return publish_initial(VolunteerProjectPageFactory(**fields), Source.DEMO)
