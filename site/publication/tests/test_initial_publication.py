"""Initial publication: what becomes public without review, and what never does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import RecordEntry
from core.models import BasePage
from core.publishing.refusals import Refused
from publication.initial_publication import Source, publish_initial
from schools.models import SchoolPage
from tests.helpers.content import BrandPage, StandardPage
from tests.helpers.district import brand_draft, fresh
from tests.helpers.publish_attempts import public_page, public_state


@pytest.fixture
def unwritten(district):
    """A draft that the system has made, as the demo or an import does."""
    body = [("paragraph", "<p>说明。</p>")]
    page = StandardPage(title="关于本站", body=body, locale=district.home.locale, live=False)
    district.home.add_child(instance=page)
    return fresh(page)


def test_a_page_that_nobody_wrote_is_public_and_on_the_record(client, unwritten):
    page = publish_initial(unwritten, Source.SYSTEM)
    assert page.live
    assert client.get(page.url).status_code == 200
    entry = RecordEntry.objects.filter(page_id=page.pk).get()
    assert (entry.kind, entry.opinion, entry.revision_id) == (
        "founding", "system", page.live_revision_id,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "provenance"),
    [
        (Source.SYSTEM, BasePage.Provenance.OWN),
        (Source.DEMO, BasePage.Provenance.SAMPLE),
        (Source.ARCHIVE, BasePage.Provenance.ARCHIVE),
    ],
)
def test_readers_are_told_what_is_a_sample_or_from_the_archive(unwritten, source, provenance):
    assert publish_initial(unwritten, source).provenance == provenance


def test_a_sample_has_a_past_and_a_page_of_the_system_has_none(district, unwritten):
    past = timezone.now() - timedelta(days=400)
    assert publish_initial(unwritten, Source.DEMO, at=past).first_published_at == past
    school = SchoolPage(title="新学校", stage="primary", locale=district.home.locale, live=False)
    district.schools[0].get_parent().add_child(instance=school)
    assert publish_initial(school, Source.SYSTEM, at=past).first_published_at > past


def test_what_somebody_has_written_goes_through_review(district):
    draft = brand_draft(district.schools[0], district.editor1)
    before = public_state()
    for source in Source:
        with pytest.raises(Refused):
            publish_initial(fresh(draft), source)
    BrandPage.objects.filter(pk=draft.pk).update(owner=None)
    with pytest.raises(Refused):
        publish_initial(fresh(draft), Source.DEMO)
    assert public_state() == before


def test_what_was_public_before_goes_through_review(district, unwritten):
    for page in (public_page(district), publish_initial(unwritten, Source.SYSTEM)):
        with pytest.raises(Refused):
            publish_initial(page, Source.SYSTEM)


def test_production_publishes_only_its_framework_and_the_archive(district, unwritten, settings):
    settings.PRODUCTION = True
    for source in (Source.SYSTEM, Source.DEMO):
        with pytest.raises(Refused):
            publish_initial(unwritten, source)
    assert not fresh(unwritten).live
    assert publish_initial(unwritten, Source.ARCHIVE).live
    school = SchoolPage(title="新学校", stage="primary", locale=district.home.locale, live=False)
    district.schools[0].get_parent().add_child(instance=school)
    assert publish_initial(school, Source.SYSTEM).live


def test_an_unknown_source_publishes_nothing(unwritten):
    with pytest.raises(ValueError, match="elsewhere"):
        publish_initial(unwritten, "elsewhere")
    assert not fresh(unwritten).live
