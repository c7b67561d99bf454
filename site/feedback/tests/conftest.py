"""The people who handle reports, and one report."""

import pytest
from wagtail.users.models import UserProfile

from feedback.tests.factories import CONTACT, make_report


@pytest.fixture
def english_admin(district):
    """Words of the admin are compared in English."""
    for user in district.people.values():
        UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})


@pytest.fixture
def report(district):
    return make_report(district, contact=CONTACT)


@pytest.fixture
def editor(client, district, english_admin):
    """The browser of the district's web editor."""
    client.force_login(district.web_editor)
    return client
