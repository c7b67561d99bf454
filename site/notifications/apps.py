from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Messages")

    def ready(self):
        from notifications.worker import Job, register

        register(Job("letters", "notifications.emails.send_due", 10, _("single letters"), order=20))
        register(
            Job("digests", "notifications.emails.send_digests", 120, _("daily letters"), order=30)
        )
