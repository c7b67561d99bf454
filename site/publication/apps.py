from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "publication"
    verbose_name = _("Publication")

    def ready(self) -> None:
        from notifications.worker import Job, register

        run_due = "publication.schedule.run_due"
        register(Job("schedule", run_due, 15, _("scheduled publication"), order=10))
        make_recent = "publication.rendition_prefetch.make_recent"
        register(Job("pictures", make_recent, 30, _("sizes of pictures"), order=70))
