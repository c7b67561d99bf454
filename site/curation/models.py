"""Slots of the home page: rows beside it, changed by two people."""

from django.db import models
from django.utils.translation import gettext_lazy


class Slot(models.TextChoices):
    """Where a page may stand first."""

    LEAD = "lead", gettext_lazy("lead story")
    HEADLINES = "headlines", gettext_lazy("headlines")
    NOTICES = "notices", gettext_lazy("notices")
    BRANDS = "brands", gettext_lazy("brands")
    ROUTES = "routes", gettext_lazy("routes")
    PROJECTS = "projects", gettext_lazy("projects")


class SlotEntry(models.Model):
    """One page in a slot of a home page, from one day to another."""

    home = models.ForeignKey(
        "home.HomePage",
        verbose_name=gettext_lazy("home page"),
        on_delete=models.CASCADE,
        related_name="slot_entries",
    )
    slot = models.CharField(gettext_lazy("slot"), max_length=12, choices=Slot.choices)
    target = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=gettext_lazy("page"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    starts_on = models.DateField(gettext_lazy("from"))
    ends_on = models.DateField(gettext_lazy("until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(gettext_lazy("order"), default=0)

    class Meta:
        verbose_name = gettext_lazy("slot entry")
        verbose_name_plural = gettext_lazy("slot entries")
        ordering = ["slot", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "slot", "target"], name="one_entry_per_page_and_slot"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}: {self.target_id}"
