"""The list of routes, with the district's study bases."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.models import IndexPage
from redstudy.forms import RouteListingForm
from redstudy.models.bases import StudyBasePage


class RouteIndexPage(IndexPage):
    """Lists the routes of the district; its study bases and its own routes lie below it."""

    entry_type = "redstudy.RoutePage"
    listing_form = RouteListingForm
    page_size = 12
    parent_page_types = ["home.HomePage"]
    subpage_types = ["redstudy.StudyBasePage", "redstudy.RoutePage"]

    class Meta:
        verbose_name = _("list of routes")
        verbose_name_plural = _("lists of routes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `bases`: the live study bases of the district by title."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"bases": StudyBasePage.listed().child_of(self).order_by("title")}
