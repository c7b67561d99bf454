"""A middleware that keeps the admin from naming to one school what belongs to another.

Wagtail's screens for choosing and confirming take any id and show the title of what it names.
"""

from django.http import Http404
from wagtail.admin.auth import permission_denied
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from core.visibility.querysets import can_see_all

PAGE_PARAMETERS = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
FILE_PARAMETERS = {
    "image_id": get_image_model,
    "document_id": get_document_model,
    "doc_id": get_document_model,
}
# Reports and tools over all schools at once.
ADMINISTRATORS_ONLY = {
    "wagtailadmin_reports:page_types_usage",
    "wagtailadmin_reports:page_types_usage_results",
}
# Tools that are no school's business; some of their views ask for no right at all.
TOOLS = ("wagtail_localize:", "wagtailadmin_workflows:")
WORDS_FOR_ALL = "wagtail_localize:javascript_catalog"
CHOSEN_PAGES = "wagtailadmin_choose_page_chosen_multiple"
BULK_ACTION = "wagtail_bulk_action"


class ObjectVisibilityMiddleware:
    """Answers 404 where an address names a page, image or document its reader may not see."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Let pass, refuse (tools for administrators), or raise Http404."""
        # Public pages go by untouched: who asks for the user makes them vary by cookie.
        name = request.resolver_match.view_name or ""
        for_administrators = name in ADMINISTRATORS_ONLY or is_tool(name)
        named = list(_named(name, request, kwargs))
        if not (for_administrators or named) or not request.user.is_authenticated:
            return None
        if for_administrators and not request.user.is_superuser:
            return permission_denied(request)
        if not all(can_see_all(request.user, model, keys) for model, keys in named):
            raise Http404
        return None

    def process_template_response(self, request, response):
        """Take out of a bulk action's confirmation what it can't act on and its reader not see."""
        match = request.resolver_match
        refused = "items_with_no_access"
        if match and match.view_name == BULK_ACTION and refused in (response.context_data or {}):
            response.context_data[refused] = [
                row
                for row in response.context_data[refused]
                if can_see_all(request.user, type(_item(row)), [_item(row).pk])
            ]
        return response


def _named(name, request, kwargs):
    """The (model, keys) that an address names."""
    pages = [kwargs[parameter] for parameter in PAGE_PARAMETERS if parameter in kwargs]
    if name == CHOSEN_PAGES:
        pages += request.GET.getlist("id")
    if pages:
        yield Page, pages
    for parameter, model in FILE_PARAMETERS.items():
        if parameter in kwargs:
            yield model(), [kwargs[parameter]]


def is_tool(name: str) -> bool:
    """Whether this view belongs to the tools that only administrators use."""
    return name.startswith(TOOLS) and name != WORDS_FOR_ALL


def _item(row):
    return row["item"] if isinstance(row, dict) else row
