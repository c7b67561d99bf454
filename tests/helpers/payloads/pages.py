"""Pages: add, edit, delete, move, copy, restrict, unpublish."""

from django.contrib.auth.models import AbstractUser
from wagtail.models import Page

from tests.helpers.district import brand_form
from tests.helpers.payloads.post import READ_ONLY, Payload, Post, post_to_each
from tests.helpers.scenario import Scenario

HOME_FORM = {
    "title": "不经审核",
    **dict.fromkeys(("tagline", "committee", "cover", "scheme_name", "scheme_intro"), ""),
    "grey_scope": "site",
    **{
        f"{formset}-{count}_FORMS": 0
        for formset in ("pillars", "figures")
        for count in ("TOTAL", "INITIAL")
    },
}
INDEX_FORM = {"title": "改过的列表", "intro": "改过的"}
SCHOOL_FORM = {"title": "改名小学", "stage": "primary", "kind": "public", "body-count": 0}
BRAND_FORM = brand_form() | {"slogan": "偷换的文字", "title": "偷换的标题"}
PUBLISH = {"action-publish": "1"}
PAST_DATES = {"go_live_at": "2020-01-01 00:00", "expire_at": "2020-01-02 00:00"}
STORED_IN_SESSION = "reads only: what it is given is kept in the session"


