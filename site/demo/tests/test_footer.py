"""The site information of the demo: made up, and refused by production."""

import pytest
from django.core.checks import ERROR

from demo import content, sources
from district.tests.test_checks import check_levels

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", sorted(set(content.SITE_INFO) - {"mark_kind"}))
def test_every_value_of_the_demo_is_refused(settings, home, name):
    demo = sources.read("rencheng", "district")["home"]
    assert check_levels(settings, home, **{name: demo[name]})["district.E002"] == ERROR


def test_a_fresh_district_has_no_site_information(home):
    assert not [name for name in content.SITE_INFO if getattr(home, name)]
