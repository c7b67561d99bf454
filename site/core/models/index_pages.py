"""The abstract page type that lists the pages of one type."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.query import PageQuerySet
from wagtail.search import index

from core.listing import ListingForm, paginate

from .pages import BasePage


class IndexPage(BasePage):
    """Lists the live pages of one type within its district and language.

    Subclasses declare `entry_type` ("app.Model") and may declare `listing_form` and `page_size`.
    """

    intro: models.TextField = models.TextField(_("introduction"), blank=True, max_length=400)

    entry_type: str = ""
    listing_form = ListingForm
    page_size = 20
    meta_kind = "column"
    published_by_system = True
    max_count_per_parent = 1

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    settings_panels: list[Panel] = []
    search_fields = [*BasePage.search_fields, index.SearchField("intro")]

    class Meta:
        abstract = True

    @property
    def summary_text(self) -> str:
        return self.search_description or self.intro

    @property
    def feed_address(self) -> str:
        for kind, (_title, name, conditions) in settings.FEEDS.items():
            if name == self.entry_type and not conditions:
                return reverse("feed_of_kind", args=[kind])
        return ""

    @property
    def keywords(self) -> list[str]:
        kind = str(self.entry_model._meta.verbose_name_plural)
        return list(dict.fromkeys([self.title, kind]))

    @property
    def entry_model(self) -> type[BasePage]:
        """The class of the pages listed here."""
        return apps.get_model(self.entry_type)

    def entries(self) -> PageQuerySet:
        """Return the listed pages of this district and language, newest first."""
        pages = self.entry_model.listed().descendant_of(self.get_parent())
        return pages.order_by("-first_published_at", "-pk")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `form`, `page_obj` (one page of rows), `total` (of all pages) and `query`.

        Raises:
            Http404: `?page=` is no page of this listing.
        """
        context = super().get_context(request, *args, **kwargs)
        entries = self.entries()
        form = self.listing_form(request.GET, entries=entries, index=self)
        matching = form.filter_entries(entries)
        form.count_options(entries)
        page_obj = paginate(matching, request.GET.get("page"), self.page_size)
        return context | {
            "form": form,
            "page_obj": page_obj,
            "total": page_obj.paginator.count,
            "query": form.query_string(),
        }
