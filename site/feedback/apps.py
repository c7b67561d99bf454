from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    name = "feedback"
    verbose_name = _("Readers' reports")

    def ready(self):
        from notifications.worker import Job, register

        register(
            Job(
                "contacts",
                "feedback.handling.forget_contacts",
                3600,
                _("deletion of readers' contacts"),
                order=90,
            )
        )
