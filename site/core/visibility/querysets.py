"""What a person may see of the pages, images and documents of others; all of it for superusers.

Wagtail asks this of its explorer and edit screens by itself. Choosers, confirmations and forms,
where it asks nobody, ask here.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Q
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from core.media.models import FileLock

FILE_ACTIONS = ["add", "change", "delete", "choose"]


def pages_visible_to(user):
    """The pages of the person's part of the tree, and what the public sees anyway.

    A live page whose draft bears another title is left out: the admin shows the draft's title.
    """
    own = page_permission_policy.explorable_instances(user).values("pk")
    return Page.objects.filter(Q(pk__in=own) | Q(live=True, draft_title=F("title")))


def images_visible_to(user):
    """The images of the collections in which the person has any right."""
    return image_policy.instances_user_has_any_permission_for(user, FILE_ACTIONS)


def documents_visible_to(user):
    """The documents of the collections in which the person has any right."""
    return document_policy.instances_user_has_any_permission_for(user, FILE_ACTIONS)


def can_see_document(user, document) -> bool:
    """Whether the admin shows this document to `user`: a file of theirs, or of what they decide."""
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    if documents_visible_to(user).filter(pk=document.pk).exists():
        return True
    kind = ContentType.objects.get_for_model(document)
    held = FileLock.objects.filter(content_type=kind, object_id=str(document.pk))
    waiting = Page.objects.filter(pk__in=held.values("page_id")).specific()[:5]
    return any(page.permissions_for_user(user).can_edit() for page in waiting)


def can_see_all(user, model, keys) -> bool:
    """Whether `user` may see every existing `model` (of pages, images, documents) in `keys`."""
    keys = {str(key) for key in keys if str(key).isdigit()}
    if user.is_superuser or not keys:
        return True
    if issubclass(model, Page):
        hidden = Page.objects.filter(pk__in=keys).exclude(
            pk__in=pages_visible_to(user).values("pk")
        )
        # A reviewer has no row in the other language's tree, but the task opens the page.
        return all(page.permissions_for_user(user).can_edit() for page in hidden)
    seen = {get_image_model(): images_visible_to, get_document_model(): documents_visible_to}
    if model not in seen:
        return False
    hidden = model.objects.filter(pk__in=keys).exclude(pk__in=seen[model](user).values("pk"))
    return not hidden.exists()
