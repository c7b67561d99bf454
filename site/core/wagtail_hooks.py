"""Hooks that limit choosers and menus to what a person works with, and files to their readers.

External links of rich text lead through the notice (`core.display.external_links`).
"""

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, resolve
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.admin.ui.sidebar import SubMenuItem
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.query import PageQuerySet
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.display.external_links import ExternalLinkHandler
from core.media.models import Document
from core.media.references import pages_showing
from core.panels import page_address
from core.visibility.middleware import is_for_administrators
from core.visibility.querysets import (
    documents_visible_to,
    images_visible_to,
    may_see_document,
    pages_visible_to,
)

# The items of the help menu that lead to Wagtail's own site, by the beginning of their names.
WAGTAIL_HELP_ITEMS = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("register_admin_urls")
def register_page_address() -> list[URLPattern]:
    """Return the address that the editing form asks what a title becomes."""
    return [path("page-address/<int:parent_page_id>/", page_address, name="core_page_address")]


@hooks.register("construct_page_chooser_queryset")
def limit_page_chooser_to_visible_pages(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Return the pages that the person sees in the tree, and those that are public anyway."""
    return pages.filter(pk__in=pages_visible_to(request.user).values("pk"))


class VisibleImagesAPIViewSet(ImagesAdminAPIViewSet):
    """The images that the person may see; originals have no address, so none is named."""

    meta_fields = [name for name in ImagesAdminAPIViewSet.meta_fields if name != "download_url"]

    def get_queryset(self) -> QuerySet:
        visible = images_visible_to(self.request.user)
        return super().get_queryset().filter(pk__in=visible.values("pk"))


class VisibleDocumentsAPIViewSet(DocumentsAdminAPIViewSet):
    """The documents that the person may see."""

    def get_queryset(self) -> QuerySet:
        visible = documents_visible_to(self.request.user)
        return super().get_queryset().filter(pk__in=visible.values("pk"))


@hooks.register("construct_admin_api", order=1000)
def register_visible_files(router: WagtailAPIRouter) -> None:
    """Replace Wagtail's endpoints, which list every file of every school."""
    router.register_endpoint("images", VisibleImagesAPIViewSet)
    router.register_endpoint("documents", VisibleDocumentsAPIViewSet)


@hooks.register("construct_help_menu")
def remove_wagtail_help(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Remove the items that lead to Wagtail's own site: its news, its English guide."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(WAGTAIL_HELP_ITEMS)]


class SettingsMenuItem(SubmenuMenuItem):
    """The settings menu, with the version of Yipin at its foot where Wagtail names its own."""

    def render_component(self, request: HttpRequest) -> SubMenuItem:
        component = super().render_component(request)
        component.footer_text = f"{settings.WAGTAIL_SITE_NAME} {settings.VERSION}"
        return component


@hooks.register("construct_main_menu")
def show_own_version(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Replace Wagtail's own settings item."""
    for index, item in enumerate(menu_items):
        if item.name == "settings":
            menu_items[index] = SettingsMenuItem(
                item.label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order
            )


@hooks.register("construct_reports_menu")
def remove_administrator_reports(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Remove the reports on the whole installation for everybody but administrators."""
    if request.user.is_superuser:
        return
    menu_items[:] = [
        item for item in menu_items if not is_for_administrators(resolve(item.url).view_name)
    ]


@hooks.register("before_serve_document")
def serve_visible_documents_only(document: Document, request: HttpRequest) -> None:
    """Serve a document while a public page offers it, and to those who work with it.

    Raises:
        Http404: to anybody else.
    """
    if pages_showing(type(document), [document.pk]) or may_see_document(request.user, document):
        return
    raise Http404


@hooks.register("register_rich_text_features")
def register_external_links(features: FeatureRegistry) -> None:
    """Replace Wagtail's handler, which prints the address as it stands."""
    features.register_link_type(ExternalLinkHandler)
