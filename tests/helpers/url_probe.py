"""Every URL of the admin, filled in with the private content of one school.

Wagtail's own resolver is asked for them, so a URL that a new version or app brings is probed
without anybody writing its name here.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Site, TaskState, WorkflowState

from roles.models import LevelRule
from tests.helpers.private_content import SEARCH_TERM, PrivateContent

# Left out: they hold nothing of a school, or would end the session.
SKIPPED = {
    "wagtailadmin_logout": "ends the session",
    "wagtailadmin_error_test": "raises on purpose",
    "admin/test404/": "answers 404 on purpose",
    "admin/^.*/$": "catches what no other address does",
    "wagtailadmin_password_reset_confirm": "needs an e-mail that nobody got",
    "wagtail_localize:submit_snippet_translation": "there are no snippets",
    "wagtail_localize:snippets_api_listing": "there are no snippets",
    "wagtail_localize:snippets_api_detail": "there are no snippets",
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
COMPARE = "wagtailadmin_pages:revisions_compare"


def admin_views() -> Iterator[tuple[str, str]]:
    """(view name, route) of every URL below /admin/; where a name is missing, the route."""
    for name, route in _url_patterns(get_resolver(), (), ""):
        if route.startswith("admin/"):
            yield name or route, route


def _url_patterns(
    resolver: URLResolver, namespaces: tuple[str, ...], prefix: str
) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _url_patterns(pattern, inner, route)
        else:
            yield ":".join([*namespaces, pattern.name]) if pattern.name else "", route


def admin_urls(content: PrivateContent) -> Iterator[tuple[str, str]]:
    """(view name, URL) with the things of `content` in every place a route has for them."""
    for name, route in admin_views():
        if name in SKIPPED:
            continue
        for path in _paths(name, route, content):
            for query in _queries(name, content):
                yield name, f"/{path}{query}"


def _paths(name: str, route: str, content: PrivateContent) -> list[str]:
    """The route with a value for each of its parameters, in every combination."""
    if name == COMPARE:
        return [
            f"admin/pages/{page_id}/revisions/compare/{revisions}/"
            for page_id in content.page_ids
            for revisions in ("earliest...latest", "live...latest")
        ]
    if name == "wagtail_bulk_action":
        return [f"admin/bulk/{action}/" for action in _bulk_actions()]
    route = route.replace("^", "", 1)
    values = [_values(name, parameter, content) for parameter in PARAMETER.findall(route)]
    return [_fill_in(route, combination) for combination in product(*values)]


def _fill_in(route: str, values: Iterable) -> str:
    for value in values:
        route = PARAMETER.sub(str(value), route, count=1)
    return route


def _bulk_actions() -> Iterator[str]:
    """“app/model/action” of every bulk action."""
    # The registry collects them when it is first asked for one.
    bulk_action_registry.get_bulk_action_class("", "", "")
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            yield from (f"{app}/{model}/{action}" for action in actions)


def _values(name: str, parameter: str, content: PrivateContent) -> list:
    """The values of `parameter` in the URLs of the view `name`."""
    of_view = [
        values
        for (prefix, view_parameter), values in OF_VIEWS.items()
        if name.startswith(prefix) and parameter == view_parameter
    ]
    return (of_view[0] if of_view else OF_PARAMETERS[parameter])(content)


def _task_states(content: PrivateContent) -> list[int]:
    states = TaskState.objects.filter(workflow_state__object_id=str(content.waiting.pk))
    return list(states.values_list("pk", flat=True))


def _editor_groups(content: PrivateContent) -> list[int]:
    return list(content.draft.owner.groups.values_list("pk", flat=True))


def _workflow_state(content: PrivateContent) -> WorkflowState:
    return content.waiting.current_workflow_state


def _tasks(content: PrivateContent) -> list[int]:
    return [_workflow_state(content).current_task_state.task_id]


def _segments(content: PrivateContent, relation: str) -> list[int]:
    segments = getattr(content.translation.source, relation)
    return list(segments.values_list("pk", flat=True)[:1]) or [1]


Values = Callable[[PrivateContent], list[Any]]
OF_PARAMETERS: dict[str, Values] = {
    "page_id": lambda content: content.page_ids,
    "parent_page_id": lambda content: [content.school.pk, content.draft.pk],
    "page_to_move_id": lambda content: content.page_ids,
    "destination_id": lambda content: [content.school.pk],
    "page_pk": lambda content: [content.school.get_parent().get_parent().pk],
    "content_type_app_name": lambda content: ["brands"],
    "content_type_model_name": lambda content: ["brandpage"],
    "app_label": lambda content: ["brands"],
    "app_name": lambda content: ["taggit"],
    "model_name": lambda content: ["brandpage"],
    "task_state_id": _task_states,
    "notice_id": lambda content: [1],
    "change_request_id": lambda content: [1],
    "workflow_state_id": lambda content: [_workflow_state(content).pk],
    "revision_id": lambda content: [content.draft.latest_revision_id],
    "action_name": lambda content: ["approve", "reject"],
    "task_id": _tasks,
    "workflow_pk": lambda content: [_workflow_state(content).workflow_id],
    "image_id": lambda content: [content.image.pk],
    "document_id": lambda content: [content.document.pk],
    "doc_id": lambda content: [content.document.pk],
    "uploaded_file_id": lambda content: [1],
    "filter_spec": lambda content: ["width-200"],
    "collection_id": lambda content: [content.school.collection_id],
    "redirect_id": lambda content: [1],
    "object_id": lambda content: content.page_ids,
    "session_id": lambda content: [1],
    "translation_source_id": lambda content: [content.translation.source_id],
    "translation_id": lambda content: [content.translation.pk],
    "string_segment_id": lambda content: _segments(content, "stringsegment_set"),
    "overridable_segment_id": lambda content: _segments(content, "overridablesegment_set"),
    "mode": lambda content: ["default"],
    "deputy_id": lambda content: [1],
    "report_id": lambda content: [content.report.pk],
    "rule_id": lambda content: list(LevelRule.objects.values_list("pk", flat=True)),
    "district_key": lambda content: list(
        LevelRule.objects.values_list("district_key", flat=True).distinct()
    ),
}
# Where the same name means something else.
OF_VIEWS: dict[tuple[str, str], Values] = {
    ("wagtailadmin_api:pages:action", "action_name"): lambda content: ["nothing"],
    ("wagtailadmin_api:pages", "pk"): lambda content: content.page_ids,
    ("wagtailadmin_api:images", "pk"): lambda content: [content.image.pk],
    ("wagtailadmin_api:documents", "pk"): lambda content: [content.document.pk],
    ("wagtailimages_chooser", "pk"): lambda content: [content.image.pk],
    ("wagtaildocs_chooser", "pk"): lambda content: [content.document.pk],
    ("wagtailadmin_collections", "pk"): lambda content: [content.school.collection_id],
    ("wagtailadmin_workflows:add_task", "app_label"): lambda content: ["review"],
    ("wagtailadmin_workflows:add_task", "model_name"): lambda content: ["schoolreview"],
    ("wagtailadmin_workflows:edit_task", "pk"): _tasks,
    ("wagtailadmin_workflows:enable_task", "pk"): _tasks,
    ("wagtailadmin_workflows:disable_task", "pk"): _tasks,
    ("wagtailadmin_workflows", "pk"): lambda content: [_workflow_state(content).workflow_id],
    ("wagtailadmin_tag", "model_name"): lambda content: ["tag"],
    ("wagtaillocales", "pk"): lambda content: [content.draft.locale_id],
    ("wagtailsites", "pk"): lambda content: [Site.objects.get().pk],
    ("wagtailusers_users", "pk"): lambda content: [content.draft.owner_id],
    ("wagtailusers_groups", "pk"): _editor_groups,
    ("wagtailadmin_editing_sessions", "app_label"): lambda content: ["wagtailcore"],
    ("wagtailadmin_editing_sessions", "model_name"): lambda content: ["page"],
}


def _queries(name: str, content: PrivateContent) -> list[str]:
    """The query strings to try: search, filters by id, types of choosers."""
    page, image, document = content.draft.pk, content.image.pk, content.document.pk
    if name == "wagtail_bulk_action":
        ids = "&".join(f"id={pk}" for pk in {page, image, document, content.draft.owner_id})
        return [f"?{ids}", "?id=all"]
    if name == "wagtailadmin_api:pages:listing":
        return [
            "",
            f"?search={SEARCH_TERM}",
            f"?child_of={content.school.pk}",
            f"?descendant_of={content.school.pk}&for_explorer=1",
            "?slug=zebrafinch-2",
            "?type=brands.BrandPage&fields=*",
        ]
    if name.startswith("wagtailadmin_api:"):
        return ["", f"?search={SEARCH_TERM}"] if name.endswith("listing") else [""]
    if name.startswith("wagtailadmin_choose_page"):
        return [
            f"?id={page}&q={SEARCH_TERM}",
            f"?page_type=brands.brandpage&q={SEARCH_TERM}",
            "?page_type=brands.brandpage&allow_external_link=true&allow_email_link=true",
            f"?page_type=schools.schoolpage,brands.brandpage&user_perms=copy_to&target_pages={page}",
        ]
    if "chosen_multiple" in name:
        return [f"?id={image}", f"?id={document}"]
    if "tag" in name:
        return [f"?term={SEARCH_TERM}"]
    if ("chooser" in name or "search" in name or "index" in name) and "{" not in name:
        return ["", f"?q={SEARCH_TERM}"]
    return [""]
