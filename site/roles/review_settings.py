"""The settings of review of a district."""

from roles.models import ReviewSettings


def review_settings_of(district_key) -> ReviewSettings:
    """The district's practice, or the defaults."""
    found = ReviewSettings.objects.filter(district_key=district_key).first()
    return found or ReviewSettings(district_key=district_key)
