"""The sections of the home page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from home.models import HomePage
from home.sections import home_sections
from topics.models import TopicIndexPage
from topics.tests.factories import publish_topic, rule_list

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("starts", "ends", "stands"),
    [(0, None, True), (-5, 0, True), (-5, -1, False), (1, None, False)],
)
def test_the_home_page_shows_a_topic_while_it_runs(district, home, starts, ends, stands):
    days = {"starts_on": timezone.localdate() + timedelta(days=starts)}
    if ends is not None:
        days["ends_on"] = timezone.localdate() + timedelta(days=ends)
    topic = publish_topic(district.child(TopicIndexPage), rule_list(), **days)
    assert (topic in home_sections(HomePage.objects.get(pk=home.pk))["topics"]) == stands
