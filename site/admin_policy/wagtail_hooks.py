"""Takes out of the menus what leads to closed doors, for administrators as well."""

from django.urls import reverse
from wagtail import hooks

# Wagtail's workflows and tasks: the district's own rules say who decides where.
CLOSED_SCREENS = (
    "wagtailadmin_workflows:index",
    "wagtailadmin_workflows:task_index",
    "wagtailadmin_reports:workflow_tasks",
)


@hooks.register("construct_settings_menu")
@hooks.register("construct_reports_menu")
def without_closed_screens(request, menu_items):
    """Leave out the screens of Wagtail's workflows and tasks."""
    closed = {reverse(name) for name in CLOSED_SCREENS}
    menu_items[:] = [item for item in menu_items if getattr(item, "url", None) not in closed]


@hooks.register("before_bulk_action")
def switch_accounts_one_by_one(request, action_type, objects, action):
    """Wagtail switches many accounts at once, unheard; the record wants each by name."""
    if action_type != "set_active_state":
        return
    active = action.cleaned_form.cleaned_data["mark_as_active"]
    for user in objects:
        user.is_active = active
        user.save(update_fields=["is_active"])
