from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UrgencyConfig(AppConfig):
    name = "urgency"
    verbose_name = _("Urgent items")

    def ready(self) -> None:
        from notifications.worker import Job, register

        remind_of_checks = "urgency.reminders.remind_of_checks"
        register(Job("checks", remind_of_checks, 300, _("checks after publication"), order=55))
