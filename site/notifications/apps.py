from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Messages")

    def ready(self) -> None:
        from notifications.worker import Job, register

        send_due = "notifications.emails.send_due"
        register(Job("letters", send_due, 10, _("e-mails at once"), order=20))
        send_head = "notifications.record_head.send_head"
        register(Job("head", send_head, 3600, _("head of the record"), order=35))
        send_digests = "notifications.emails.send_digests"
        register(Job("digests", send_digests, 120, _("daily e-mails"), order=30))
