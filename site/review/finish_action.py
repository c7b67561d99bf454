"""The finish action of Wagtail's workflow, named in `WAGTAIL_FINISH_WORKFLOW_ACTION`.

Wagtail imports this module while it defines its own models, so that nothing here may import any
model before the function is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from accounts.models import User


def finish(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Hand a workflow whose tasks are all done to the gate."""
    # Wagtail's models import this module.
    from review.domain.gate import publish_approved

    publish_approved(workflow_state, user)
