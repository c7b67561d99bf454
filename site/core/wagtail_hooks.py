"""Keeps each school's files out of the others' choosers, and Wagtail's own news out of the menu."""

from django.db.models import F, Q
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import SubmenuMenuItem
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.permissions import page_permission_policy

FILE_ACTIONS = ["add", "change", "delete", "choose"]


@hooks.register("construct_page_chooser_queryset")
def only_own_or_public_pages(pages, request):
    """Offer what the person may see in the tree, and what the public sees anyway.

    A live page whose draft bears another title is left out: choosers show the draft's title.
    """
    own = page_permission_policy.explorable_instances(request.user).values("pk")
    return pages.filter(Q(pk__in=own) | Q(live=True, draft_title=F("title")))


class OwnImages(ImagesAdminAPIViewSet):
    """The images of the collections in which the person has any right."""

    def get_queryset(self):
        return super().get_queryset().filter(pk__in=_own(image_policy, self.request.user))


class OwnDocuments(DocumentsAdminAPIViewSet):
    """The documents of the collections in which the person has any right."""

    def get_queryset(self):
        return super().get_queryset().filter(pk__in=_own(document_policy, self.request.user))


def _own(policy, user):
    return policy.instances_user_has_any_permission_for(user, FILE_ACTIONS).values("pk")


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


@hooks.register("construct_main_menu")
def settings_without_version(request, menu_items):
    """Show the settings without the line below them that names Wagtail and its version."""
    for place, item in enumerate(menu_items):
        if item.name == "settings":
            menu_items[place] = SubmenuMenuItem(
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
