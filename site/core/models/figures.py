"""Numbers that can be traced: what is counted, in which unit, as of when, from which source."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from core.models.mixins import PageRow


class TracedFigure(PageRow):
    """One public number with its as-of date and source (product rule 1 of the domain)."""

    label = models.CharField(_("label"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=20)
    as_of = models.DateField(_("as of"))
    source = models.CharField(
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
