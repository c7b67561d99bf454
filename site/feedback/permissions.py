"""Who handles readers' reports: the web editors of the district, and administrators."""

from uuid import UUID

from django.db.models import QuerySet

from core.requests import AnyUser
from feedback.models import ErrorReport
from roles.models import Role
from roles.role_queries import scope_keys_held_by


def district_keys_of(user: AnyUser) -> set[UUID]:
    """Return the keys of the districts whose reports `user` handles by role."""
    return scope_keys_held_by(user, Role.WEB_EDITOR)


def may_handle_reports(user: AnyUser) -> bool:
    """Whether `user` is a district's web editor or an administrator; no school, no reviewer."""
    return user.is_superuser or bool(district_keys_of(user))


def reports_visible_to(user: AnyUser) -> QuerySet[ErrorReport]:
    """Return the reports that `user` may read."""
    if user.is_superuser:
        return ErrorReport.objects.all()
    return ErrorReport.objects.filter(district_key__in=district_keys_of(user))
