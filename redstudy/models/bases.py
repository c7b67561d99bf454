"""Study bases: the places that routes lead to."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage, Facet, HonourLevel
from core.models.mixins import ContactMixin, CoverMixin
from redstudy.models.routes import RoutePage, RouteStop


class StudyBasePage(ContactMixin, CoverMixin, BasePage):
    """A place that routes lead to. The district writes it; schools refer to it."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        SUSPENDED = "suspended", _("closed for the time being")
        WITHDRAWN = "withdrawn", _("no longer a study base")

    level = models.CharField(_("level"), max_length=10, choices=HonourLevel.choices)
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.OPEN,
        help_text=_("No new route can lead to a base that is not open."),
    )
    address = models.CharField(_("address"), max_length=120)
    opening = models.CharField(
        _("opening hours"), max_length=120, blank=True, help_text=_("With the days it is closed.")
    )
    capacity = models.PositiveIntegerField(
        _("capacity"),
        null=True,
        blank=True,
        help_text=_("How many pupils it can receive at one time."),
    )
    body = BodyField(verbose_name=_("body"), blank=True)

    card_template = "redstudy/base_card.html"
    card_picture = "cover"
    picture_sizes = {"cover": ("low", "place", "stop"), "body": ("text",)}
    parent_page_types = ["redstudy.RouteIndexPage"]
    subpage_types: list[str] = []

    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("level"), FieldPanel("status")]),
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("opening"), FieldPanel("capacity")]),
                ContactMixin.contact_panel,
            ],
            heading=_("The base"),
        ),
        CoverMixin.cover_panel,
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("address"),
        index.SearchField("body"),
        index.FilterField("level"),
        index.FilterField("status"),
    ]

    class Meta:
        verbose_name = _("study base")
        verbose_name_plural = _("study bases")

    @property
    def is_open(self) -> bool:
        """Whether pupils can visit it: public and open."""
        return self.live and self.status == self.Status.OPEN

    def facets(self) -> list[Facet]:
        return [self.facet_choice("level"), self.facet_choice("status")]

    @property
    def summary_text(self) -> str:
        return self.search_description or self.address

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `routes`: the live routes that stop here, newest first."""
        context = super().get_context(request, *args, **kwargs)
        stops = RouteStop.objects.filter(base=self.pk)
        routes = RoutePage.listed().filter(pk__in=stops.values("page"))
        return context | {"routes": routes.order_by("-first_published_at", "-pk")}
