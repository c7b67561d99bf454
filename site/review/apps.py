from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("Review")

    def ready(self) -> None:
        # Models can be imported from here on, not above.
        from core.media import draft_references
        from notifications.worker import Job, register
        from review import receivers  # noqa: F401 (its functions connect themselves)
        from review.domain import corrections

        draft_references.register_source(corrections.open_suggestions)
        jobs = [
            ("reminders", "remind", 300, _("reminders"), 40),
            ("escalations", "escalate", 300, _("messages about overdue items"), 50),
            ("healing", "heal", 900, _("repair of queue and messages"), 80),
        ]
        for name, function, pause, label, order in jobs:
            register(Job(name, f"review.reminders.{function}", pause, label, order))
