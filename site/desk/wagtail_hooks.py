"""The admin's first screen shows panels that other apps register; this app imports none of them.

An app registers a panel by the hook `register_desk_panel`: a function that takes the request and
returns a `wagtail.admin.ui.components.Component`, or None where it has nothing for this person.
Wagtail sorts the panels by their `order`:

    @hooks.register("register_desk_panel")
    def register_reports_panel(request: HttpRequest) -> ReportsPanel | None:
        return ReportsPanel() if may_handle_reports(request.user) else None
"""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

# Wagtail asks each task for each waiting item: 15 to 31 s with 5,000 of them.
SLOW_PANELS = (
    WorkflowObjectsToModeratePanel,
    UserObjectsInWorkflowModerationPanel,
    LockedPagesPanel,
)


@hooks.register("construct_homepage_panels", order=1000)
def show_registered_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Replace Wagtail's slow panels by the registered ones."""
    panels[:] = [panel for panel in panels if not isinstance(panel, SLOW_PANELS)]
    registered = (make_panel(request) for make_panel in hooks.get_hooks("register_desk_panel"))
    panels += [panel for panel in registered if panel is not None]
