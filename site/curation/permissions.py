"""Who may request other slots of a home page, and other promoted results."""

from django.db.models import QuerySet

from change_requests.permissions import committee_scope_keys
from core.requests import AnyUser
from core.tree import live_home_pages
from roles.models import Role
from roles.role_queries import scope_keys_held_by


def curated_home_pages(user: AnyUser) -> QuerySet:
    """Return the public home pages that `user` may curate: web editors and the committee."""
    home_pages = live_home_pages().order_by("path")
    if user.is_superuser:
        return home_pages
    keys = scope_keys_held_by(user, Role.WEB_EDITOR) | committee_scope_keys(user)
    return home_pages.filter(translation_key__in=keys)


def may_curate(user: AnyUser) -> bool:
    """Whether there is a home page that `user` may curate."""
    return curated_home_pages(user).exists()
