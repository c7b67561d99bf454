"""What rooms above review offer on the decision screen.

A room registers by the hook `register_decision_buttons`: a function that takes the request, the
task state and its page, and returns Wagtail's buttons; the screen sorts them by priority.
"""

from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.models import Page, TaskState

from core.requests import AdminRequest


def decision_buttons(request: AdminRequest, task_state: TaskState, page: Page) -> list[Button]:
    """Return the buttons that other rooms offer this person for a waiting item."""
    registered = hooks.get_hooks("register_decision_buttons")
    return sorted(button for hook in registered for button in hook(request, task_state, page))
