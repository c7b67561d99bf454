"""Figures with their unit, as-of date and source."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.models.mixins import PageRow


class TracedFigure(PageRow):
    """A public number; none is shown without its as-of date and source."""

    label: models.CharField = models.CharField(_("label"), max_length=60)
    value: models.DecimalField = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit: models.CharField = models.CharField(_("unit"), max_length=20)
    as_of: models.DateField = models.DateField(_("as of"))
    source: models.CharField = models.CharField(
        _("source"),
        max_length=200,
        help_text=_("Where the number can be looked up: a document, a register, a report."),
    )

    panels = [
        FieldRowPanel([FieldPanel("label"), FieldPanel("value"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("as_of"), FieldPanel("source")]),
    ]

    class Meta(PageRow.Meta):
        abstract = True
        verbose_name = _("figure")
        verbose_name_plural = _("figures")

    def __str__(self) -> str:
        return f"{self.label}: {self.value.normalize():f} {self.unit}"
