"""The settings of the review: by two people, for they say when an item goes to others."""

from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.role_entries import changed_settings_rows, snapshot_of
from change_requests.kinds import ChangeKind, ChangeRow, Payload
from roles.models import Level
from roles.review_settings import review_settings_of
from roles.scopes import district_titles


def settings_errors(payload: Payload) -> list[str]:
    """Return why the settings cannot be these now."""
    key = UUID(payload["district_key"])
    if key not in district_titles():
        return [_("This district does not exist any more.")]
    if snapshot_of(review_settings_of(key)) == payload["settings"]:
        return [_("Nothing was changed.")]
    return []


def apply_settings(payload: Payload) -> None:
    """Write the settings."""
    review_settings = review_settings_of(UUID(payload["district_key"]))
    for name, value in payload["settings"].items():
        setattr(review_settings, name, value)
    review_settings.save()


def settings_rows(payload: Payload) -> list[ChangeRow]:
    """Compare what changes."""
    before = snapshot_of(review_settings_of(UUID(payload["district_key"])))
    return [ChangeRow(*row) for row in changed_settings_rows(before, payload["settings"])]


REVIEW_SETTINGS_KIND = ChangeKind(
    "review_settings",
    gettext_lazy("settings of review"),
    apply=apply_settings,
    errors=settings_errors,
    rows=settings_rows,
    levels=(Level.FINAL,),
)
