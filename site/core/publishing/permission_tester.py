"""The permission tester: nobody publishes, whatever permissions are given.

What it does not refuse here, the write guard refuses at the write.
"""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from wagtail.models import Page, PagePermissionTester, get_page_models

from core.publishing.retention import is_retained
from core.tree import ancestor_paths

# What a boundary page ends.
BOUNDED_PERMISSIONS = {"add", "change"}


class DistrictPagePermissionTester(PagePermissionTester):
    """Wagtail's tester without its ways to change what is public.

    Permissions given above a boundary page (`BasePage.permission_boundary`) do not count for
    editing inside it: the district's web editor does not write in a school's name.
    """

    def __init__(self, user: AbstractBaseUser, page: Page):
        super().__init__(user, page)
        if hasattr(self, "permissions") and self.permissions & BOUNDED_PERMISSIONS:
            self.permissions -= BOUNDED_PERMISSIONS - self._permissions_inside_boundary()

    def _permissions_inside_boundary(self) -> set[str]:
        min_depth = boundary_depth(self.page, self.user)
        return {
            row.permission.codename.rsplit("_", maxsplit=1)[0]
            for row in self.permission_policy.get_cached_permissions_for_user(self.user)
            if self.page.path.startswith(row.page.path) and row.page.depth >= min_depth
        }

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_unschedule(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not is_retained(self.page) and bool(super().can_delete(ignore_bulk))

    def can_move_to(self, destination: Page) -> bool:
        return bool(self.can_move() and super().can_move_to(destination))

    def can_lock(self) -> bool:
        # The permission "lock" only lets reviewers see the tree; see docs/decisions/0002.
        return bool(self.user.is_superuser)

    def can_unlock(self) -> bool:
        return bool(self.user.is_superuser or self.user_has_lock())


def boundary_depth(page: Page, user: Any) -> int:
    """Return the depth of the nearest boundary page at or above `page`; 1 (the root) if none.

    Remembered on `user` (one object per request) by parent, so that a listing takes one query.
    """
    if getattr(page.specific_class, "permission_boundary", False):
        return int(page.depth)
    parent_path = page.path[: -page.steplen]
    depths: dict[str, int] = user.__dict__.setdefault("_boundary_depths", {})
    if parent_path not in depths:
        boundaries = Page.objects.filter(
            path__in=ancestor_paths(page.path), content_type__in=boundary_types()
        )
        depths[parent_path] = boundaries.aggregate(depth=Max("depth"))["depth"] or 1
    return depths[parent_path]


def boundary_types() -> list[ContentType]:
    """Return the content types of the page types that are boundaries."""
    models = [model for model in get_page_models() if getattr(model, "permission_boundary", False)]
    return list(ContentType.objects.get_for_models(*models).values())
