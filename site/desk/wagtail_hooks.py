"""The admin's first screen: panels that rooms register, in place of Wagtail's unbounded ones.

A room registers a panel by the hook `register_desk_panel`: a function of the request that returns
a `Component` with an `order`, or None where it has nothing for this person.
"""

from wagtail import hooks
from wagtail.admin.views.home import (
    LockedPagesPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)

# Wagtail asks each task for each waiting item: 15 to 31 s with 5,000 of them.
UNBOUNDED = (
    WorkflowObjectsToModeratePanel,
    UserObjectsInWorkflowModerationPanel,
    LockedPagesPanel,
)


@hooks.register("construct_homepage_panels", order=1000)
def show_registered_panels(request, panels):
    """Show the rooms' panels instead of Wagtail's own."""
    panels[:] = [panel for panel in panels if not isinstance(panel, UNBOUNDED)]
    registered = (make_panel(request) for make_panel in hooks.get_hooks("register_desk_panel"))
    panels += [panel for panel in registered if panel is not None]
