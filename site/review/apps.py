from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "review"
    verbose_name = _("Review")

    def ready(self):
        from core.media import draft_references
        from notifications.worker import Job, register
        from review import receivers  # noqa: F401 (its functions connect themselves)
        from review.domain import corrections

        draft_references.register_source(corrections.open_suggestions)
        register(Job("reminders", "review.reminders.remind", 300, _("reminders"), order=40))
        register(
            Job(
                "escalations",
                "review.reminders.escalate",
                300,
                _("messages about overdue items"),
                order=50,
            )
        )
        register(Job("late", "review.reminders.late", 300, _("what missed its time"), order=60))
        register(
            Job("healing", "review.reminders.heal", 900, _("queue and messages in step"), order=80)
        )
