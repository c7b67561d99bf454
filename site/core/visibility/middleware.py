"""A middleware that keeps the admin from showing one school what belongs to another.

Wagtail's screens for choosing and confirming take any id and show the title of its object.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from core.visibility.querysets import may_see_all

PAGE_PARAMETERS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
FILE_PARAMETERS = {
    "image_id": get_image_model,
    "document_id": get_document_model,
    "doc_id": get_document_model,
}
# Reports over all schools at once: they name their people, in rows or in filters.
ADMINISTRATOR_REPORTS = {
    f"wagtailadmin_reports:{name}{results}"
    for name in ("page_types_usage", "site_history", "workflow", "workflow_tasks")
    for results in ("", "_results")
}
# Namespaces of tools for administrators; some of their views ask for no permission at all.
ADMINISTRATOR_NAMESPACES = ("wagtail_localize:", "wagtailadmin_workflows:")
# The view in these namespaces that every admin screen loads.
JAVASCRIPT_CATALOG = "wagtail_localize:javascript_catalog"
MULTIPLE_PAGES_CHOSEN = "wagtailadmin_choose_page_chosen_multiple"
BULK_ACTION = "wagtail_bulk_action"
# Wagtail's name in the context of a bulk action for the objects that it does not act on.
NO_ACCESS = "items_with_no_access"


class ObjectVisibilityMiddleware:
    """Answer 404 where an address of the admin names a page or file that its user may not see."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Refuse administrators' tools to others.

        Raises:
            Http404: the address names what this person may not see.
        """
        match = request.resolver_match
        view_name = (match.view_name if match else None) or ""
        is_restricted = is_for_administrators(view_name)
        references = list(_references(view_name, request, kwargs))
        # `request.user` comes last: whoever asks for it makes a public page vary by cookie.
        if not (is_restricted or references) or not request.user.is_authenticated:
            return None
        if is_restricted and not request.user.is_superuser:
            return permission_denied(request)
        if not all(may_see_all(request.user, model, keys) for model, keys in references):
            raise Http404
        return None

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        """Remove from the confirmation of a bulk action the objects this person may not see."""
        match = request.resolver_match
        context = response.context_data or {}
        if match and match.view_name == BULK_ACTION and NO_ACCESS in context:
            context[NO_ACCESS] = [
                row
                for row in context[NO_ACCESS]
                if may_see_all(request.user, type(_object_of(row)), [_object_of(row).pk])
            ]
        return response


def is_for_administrators(view_name: str) -> bool:
    """Return whether only administrators use this view."""
    if view_name in ADMINISTRATOR_REPORTS:
        return True
    return view_name.startswith(ADMINISTRATOR_NAMESPACES) and view_name != JAVASCRIPT_CATALOG


def _references(
    view_name: str, request: HttpRequest, kwargs: dict[str, Any]
) -> Iterator[tuple[type[Model], list]]:
    """Yield the (model, keys) that an address names."""
    page_keys = [kwargs[parameter] for parameter in PAGE_PARAMETERS if parameter in kwargs]
    if view_name == MULTIPLE_PAGES_CHOSEN:
        page_keys += request.GET.getlist("id")
    if page_keys:
        yield Page, page_keys
    for parameter, get_model in FILE_PARAMETERS.items():
        if parameter in kwargs:
            yield get_model(), [kwargs[parameter]]


def _object_of(row: Any) -> Any:
    return row["item"] if isinstance(row, dict) else row
