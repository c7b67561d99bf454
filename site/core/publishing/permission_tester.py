"""The permission tester: nobody publishes, whatever the permission rows say.

What it forgets to refuse, the write guard refuses at the write.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from wagtail.models import Page, PagePermissionTester, get_page_models

from core.publishing.retention import is_retained


class DistrictPagePermissionTester(PagePermissionTester):
    """Wagtail's tester without its ways to change what is public.

    Rows from above a boundary page (`BasePage.permission_boundary`) do not count for editing
    inside it: the district's web editor does not write in a school's name.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        if hasattr(self, "permissions") and self.permissions & {"add", "change"}:
            self.permissions -= {"add", "change"} - self._rows_inside_boundary()

    def _rows_inside_boundary(self) -> set[str]:
        floor = boundary_depth(self.page, self.user)
        return {
            row.permission.codename.rsplit("_", maxsplit=1)[0]
            for row in self.permission_policy.get_cached_permissions_for_user(self.user)
            if self.page.path.startswith(row.page.path) and row.page.depth >= floor
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

    def can_delete(self, ignore_bulk=False) -> bool:
        return not is_retained(self.page) and super().can_delete(ignore_bulk)

    def can_move_to(self, destination) -> bool:
        return self.can_move() and super().can_move_to(destination)

    def can_lock(self) -> bool:
        # The row "lock" only lets reviewers see the tree; see docs/decisions/0002.
        return self.user.is_superuser

    def can_unlock(self) -> bool:
        return self.user.is_superuser or self.user_has_lock()


def boundary_depth(page: Page, user) -> int:
    """Depth of the nearest boundary page at or above `page`; 1 (the tree's root) if none.

    Remembered on `user` (one object per request) by parent, so that a listing asks once.
    """
    if getattr(page.specific_class, "permission_boundary", False):
        return page.depth
    parent_path = page.path[: -page.steplen]
    known = user.__dict__.setdefault("_boundary_depths", {})
    if parent_path not in known:
        paths = [
            parent_path[:end] for end in range(page.steplen, len(parent_path) + 1, page.steplen)
        ]
        known[parent_path] = (
            Page.objects.filter(path__in=paths, content_type__in=boundary_types()).aggregate(
                depth=Max("depth")
            )["depth"]
            or 1
        )
    return known[parent_path]


def boundary_types() -> list[ContentType]:
    """Content types of the page types that are boundaries."""
    models = [model for model in get_page_models() if getattr(model, "permission_boundary", False)]
    return list(ContentType.objects.get_for_models(*models).values())
