"""Under which circumstances one of Wagtail's views is closed: predicates of a request."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Collection, CollectionViewRestriction, Page, TaskState

from core.publishing.write_guard import is_live_or_has_live_descendants
from roles import reviewers

Kwargs = dict[str, Any]


def always(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whatever is asked."""
    return True


def touches_public_page(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether the public sees the page in the address, or a page below it."""
    page = page_in(kwargs)
    return page is not None and is_live_or_has_live_descendants(page)


def goes_below_the_root(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether a page would become a sibling of the home pages."""
    key = kwargs.get("parent_page_id") or kwargs.get("destination_id")
    return Page.objects.filter(pk=key, depth=1).exists()


def moves_public_page_or_below_the_root(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether a move changes a public address, or would make a home page."""
    return touches_public_page(request, kwargs) or goes_below_the_root(request, kwargs)


def publishes_or_aliases_the_copy(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether a copy would be public at once, or be an alias of a public page."""
    return bool(request.POST.get("publish_copies") or request.POST.get("alias"))


def restarts_a_translation(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether a page would be synchronised with one in another language again."""
    return "localize-restart-translation" in request.POST


def posts_a_workflow_action(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether the edit form carries a decision, as Wagtail's own buttons post it."""
    return "action-workflow-action" in request.POST


def publishes_or_unpublishes_pages(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether a bulk action would publish pages or take them down."""
    return kwargs.get("model_name") == "page" and kwargs.get("action") in {"publish", "unpublish"}


def may_change_view_restrictions(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether moving the collection could change who may read its documents."""
    parent_id = request.POST.get("parent")
    collection = Collection.objects.filter(pk=kwargs.get("pk"), depth__gt=1).first()
    if not parent_id or collection is None or str(collection.get_parent().pk) == parent_id:
        return False
    return CollectionViewRestriction.objects.exists()


def is_restricted(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether the page or collection in the address, or one above it, is not open to everybody."""
    if "collection_id" in kwargs:
        target = Collection.objects.filter(pk=kwargs["collection_id"]).first()
    else:
        target = Page.objects.filter(pk=kwargs.get("page_id")).first()
    return target is not None and target.get_view_restrictions().exists()


def may_decide_instead(request: HttpRequest, kwargs: Kwargs) -> bool:
    """Whether this person is a reviewer of the level at which the page waits."""
    return task_state_to_decide(request, kwargs) is not None


def task_state_to_decide(request: HttpRequest, kwargs: Kwargs) -> TaskState | None:
    """Return the task state of the page in the address, for reviewers of its level."""
    page = page_in(kwargs)
    state = page.current_workflow_task_state if page else None
    level = getattr(state.task.specific, "level", None) if state else None
    if level is None or not reviewers.is_reviewer(request.user, page, level):
        return None
    return state


def page_in(kwargs: Kwargs) -> Page | None:
    """Return the page that the address names, as its specific class."""
    key = kwargs.get("page_id") or kwargs.get("page_to_move_id")
    page = Page.objects.filter(pk=key).first()
    return page.specific if page else None
