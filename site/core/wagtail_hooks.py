"""Keeps each school's files out of the others' choosers, and Wagtail's own news out of the menu.

And leads the outside links of rich text through the notice.
"""

from django.conf import settings
from django.http import Http404
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import SubmenuMenuItem
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

from core.display.external_links import ExternalLinkHandler
from core.media.references import pages_showing
from core.panels import page_address
from core.visibility.querysets import (
    can_see_document,
    documents_visible_to,
    images_visible_to,
    pages_visible_to,
)


@hooks.register("register_admin_urls")
def register_page_address():
    """What a title becomes, for the editing form."""
    return [path("page-address/<int:parent_page_id>/", page_address, name="core_page_address")]


@hooks.register("construct_page_chooser_queryset")
def only_own_or_public_pages(pages, request):
    """Offer what the person may see in the tree, and what the public sees anyway."""
    return pages.filter(pk__in=pages_visible_to(request.user).values("pk"))


class OwnImages(ImagesAdminAPIViewSet):
    """The images that the person may see; originals have no address, so none is named."""

    meta_fields = [name for name in ImagesAdminAPIViewSet.meta_fields if name != "download_url"]

    def get_queryset(self):
        seen = images_visible_to(self.request.user)
        return super().get_queryset().filter(pk__in=seen.values("pk"))


class OwnDocuments(DocumentsAdminAPIViewSet):
    """The documents that the person may see."""

    def get_queryset(self):
        seen = documents_visible_to(self.request.user)
        return super().get_queryset().filter(pk__in=seen.values("pk"))


@hooks.register("construct_admin_api", order=1000)
def register_own_files(router):
    """Replace Wagtail's endpoints, which list every file of every school."""
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)


@hooks.register("construct_help_menu")
def only_our_own_help(request, menu_items):
    """Drop what leads to Wagtail's own site: its news, its English guide."""
    foreign = ("whats-new-in-wagtail", "editor-guide")
    menu_items[:] = [item for item in menu_items if not item.name.startswith(foreign)]


class SettingsMenuItem(SubmenuMenuItem):
    """The settings, with the version of Yipin below them where Wagtail names its own."""

    def render_component(self, request):
        component = super().render_component(request)
        component.footer_text = f"{settings.WAGTAIL_SITE_NAME} {settings.VERSION}"
        return component


@hooks.register("construct_main_menu")
def settings_with_our_version(request, menu_items):
    """Replace Wagtail's own entry."""
    for place, item in enumerate(menu_items):
        if item.name == "settings":
            menu_items[place] = SettingsMenuItem(
                item.label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order
            )


@hooks.register("construct_reports_menu")
def reports_of_use(request, menu_items):
    """Leave to the administrator what tells of the whole installation, or of its machinery."""
    if request.user.is_superuser:
        return
    machinery = [
        reverse(name)
        for name in (
            "wagtailadmin_reports:workflow_tasks",
            "wagtailadmin_reports:page_types_usage",
            "wagtail_localize:translations_report",
        )
    ]
    menu_items[:] = [item for item in menu_items if item.url not in machinery]


@hooks.register("before_serve_document")
def only_what_a_public_page_shows(document, request):
    """Serve a document as long as a public page offers it, and to those who work with it."""
    if pages_showing(type(document), [document.pk]) or can_see_document(request.user, document):
        return
    raise Http404


@hooks.register("register_rich_text_features")
def outside_links(features):
    """Wagtail would print the address as it stands."""
    features.register_link_type(ExternalLinkHandler)
