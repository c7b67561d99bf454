from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    name = "publication"
    verbose_name = _("Publication")

    def ready(self):
        from notifications.worker import Job, register

        register(
            Job(
                "schedule", "publication.schedule.run_due", 15, _("scheduled publication"), order=10
            )
        )
        register(
            Job(
                "pictures",
                "publication.rendition_prefetch.make_recent",
                30,
                _("sizes of pictures"),
                order=70,
            )
        )
