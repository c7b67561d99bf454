"""Keeps each school's drafts and files out of the other schools' choosers."""

from django.db.models import F, Q
from wagtail import hooks
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
