from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "publication"
    verbose_name = _("Publication")

    def ready(self) -> None:
        from notifications.worker import Job, register

        run_due = "publication.schedule.run_due"
        register(Job("schedule", run_due, 15, _("scheduled publication"), order=10))
        report_missed = "publication.missed_dates.report_missed"
        register(Job("late", report_missed, 300, _("items not published on time"), order=60))
        make_recent = "publication.eager_renditions.make_recent"
        register(Job("pictures", make_recent, 30, _("sizes of pictures"), order=70))
