"""Deputies for tests: the form that names one, and one that is named."""

from datetime import timedelta

from django.utils import timezone

from roles.models import Deputy, Level

TODAY = timezone.localdate


def deputy_form(district, **changes):
    """What the form of a deputy at the first school posts."""
    return {
        "level": Level.SCHOOL,
        "scope_key": str(district.schools[0].translation_key),
        "user": district.web_editor.pk,
        "starts_on": str(TODAY()),
        "ends_on": str(TODAY() + timedelta(days=7)),
        "reason": "出差",
    } | changes


def name_deputy(district, **changes):
    """A deputy as the form describes one, past the two people."""
    fields = deputy_form(district, **changes)
    return Deputy.objects.create(**fields | {"user": changes.get("user", district.web_editor)})
