"""The settings of review of a district."""

from uuid import UUID

from roles.models import ReviewSettings


def review_settings_of(district_key: UUID | None) -> ReviewSettings:
    """Return the settings of the district, or the defaults where none are stored."""
    if district_key is None:
        return ReviewSettings()
    stored = ReviewSettings.objects.filter(district_key=district_key).first()
    return stored or ReviewSettings(district_key=district_key)
