"""Fields that several page types share, as abstract models with the panels that edit them.

A mixin holds a field only where its name and all its options agree in every type.
"""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index


class PageMixin(models.Model):
    """What is added to a page type.

    Wagtail has no types: this tells the type checker that a page is a model with text of its own.
    """

    if TYPE_CHECKING:
        objects: ClassVar[Any]
        title: str
        search_description: str
        subpage_types: list[str]

        def clean_submission(self) -> None: ...

    class Meta:
        abstract = True


class CoverMixin(PageMixin):
    """A page with a cover picture."""

    cover = models.ForeignKey(
        "core.Image",
        verbose_name=_("cover picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    cover_panel = FieldPanel("cover")

    class Meta:
        abstract = True


class SummaryMixin(PageMixin):
    """A page with a summary, which lists and shared links show."""

    summary = models.CharField(
        _("summary"),
        max_length=200,
        help_text=_("One or two sentences; lists and shared links show them."),
    )

    summary_search_fields = [index.SearchField("summary", boost=2)]

    class Meta:
        abstract = True

    @staticmethod
    def listing_panel(picture: str) -> MultiFieldPanel:
        """Return the panel of what lists show: the summary and the field named `picture`."""
        return MultiFieldPanel([FieldPanel("summary"), FieldPanel(picture)], heading=_("In lists"))

    @property
    def summary_text(self) -> str:
        """Return the search description; without one, the summary."""
        return self.search_description or self.summary


class CardSummaryMixin(SummaryMixin):
    """A page whose form says that its summary is for lists."""

    summary = models.CharField(
        _("summary"), max_length=200, help_text=_("One or two sentences for lists.")
    )

    class Meta:
        abstract = True


class ContactMixin(PageMixin):
    """A page that names an office to turn to."""

    contact = models.CharField(
        _("contact"),
        max_length=120,
        blank=True,
        help_text=_("The office's phone or mailbox, never a person's own number."),
    )

    contact_panel = FieldPanel("contact")

    class Meta:
        abstract = True


class PageRow(Orderable, models.Model):
    """A row of a page, in the order in which editors put it.

    `models.Model` is named for the type checker, which sees nothing in Wagtail's classes.
    """

    class Meta(Orderable.Meta):
        abstract = True