def add(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """A page of each type, published at once."""
    root = Page.objects.get(depth=1).pk
    index = scenario.school.get_parent().pk
    branch = BRAND_FORM | {"kind": "branch"}
    return [
        Post(("home", "homepage", root), HOME_FORM | PUBLISH),
        Post(("brands", "brandpage", scenario.schools[1].pk), BRAND_FORM | PUBLISH),
        Post(("brands", "brandpage", scenario.school.pk), branch | PUBLISH | PAST_DATES),
        Post(("schools", "schoolpage", index), SCHOOL_FORM | PUBLISH),
    ]


def edit(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Every button of the editor's form that publishes or leads there."""
    actions = [
        PUBLISH,
        PUBLISH | PAST_DATES,
        PUBLISH | {"go_live_at": "2099-01-01 00:00", "expire_at": ""},
        {"action-submit": "1"},
        {"action-restart-workflow": "1"},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
        {"localize-restart-translation": "1", "action": "publish"},
    ]
    return [
        *[
            Post((page.pk,), BRAND_FORM | {"kind": page.kind} | action)
            for page in (scenario.live, scenario.waiting, scenario.draft)
            for action in actions
        ],
        Post((scenario.school.pk,), SCHOOL_FORM | PUBLISH),
        Post((scenario.home.pk,), HOME_FORM | PUBLISH),
        *post_to_each(scenario.indexes, INDEX_FORM | PUBLISH, {"action": "publish"}),
    ]


def delete(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Delete pages in every state."""
    pages = (scenario.live, scenario.school, scenario.home, scenario.waiting, scenario.draft)
    return post_to_each((*pages, *scenario.indexes))


def unpublish(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Take a page and everything below it from the readers."""
    pages = (scenario.live, scenario.school, scenario.home, *scenario.indexes)
    return post_to_each(pages, {"include_descendants": "on"})


def move(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Move public and waiting pages to where they do not belong."""
    root, other_school = Page.objects.get(depth=1).pk, scenario.schools[1].pk
    live = scenario.live.pk
    moves = [(live, other_school), (live, root), (scenario.school.pk, scenario.home.pk)]
    moves += [(index.pk, scenario.english.pk) for index in scenario.indexes]
    moves += [(scenario.waiting.pk, other_school)]
    return [Post(page_and_destination, {"slug": "weg"}) for page_and_destination in moves]


def copy(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Copy pages as published copies and as aliases."""
    root, index = Page.objects.get(depth=1).pk, scenario.school.get_parent().pk
    copies = [
        (scenario.live, scenario.schools[1].pk),
        (scenario.school, index),
        (scenario.home, root),
        (scenario.draft, scenario.school.pk),
    ]
    form = {"new_title": "抄", "new_slug": "chao", "copy_subpages": "on"}
    return [
        Post((page.pk,), form | {"new_parent_page": parent} | option)
        for page, parent in copies
        for option in ({"publish_copies": "on"}, {"alias": "on"})
    ]


def set_privacy(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Restrict public pages, and lift a restriction."""
    login = {"restriction_type": "login", "password": "", "groups": []}
    password = {"restriction_type": "password", "password": "x", "groups": []}
    pages = (scenario.live, scenario.school, scenario.home)
    unrestrict = post_to_each([scenario.restricted], {"restriction_type": "none"})
    return post_to_each(pages, login, password) + unrestrict


def workflow_action(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Decide through Wagtail's own view."""
    state = scenario.waiting.current_workflow_task_state.pk
    return [
        Post((page, action, state), {"comment": "x"})
        for page in (scenario.waiting.pk, scenario.draft.pk)
        for action in ("approve", "reject")
    ]


def revert(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Publish an earlier revision again."""
    waiting = scenario.waiting
    return [
        Post((scenario.live.pk, scenario.old_revision), BRAND_FORM | PUBLISH),
        Post((waiting.pk, waiting.latest_revision_id), BRAND_FORM | PUBLISH),
    ]


def unschedule(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Cancel the publication of what is approved for a later day."""
    return [Post((scenario.scheduled.pk, scenario.scheduled.latest_revision_id))]


PAYLOADS: dict[str, Payload] = {
    **dict.fromkeys(
        (
            "wagtailadmin_explore_root",
            "wagtailadmin_explore",
            "wagtailadmin_explore_results",
            "wagtailadmin_pages:type_use",
            "wagtailadmin_pages:type_use_results",
            "wagtailadmin_pages:usage",
            "wagtailadmin_pages:view_draft",
            "wagtailadmin_pages:add_subpage",
            "wagtailadmin_pages:search",
            "wagtailadmin_pages:search_results",
            "wagtailadmin_pages:workflow_preview",
            "wagtailadmin_pages:revisions_index",
            "wagtailadmin_pages:revisions_view",
            "wagtailadmin_pages:revisions_compare",
            "wagtailadmin_pages:workflow_history",
            "wagtailadmin_pages:workflow_history_detail",
            "wagtailadmin_pages:history",
            "wagtailadmin_pages:history_results",
        ),
        READ_ONLY,
    ),
    "wagtailadmin_pages:add": add,
    "wagtailadmin_pages:preview_on_add": STORED_IN_SESSION,
    "wagtailadmin_pages:choose_parent": "reads only: it leads to the form of a new page",
    "wagtailadmin_pages:edit": edit,
    "wagtailadmin_pages:preview_on_edit": STORED_IN_SESSION,
    "wagtailadmin_pages:delete": delete,
    "wagtailadmin_pages:unpublish": unpublish,
    "wagtailadmin_pages:convert_alias": lambda scenario, user: post_to_each(
        (scenario.live, scenario.school)
    ),
    "wagtailadmin_pages:move": "reads only: it leads to the confirmation of a move",
    "wagtailadmin_pages:move_confirm": move,
    "wagtailadmin_pages:set_page_position": lambda scenario, user: post_to_each(
        (scenario.live, scenario.home, *scenario.indexes), query="?position=0"
    ),
    "wagtailadmin_pages:copy": copy,
    "wagtailadmin_pages:workflow_action": workflow_action,
    "wagtailadmin_pages:collect_workflow_action_data": workflow_action,
    "wagtailadmin_pages:confirm_workflow_cancellation": lambda scenario, user: post_to_each(
        (scenario.waiting,)
    ),
    "wagtailadmin_pages:set_privacy": set_privacy,
    "wagtailadmin_pages:lock": lambda scenario, user: post_to_each(
        (scenario.live, scenario.waiting)
    ),
    "wagtailadmin_pages:unlock": lambda scenario, user: post_to_each(
        (scenario.live, scenario.waiting)
    ),
    "wagtailadmin_pages:revisions_revert": revert,
    "wagtailadmin_pages:revisions_unschedule": unschedule,
}
