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

    def ready(self):
        silence_wagtail()


# Wagtail's own notifiers of review send their mail inside the request: signal → their name.
NOTIFIERS = {
    "group_approval_task_submitted_email_notification": task_submitted,
    "workflow_state_submitted_email_notification": workflow_submitted,
    "workflow_state_rejected_email_notification": workflow_rejected,
    "workflow_state_approved_email_notification": workflow_approved,
}


def silence_wagtail() -> None:
    """Keep those notifiers out; password resets and other mail stay.

    Wagtail's app gets ready after this one and would connect them, so their names are taken
    already: a signal accepts a name once.
    """
    from wagtail.models import TaskState, WorkflowState

    for name, signal in NOTIFIERS.items():
        sender = TaskState if signal is task_submitted else WorkflowState
        signal.disconnect(sender=sender, dispatch_uid=name)
        signal.connect(send_nothing, sender=sender, dispatch_uid=name)


def send_nothing(**kwargs) -> None:
    """Stand where a notifier of Wagtail's would."""
