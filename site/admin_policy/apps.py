from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)


class AdminPolicyConfig(AppConfig):
    name = "admin_policy"
    verbose_name = _("Admin policy")

    def ready(self) -> None:
        replace_workflow_notifiers()


# Wagtail's notifiers of workflows, which send mail inside the request: dispatch_uid → signal.
WORKFLOW_NOTIFIERS = {
    "group_approval_task_submitted_email_notification": task_submitted,
    "workflow_state_submitted_email_notification": workflow_submitted,
    "workflow_state_rejected_email_notification": workflow_rejected,
    "workflow_state_approved_email_notification": workflow_approved,
}


def replace_workflow_notifiers() -> None:
    """Connect receivers that do nothing under the names of Wagtail's notifiers.

    A signal accepts a `dispatch_uid` once, and Wagtail's app, which is ready after this one, would
    connect its own under these. Password resets and other mail are not concerned.
    """
    # Models are not loaded before the app is ready.
    from wagtail.models import TaskState, WorkflowState

    for name, signal in WORKFLOW_NOTIFIERS.items():
        sender = TaskState if signal is task_submitted else WorkflowState
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(send_no_mail, sender=sender, dispatch_uid=name)


def send_no_mail(**kwargs: Any) -> None:
    """Do nothing: notices are written by the app that acts, and mailed by the worker."""
