"""The settings of review of a district."""

from moderation.models.practice import ReviewPractice


def review_settings_of(district_key) -> ReviewPractice:
    """The district's practice, or the defaults."""
    found = ReviewPractice.objects.filter(district_key=district_key).first()
    return found or ReviewPractice(district_key=district_key)
