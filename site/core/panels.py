"""A panel with the address of a page: as it is, or as the title being typed will make it."""

from typing import Any

from django.forms import Media
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from wagtail.admin.panels import Panel
from wagtail.models import Page

from core.text.slugs import free_slug


class AddressPanel(Panel):
    """Show the address without a field to fill in: editors need not know what a slug is."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/admin/address_panel.html"

        @property
        def media(self) -> Media:
            """The script that asks for the address while a title is typed."""
            source = static("js/admin/address.js")
            return Media(js=[format_html('<script type="module" src="{}"></script>', source)])

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = super().get_context_data(parent_context)
            parent = getattr(self.form, "parent_page", None)
            preview_url = reverse("core_page_address", args=[parent.pk]) if parent else ""
            return context | {
                "address": self.instance.url if self.instance.pk else "",
                "preview_url": "" if self.instance.pk else preview_url,
            }


def page_address(request: HttpRequest, parent_page_id: int) -> JsonResponse:
    """Return the address that a page of this title would have below its parent, as JSON.

    Status 403 if this person may not add a page there.

    Raises:
        Http404: there is no such page.
    """
    parent = get_object_or_404(Page, pk=parent_page_id).specific
    if not parent.permissions_for_user(request.user).can_add_subpage():
        return JsonResponse({"address": ""}, status=403)
    slug = free_slug(request.GET.get("title", "")[:255], parent)
    return JsonResponse({"address": f"{parent.url or '/'}{slug}/"})
