"""Every address of the admin, filled in with the objects of one school.

The walk asks Wagtail's own resolver, so an address that a new version or app brings is probed
without anybody writing its name here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from django.core.files.base import ContentFile
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.models import Locale, Site, TaskState
from wagtail_localize.models import Translation, TranslationSource

from core.models import Document, Image
from core.tests.factories import make_image
from feedback.models import ErrorReport
from feedback.tests.factories import make_report
from roles.models import LevelRule
from tests.helpers.district import brand_draft, fresh, submit

# What a search would find the hidden things by, and the words that only they contain.
BAIT = "quokka"
WORDS = {
    "title of a draft": "zebrafinch",
    "text of a draft": "kookaburra",
    "title of an image": "budgerigar",
    "title of a document": "cockatiel",
    "tag": "lorikeet",
}
# Addresses without anything of a school, or that would end the walk.
NOT_WALKED = {
    "wagtailadmin_logout": "ends the session",
    "wagtailadmin_error_test": "raises on purpose",
    "admin/test404/": "answers 404 on purpose",
    "admin/^.*/$": "catches what no other address does",
    "wagtailadmin_password_reset_confirm": "needs a letter that nobody got",
    "wagtail_localize:submit_snippet_translation": "there are no snippets",
    "wagtail_localize:snippets_api_listing": "there are no snippets",
    "wagtail_localize:snippets_api_detail": "there are no snippets",
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
COMPARE = "wagtailadmin_pages:revisions_compare"


@dataclass
class Hidden:
    """A school's own things: a draft, a page in review, an image, a document."""

    school: object
    draft: object
    waiting: object
    image: Image
    document: Document
    translation: Translation
    report: ErrorReport
    words: dict[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> list[int]:
        return [self.draft.pk, self.waiting.pk]


def hide(district) -> Hidden:
    """Put into the first school what nobody outside it may see; every title contains `BAIT`."""
    school, editor = district.schools[0], district.editor1
    image = make_image(
        400, 300, title=f"{BAIT} budgerigar", collection=school.collection, uploaded_by_user=editor
    )
    image.tags.add(f"{BAIT} lorikeet")
    document = Document(title=f"{BAIT} cockatiel", collection=school.collection)
    document.file = ContentFile(b"1,2", name="cockatiel.txt")
    document.uploaded_by_user = editor
    document.save()
    document.tags.add(f"{BAIT} lorikeet")
    text = {"meaning": "<p>kookaburra</p>", "cover": image}
    draft = brand_draft(school, editor, title=f"{BAIT} zebrafinch", **text)
    waiting = brand_draft(
        school, editor, title=f"{BAIT} zebrafinch 2", kind="branch", slug="zebrafinch-2", **text
    )
    submit(waiting, editor)
    hidden = Hidden(
        fresh(school), fresh(draft), fresh(waiting), image, document, _translation(draft),
        make_report(district),
    )  # fmt: skip
    hidden.words = WORDS | {
        "file of an image": image.file.name.rsplit("/", 1)[-1].rsplit(".", 1)[0],
        "file of a document": document.file.name,
    }
    return hidden


def _translation(page) -> Translation:
    # As the administrator could begin one: then wagtail-localize has rows of this page.
    source, _created = TranslationSource.update_or_create_from_instance(page)
    return Translation.objects.create(
        source=source, target_locale=Locale.objects.get(language_code="en"), enabled=False
    )


def routes() -> Iterator[tuple[str, str]]:
    """(view name, route) of every address below /admin/; the route serves as a missing name."""
    for name, route in _walk(get_resolver(), (), ""):
        if route.startswith("admin/"):
            yield name or route, route


def _walk(resolver, namespaces, prefix):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = (*namespaces, pattern.namespace) if pattern.namespace else namespaces
            yield from _walk(pattern, inner, route)
        else:
            yield ":".join([*namespaces, pattern.name]) if pattern.name else "", route


def addresses(hidden: Hidden) -> Iterator[tuple[str, str]]:
    """(view name, address) with the things of `hidden` in every place a route has for them."""
    for name, route in routes():
        if name in NOT_WALKED:
            continue
        for path in _filled(name, route, hidden):
            for query in _queries(name, hidden):
                yield name, f"/{path}{query}"


def _filled(name, route, hidden) -> list[str]:
    route = route.replace("^", "", 1) if name != COMPARE else route
    if name == COMPARE:
        return [
            f"admin/pages/{page}/revisions/compare/{pair}/"
            for page in hidden.pages
            for pair in ("earliest...latest", "live...latest")
        ]
    if name == "wagtail_bulk_action":
        return [f"admin/bulk/{kind}/" for kind in _bulk_actions()]
    parameters = PARAMETER.findall(route)
    values = [_values(name, parameter, hidden) for parameter in parameters]
    return [_with(route, chosen) for chosen in product(*values)]


def _with(route, values) -> str:
    for value in values:
        route = PARAMETER.sub(str(value), route, count=1)
    return route


def _bulk_actions() -> Iterator[str]:
    bulk_action_registry.get_bulk_action_class("", "", "")
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            yield from (f"{app}/{model}/{action}" for action in actions)


def _values(name, parameter, hidden) -> list:
    """What stands in the place `parameter` of the address `name`."""
    by_name = [key for key in OF_VIEWS if name.startswith(key[0]) and parameter == key[1]]
    give = OF_VIEWS[by_name[0]] if by_name else OF_PARAMETERS[parameter]
    return give(hidden)


def _task_states(hidden) -> list[int]:
    states = TaskState.objects.filter(workflow_state__object_id=str(hidden.waiting.pk))
    return list(states.values_list("pk", flat=True))


def _editor_groups(hidden) -> list[int]:
    return list(hidden.draft.owner.groups.values_list("pk", flat=True))


def _workflow(hidden):
    return hidden.waiting.current_workflow_state


def _segments(hidden, which) -> list[int]:
    return list(getattr(hidden.translation.source, which).values_list("pk", flat=True)[:1]) or [1]


OF_PARAMETERS = {
    "page_id": lambda hidden: hidden.pages,
    "parent_page_id": lambda hidden: [hidden.school.pk, hidden.draft.pk],
    "page_to_move_id": lambda hidden: hidden.pages,
    "destination_id": lambda hidden: [hidden.school.pk],
    "page_pk": lambda hidden: [hidden.school.get_parent().get_parent().pk],
    "content_type_app_name": lambda hidden: ["brands"],
    "content_type_model_name": lambda hidden: ["brandpage"],
    "app_label": lambda hidden: ["brands"],
    "app_name": lambda hidden: ["taggit"],
    "model_name": lambda hidden: ["brandpage"],
    "task_state_id": _task_states,
    "notice_id": lambda hidden: [1],
    "change_request_id": lambda hidden: [1],
    "workflow_state_id": lambda hidden: [_workflow(hidden).pk],
    "revision_id": lambda hidden: [page.latest_revision_id for page in (hidden.draft,)],
    "action_name": lambda hidden: ["approve", "reject"],
    "task_id": lambda hidden: [_workflow(hidden).current_task_state.task_id],
    "workflow_pk": lambda hidden: [_workflow(hidden).workflow_id],
    "image_id": lambda hidden: [hidden.image.pk],
    "document_id": lambda hidden: [hidden.document.pk],
    "doc_id": lambda hidden: [hidden.document.pk],
    "uploaded_file_id": lambda hidden: [1],
    "filter_spec": lambda hidden: ["width-200"],
    "collection_id": lambda hidden: [hidden.school.collection_id],
    "redirect_id": lambda hidden: [1],
    "object_id": lambda hidden: hidden.pages,
    "session_id": lambda hidden: [1],
    "translation_source_id": lambda hidden: [hidden.translation.source_id],
    "translation_id": lambda hidden: [hidden.translation.pk],
    "string_segment_id": lambda hidden: _segments(hidden, "stringsegment_set"),
    "overridable_segment_id": lambda hidden: _segments(hidden, "overridablesegment_set"),
    "mode": lambda hidden: ["default"],
    "deputy_id": lambda hidden: [1],
    "report_id": lambda hidden: [hidden.report.pk],
    "rule_id": lambda hidden: list(LevelRule.objects.values_list("pk", flat=True)),
    "district_key": lambda hidden: list(
        LevelRule.objects.values_list("district_key", flat=True).distinct()
    ),
}
# Where the same name means something else.
OF_VIEWS = {
    ("wagtailadmin_api:pages:action", "action_name"): lambda hidden: ["nothing"],
    ("wagtailadmin_api:pages", "pk"): lambda hidden: hidden.pages,
    ("wagtailadmin_api:images", "pk"): lambda hidden: [hidden.image.pk],
    ("wagtailadmin_api:documents", "pk"): lambda hidden: [hidden.document.pk],
    ("wagtailimages_chooser", "pk"): lambda hidden: [hidden.image.pk],
    ("wagtaildocs_chooser", "pk"): lambda hidden: [hidden.document.pk],
    ("wagtailadmin_collections", "pk"): lambda hidden: [hidden.school.collection_id],
    ("wagtailadmin_workflows:add_task", "app_label"): lambda hidden: ["review"],
    ("wagtailadmin_workflows:add_task", "model_name"): lambda hidden: ["schoolreview"],
    ("wagtailadmin_workflows:edit_task", "pk"): lambda hidden: OF_PARAMETERS["task_id"](hidden),
    ("wagtailadmin_workflows:enable_task", "pk"): lambda hidden: OF_PARAMETERS["task_id"](hidden),
    ("wagtailadmin_workflows:disable_task", "pk"): lambda hidden: OF_PARAMETERS["task_id"](hidden),
    ("wagtailadmin_workflows", "pk"): lambda hidden: [_workflow(hidden).workflow_id],
    ("wagtailadmin_tag", "model_name"): lambda hidden: ["tag"],
    ("wagtaillocales", "pk"): lambda hidden: [hidden.draft.locale_id],
    ("wagtailsites", "pk"): lambda hidden: [Site.objects.get().pk],
    ("wagtailusers_users", "pk"): lambda hidden: [hidden.draft.owner_id],
    ("wagtailusers_groups", "pk"): _editor_groups,
    ("wagtailadmin_editing_sessions", "app_label"): lambda hidden: ["wagtailcore"],
    ("wagtailadmin_editing_sessions", "model_name"): lambda hidden: ["page"],
}


def _queries(name, hidden) -> list[str]:
    """The query strings worth trying: search, filters by id, types of choosers."""
    page, image, document = hidden.draft.pk, hidden.image.pk, hidden.document.pk
    if name == "wagtail_bulk_action":
        ids = "&".join(f"id={pk}" for pk in {page, image, document, hidden.draft.owner_id})
        return [f"?{ids}", "?id=all"]
    if name == "wagtailadmin_api:pages:listing":
        return [
            "",
            f"?search={BAIT}",
            f"?child_of={hidden.school.pk}",
            f"?descendant_of={hidden.school.pk}&for_explorer=1",
            "?slug=zebrafinch-2",
            "?type=brands.BrandPage&fields=*",
        ]
    if name.startswith("wagtailadmin_api:"):
        return ["", f"?search={BAIT}"] if name.endswith("listing") else [""]
    if name.startswith("wagtailadmin_choose_page"):
        return [
            f"?id={page}&q={BAIT}",
            f"?page_type=brands.brandpage&q={BAIT}",
            "?page_type=brands.brandpage&allow_external_link=true&allow_email_link=true",
            f"?page_type=schools.schoolpage,brands.brandpage&user_perms=copy_to&target_pages={page}",
        ]
    if "chosen_multiple" in name:
        return [f"?id={image}", f"?id={document}"]
    if "tag" in name:
        return [f"?term={BAIT}"]
    if ("chooser" in name or "search" in name or "index" in name) and "{" not in name:
        return ["", f"?q={BAIT}"]
    return [""]
