"""Remove from the menus what leads to closed views; record accounts that are switched in bulk."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

# Wagtail's workflows and tasks: the district's own rules say who decides where.
CLOSED_INDEX_VIEWS = (
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_reports:workflow_tasks",
)


@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
def remove_closed_views(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Remove the lists of Wagtail's workflows and tasks, for administrators as well."""
    closed = {reverse(name) for name in CLOSED_INDEX_VIEWS}
    menu_items[:] = [item for item in menu_items if getattr(item, "url", None) not in closed]


@hooks.register("before_bulk_action")
def save_accounts_one_by_one(
    request: HttpRequest, action_type: str, objects: list, action: Any
) -> None:
    """Save each account by itself: Wagtail updates them in bulk, and no receiver records it."""
    if action_type != "set_active_state":
        return
    is_active = action.cleaned_form.cleaned_data["mark_as_active"]
    for user in objects:
        user.is_active = is_active
        user.save(update_fields=["is_active"])
