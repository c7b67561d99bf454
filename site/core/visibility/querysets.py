"""The pages, images and documents that a person may see in the admin; superusers see all.

Wagtail applies this to its explorer and edit screens by itself; choosers, confirmations and forms,
where it does not, use these functions.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.documents.permissions import permission_policy as document_policy
from wagtail.images import get_image_model
from wagtail.images.permissions import permission_policy as image_policy
from wagtail.models import Page, PageLogEntry
from wagtail.permissions import page_permission_policy
from wagtail.query import PageQuerySet

from accounts.models import User
from core.keys import parse_key
from core.media.models import Document
from core.media.reviewed_files import FileLock

FILE_ACTIONS = ["add", "change", "delete", "choose"]
# How many of the pages that lock a document are examined.
MAX_LOCKING_PAGES = 5


def pages_visible_to(user: Any) -> PageQuerySet:
    """Return the pages of the person's part of the tree, and those that are public anyway.

    A live page whose draft has another title is left out: the admin shows the draft's title.
    """
    own = page_permission_policy.explorable_instances(user).values("pk")
    return Page.objects.filter(Q(pk__in=own) | Q(live=True, draft_title=F("title")))


def images_visible_to(user: Any) -> QuerySet:
    """Return the images of the collections in which the person has any permission."""
    return image_policy.instances_user_has_any_permission_for(user, FILE_ACTIONS)


def documents_visible_to(user: Any) -> QuerySet:
    """Return the documents of the collections in which the person has any permission."""
    return document_policy.instances_user_has_any_permission_for(user, FILE_ACTIONS)


def people_visible_to(user: Any) -> QuerySet[User]:
    """Return who owns or has changed a page of the person's part of the tree; superusers: all."""
    if user.is_superuser:
        return User.objects.all()
    pages = page_permission_policy.explorable_instances(user)
    changes = PageLogEntry.objects.filter(page_id__in=pages.values("pk"))
    return User.objects.filter(
        Q(pk__in=pages.values("owner_id")) | Q(pk__in=changes.values("user_id"))
    )


def may_see_document(user: Any, document: Document) -> bool:
    """Return whether `user` works with this document, or with a page in review that shows it."""
    if not user.is_active or not user.has_perm("wagtailadmin.access_admin"):
        return False
    if documents_visible_to(user).filter(pk=document.pk).exists():
        return True
    content_type = ContentType.objects.get_for_model(document)
    locks = FileLock.objects.filter(content_type=content_type, object_id=str(document.pk))
    pages = Page.objects.filter(pk__in=locks.values("page_id")).specific()[:MAX_LOCKING_PAGES]
    return any(page.permissions_for_user(user).can_edit() for page in pages)


def may_see_all(user: Any, model: type[Model], keys: Iterable[Any]) -> bool:
    """Return whether `user` may see every existing object of `model` in `keys`.

    `model` is that of pages, images or documents; of any other, nobody but superusers may. What is
    no key may not be seen by anybody: a form or a query could still read a number in it.
    """
    numbers = {parse_key(key) for key in keys}
    if 0 in numbers:
        return False
    if user.is_superuser or not numbers:
        return True
    if issubclass(model, Page):
        hidden_pages = Page.objects.filter(pk__in=numbers).exclude(
            pk__in=pages_visible_to(user).values("pk")
        )
        # A reviewer has no permission in the other language's tree, but the task opens the page.
        return all(page.permissions_for_user(user).can_edit() for page in hidden_pages)
    visible_to = {get_image_model(): images_visible_to, get_document_model(): documents_visible_to}
    if model not in visible_to:
        return False
    visible = visible_to[model](user).values("pk")
    return not model._default_manager.filter(pk__in=numbers).exclude(pk__in=visible).exists()
