"""A valid POST for every form of the admin that could change what the public sees.

View name → the posts to try, or in words why there are none. A view without an entry fails
`tests/test_admin_urls.py`: whoever brings a new address says here what it could do.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO

import PIL.Image
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import Collection, Page, Site, Task, Workflow

from change_requests.models import ChangeRequest
from core.publishing.contexts import confirmed_change
from roles import reviewers
from roles.models import Level, LevelRule
from search.models import PromotedResult
from tests.helpers.district import brand_form, decision_form, fresh, read

READS = "reads only"
ROLES = "not about pages, because it says who holds which role; a role alone publishes nothing"
OWN_ACCOUNT = "not about pages, because it is about one's own account or screen"
CHOOSES = "reads only: it answers with what was chosen and stores nothing"
CLOSED = "closed as a whole: its rows say nothing of what is public"
HOME = {
    "title": "不经审核",
    **dict.fromkeys(("tagline", "committee", "cover", "scheme_name", "scheme_intro"), ""),
    "grey_scope": "site",
    **{
        f"{rows}-{what}_FORMS": 0
        for rows in ("pillars", "figures")
        for what in ("TOTAL", "INITIAL")
    },
}
INDEX = {"title": "改过的列表", "intro": "改过的"}
SCHOOL = {"title": "改名小学", "stage": "primary", "kind": "public", "body-count": 0}
BRAND = brand_form() | {"slogan": "偷换的文字", "title": "偷换的标题"}
PUBLISH = {"action-publish": "1"}
DATES = {"go_live_at": "2020-01-01 00:00", "expire_at": "2020-01-02 00:00"}
XHR = {"x-requested-with": "XMLHttpRequest"}


@dataclass
class Post:
    """One request: the arguments of the address, and what is posted to it."""

    args: tuple = ()
    data: dict = field(default_factory=dict)
    query: str = ""
    headers: dict = field(default_factory=dict)
    as_json: bool = False
    method: str = "post"

    def send(self, client, name: str):
        kind = {"content_type": "application/json"} if self.as_json else {}
        if self.method == "put":
            return client.put(
                self.address(name), self.data["text"], "application/x-www-form-urlencoded"
            )
        return client.post(self.address(name), self.data, headers=self.headers, **kind)

    def address(self, name: str) -> str:
        return reverse(name, args=self.args) + self.query


# --- pages ---------------------------------------------------------------------------------------


def each(pages, *data, **more) -> list[Post]:
    """Each of `data` posted to each of `pages`."""
    return [Post((page.pk,), said, **more) for page in pages for said in data or ({},)]


def add_pages(w, person) -> list[Post]:
    root = Page.objects.get(depth=1).pk
    index = w.school.get_parent().pk
    return [
        Post(("home", "homepage", root), HOME | PUBLISH),
        Post(("brands", "brandpage", w.schools[1].pk), BRAND | PUBLISH),
        Post(("brands", "brandpage", w.school.pk), BRAND | {"kind": "branch"} | PUBLISH | DATES),
        Post(("schools", "schoolpage", index), SCHOOL | PUBLISH),
    ]


def edit_pages(w, person) -> list[Post]:
    actions = [
        PUBLISH,
        PUBLISH | DATES,
        PUBLISH | {"go_live_at": "2099-01-01 00:00", "expire_at": ""},
        {"action-submit": "1"},
        {"action-restart-workflow": "1"},
        {"action-workflow-action": "1", "workflow-action-name": "approve"},
        {"localize-restart-translation": "1", "action": "publish"},
    ]
    return [
        *[
            Post((page.pk,), BRAND | {"kind": page.kind} | action)
            for page in (w.live, w.waiting, w.draft)
            for action in actions
        ],
        Post((w.school.pk,), SCHOOL | PUBLISH),
        Post((w.home.pk,), HOME | PUBLISH),
        *each(w.indexes, INDEX | PUBLISH, {"action": "publish"}),
    ]


def delete_pages(w, person) -> list[Post]:
    return each((w.live, w.school, w.home, w.waiting, w.draft, *w.indexes))


def unpublish_pages(w, person) -> list[Post]:
    return each((w.live, w.school, w.home, *w.indexes), {"include_descendants": "on"})


def move_pages(w, person) -> list[Post]:
    root, other = Page.objects.get(depth=1).pk, w.schools[1].pk
    pairs = [(w.live.pk, other), (w.live.pk, root), (w.school.pk, w.home.pk)]
    pairs += [(index.pk, w.english.pk) for index in w.indexes] + [(w.waiting.pk, other)]
    return [Post(pair, {"slug": "weg"}) for pair in pairs]


def copy_pages(w, person) -> list[Post]:
    root, index = Page.objects.get(depth=1).pk, w.school.get_parent().pk
    pairs = [(w.live, w.schools[1].pk), (w.school, index), (w.home, root), (w.draft, w.school.pk)]
    extras = [{"publish_copies": "on"}, {"alias": "on"}]
    form = {"new_title": "抄", "new_slug": "chao", "copy_subpages": "on"}
    return [
        Post((page.pk,), form | {"new_parent_page": parent} | extra)
        for page, parent in pairs
        for extra in extras
    ]


def privacy(w, person) -> list[Post]:
    lock = {"restriction_type": "login", "password": "", "groups": []}
    word = {"restriction_type": "password", "password": "x", "groups": []}
    return each((w.live, w.school, w.home), lock, word) + each(
        [w.restricted], {"restriction_type": "none"}
    )


def workflow_actions(w, person) -> list[Post]:
    state = w.waiting.current_workflow_task_state.pk
    return [
        Post((page, action, state), {"comment": "x"})
        for page in (w.waiting.pk, w.draft.pk)
        for action in ("approve", "reject")
    ]


def reverts(w, person) -> list[Post]:
    return [
        Post((w.live.pk, w.old_revision), BRAND | PUBLISH),
        Post((w.waiting.pk, w.waiting.latest_revision_id), BRAND | PUBLISH),
    ]


def unschedule(w, person) -> list[Post]:
    return [Post((w.scheduled.pk, w.scheduled.latest_revision_id))]


def bulk_actions(w, person) -> Iterator[Post]:
    pages = f"?id={w.live.pk}&id={w.school.pk}&id={w.draft.pk}&id={w.waiting.pk}"
    everything = {"include_descendants": "on", "chooser": w.schools[1].pk, "move_applicable": "on"}
    for action in ("publish", "unpublish", "delete", "move"):
        yield Post(("wagtailcore", "page", action), everything, pages)
    other = Collection.objects.exclude(pk=w.image.collection_id).last().pk
    for model, thing in (("image", w.image), ("document", w.document)):
        for action in ("delete", "add_to_collection", "add_tags"):
            wish = {"collection": other, "tags": "x"}
            yield Post(("core", model, action), wish, f"?id={thing.pk}")
    people = "&".join(f"id={key}" for key in w.people)
    for action in ("delete", "set_active_state", "assign_role"):
        wish = {"mark_as_active": "False", "role": w.group}
        yield Post(("accounts", "user", action), wish, f"?{people}")


def api_actions(w, person) -> Iterator[Post]:
    for action in PagesAdminAPIViewSet.actions:
        for page in (w.live, w.waiting, w.draft, w.school, w.home):
            wish = {
                "revision_id": w.old_revision if page == w.live else page.latest_revision_id,
                "destination_page_id": w.schools[1].pk,
                "locale": "en",
                "alias": True,
                "recursive": True,
                "slug": "api",
            }
            yield Post((page.pk, action), wish, as_json=True)


# --- files ---------------------------------------------------------------------------------------


def _picture(name="b.png"):
    other = BytesIO()
    PIL.Image.new("RGB", (50, 50), "green").save(other, "PNG")
    return SimpleUploadedFile(name, other.getvalue(), "image/png")


def _about(thing, prefix="", **said) -> dict:
    words = {
        "title": "偷换的名字",
        "collection": thing.collection_id,
        "tags": "",
        "description": "偷换的说明",
        "people": "none",
        "consent": "not_needed",
        "credit": "",
    } | said
    focus = {f"focal_point_{name}": 5 for name in ("x", "y", "width", "height")}
    return {f"{prefix}{name}": value for name, value in (words | focus).items()}


def edit_images(w, person) -> list[Post]:
    other = Collection.objects.exclude(pk=w.image.collection_id).last().pk
    return [
        Post((image.pk,), _about(image) | more)
        for image in (w.image, w.waiting_image)
        for more in ({}, {"file": _picture()}, {"collection": other})
    ]


def edit_documents(w, person) -> list[Post]:
    words = {"title": "偷换的名字", "collection": w.document.collection_id, "tags": ""}
    key = (w.document.pk,)
    upload = {"file": SimpleUploadedFile("b.txt", b"2")}
    return [Post(key, words), Post(key, words | upload | {"title": w.document.title})]


def edit_many_images(w, person) -> list[Post]:
    return [
        Post((image.pk,), _about(image, f"image-{image.pk}-"), headers=XHR)
        for image in (w.image, w.waiting_image)
    ]


def edit_many_documents(w, person) -> list[Post]:
    key = w.document.pk
    words = {"title": "偷换的名字", "collection": w.document.collection_id, "tags": ""}
    return [Post((key,), {f"doc-{key}-{name}": said for name, said in words.items()}, headers=XHR)]


def delete_images(w, person) -> list[Post]:
    return each((w.image, w.waiting_image), headers=XHR) + each((w.image,))


def delete_documents(w, person) -> list[Post]:
    return each((w.document,), headers=XHR) + each((w.document,))


def same_picture_again(w, person) -> list[Post]:
    with w.image.file.open() as same:
        upload = SimpleUploadedFile("same.png", same.read(), "image/png")
    prefix = "image-chooser-upload-"
    return [Post((), _about(w.image, prefix) | {f"{prefix}file": upload})]


NEW_FILE = "not about pages, because a new file is shown nowhere; choosing it is an edit of a page"
UPLOADED = "not about pages, because it names and stores an upload that is shown nowhere yet"


# --- settings around the pages -------------------------------------------------------------------


def collections(w, person) -> list[Post]:
    root = Collection.get_first_root_node()
    own = w.image.collection_id
    return [
        Post((own,), {"name": "改名", "parent": root.get_children().exclude(pk=own).first().pk}),
        Post((own,), {"name": "改名", "parent": root.pk}),
    ]


def of_collections(w, person) -> list[Post]:
    return [Post((w.image.collection_id,)), Post((Collection.get_first_root_node().pk,))]


def lock_collections(w, person) -> list[Post]:
    return [
        Post(
            (w.document.collection_id,), {"restriction_type": "login", "password": "", "groups": []}
        ),
        Post((w.locked_collection.pk,), {"restriction_type": "none", "password": "", "groups": []}),
    ]


def of_tasks(w, person) -> list[Post]:
    return [Post((task.pk,), {"name": task.name}) for task in Task.objects.all()]


def of_workflows(w, person) -> list[Post]:
    workflow = Workflow.objects.get()
    form = {"name": "一步", "active": "on"}
    for rows, number in (("workflow_tasks", 1), ("pages", 1)):
        form |= {f"{rows}-TOTAL_FORMS": number, f"{rows}-INITIAL_FORMS": 0}
        form |= {f"{rows}-MIN_NUM_FORMS": 0, f"{rows}-MAX_NUM_FORMS": 1000}
    last = Task.objects.order_by("pk").last().pk
    form |= {"workflow_tasks-0-task": last, "workflow_tasks-0-ORDER": 1}
    return [Post((workflow.pk,), form | {"pages-0-page": w.school.pk})]


def new_workflow(w, person) -> list[Post]:
    return [Post((), of_workflows(w, person)[0].data)]


def remove_workflow(w, person) -> list[Post]:
    return [Post((w.home.pk, Workflow.objects.get().pk)), Post((w.home.pk,))]


def translate(w, person) -> list[Post]:
    return each(
        (w.live, w.school, w.home, w.indexes[0]),
        {"locales": [w.english.locale_id], "include_subtree": "on"},
    )


def update_translation(w, person) -> list[Post]:
    return [Post((source,), {"publish_translations": "on"}) for source in w.sources]


def one_translation(w, person) -> list[Post]:
    return [
        Post((w.translation.pk,), {"file": SimpleUploadedFile("a.po", b'msgid ""\nmsgstr ""\n')})
    ]


def translated_words(w, person) -> list[Post]:
    segment = w.translation.source.stringsegment_set.first()
    return [Post((w.translation.pk, segment.pk), {"text": "value=Swapped"}, method="put")]


def mirrors(w, person) -> list[Post]:
    return each((w.live, w.indexes[1]))


def redirects(w, person) -> list[Post]:
    form = {"old_path": w.live.url, "site": "", "is_permanent": "on", "redirect_page": ""}
    return [Post((), form | {"redirect_link": "https://example.org/"})]


def one_redirect(w, person) -> list[Post]:
    return [Post((w.redirect.pk,), redirects(w, person)[0].data)]


def redirect_file(w, person) -> list[Post]:
    lines = f"{w.live.url},https://example.org/\n".encode()
    return [Post((), {"import_file": SimpleUploadedFile("a.csv", lines)})]


def redirect_import(w, person) -> list[Post]:
    form = {"import_file_name": "x", "original_file_name": "a.csv", "input_format": 0}
    return [Post((), form | {"from_index": 0, "to_index": 1, "site": "", "permanent": "on"})]


def sites(w, person) -> list[Post]:
    form = {"hostname": "anders", "port": 8080, "site_name": "x", "is_default_site": "on"}
    key = (Site.objects.get().pk,)
    return [Post(key, form | {"root_page": page.pk}) for page in (w.home, w.schools[1])]


def new_site(w, person) -> list[Post]:
    form = {"hostname": "anders", "port": 80, "site_name": "x", "root_page": w.live.pk}
    return [Post((), form)]


def delete_site(w, person) -> list[Post]:
    return [Post((Site.objects.get().pk,))]


def languages(w, person) -> list[Post]:
    sync = "component-wagtail_localize_localesynchronization"
    form = {"language_code": "en", f"{sync}-enabled": "on", f"{sync}-sync_from": w.home.locale_id}
    return [Post((w.english.locale_id,), form), Post((w.home.locale_id,), {"language_code": "en"})]


def new_language(w, person) -> list[Post]:
    return [Post((), {"language_code": "en"})]


def delete_language(w, person) -> list[Post]:
    return [Post((w.english.locale_id,)), Post((w.home.locale_id,))]


def delete_people(w, person) -> list[Post]:
    return [Post((key,)) for key in w.people if key != person.pk]


def delete_groups(w, person) -> list[Post]:
    return [Post((w.group,))]


# --- review --------------------------------------------------------------------------------------


def decisions(w, person) -> Iterator[Post]:
    """Decide on what waits, at each level, as somebody who may not."""
    for page in (w.waiting, w.at_final):
        state = fresh(page).current_workflow_task_state
        if reviewers.is_reviewer(person, page, state.task.specific.level):
            continue
        for action in ("approve", "reject"):
            yield Post((state.pk,), decision_form(page, action, "请写出处。"))


def waiting_for_others(w, person) -> Iterator[tuple]:
    """Waiting items at levels at which this person may not decide, with their task states."""
    for page in (w.waiting, w.at_final):
        state = fresh(page).current_workflow_task_state
        if not reviewers.is_reviewer(person, page, state.task.specific.level):
            yield page, state


def corrections(w, person) -> Iterator[Post]:
    """Correct, or suggest a text, at a level of others."""
    for page, state in waiting_for_others(w, person):
        said = {
            "slogan": "偷换的文字",
            "correction_words": "更正",
            "correction_digest": read(fresh(page)).digest,
        }
        for action in ("action-correct", "action-suggest"):
            yield Post((state.pk,), brand_form() | said | {action: "1"})


def urgent_marks(w, person) -> Iterator[Post]:
    """Shorten the way of what waits."""
    for page in (w.waiting, w.at_final):
        state = fresh(page).current_workflow_task_state
        yield Post((state.pk,), {"reason": "等不及了。"})


def batches(w, person) -> Iterator[Post]:
    """Approve at once what waits for others."""
    for page, state in waiting_for_others(w, person):
        form = decision_form(page)
        said = {"ticks": form["ticks"], "secrecy": form["secrecy"], "confirmed": "1"}
        yield Post((), {"item": [f"{state.pk}:{form['digest']}"]} | said)


def withdrawals(w, person) -> list[Post]:
    """Withdraw what is public, as somebody who is not its final approver."""
    pages = [
        page
        for page in (w.live, w.school, w.home, *w.indexes)
        if not reviewers.is_reviewer(person, page, Level.FINAL)
    ]
    return each(pages, {"reason": "事实有误。"})


def level_rules(w, person) -> list[Post]:
    """Lower the levels of what waits, as somebody who does not set the rules."""
    if person.is_superuser:
        return []
    key = LevelRule.objects.get(in_school=True).pk
    form = {"levels": ["school", "section"], "urgent_levels": []}
    place = {"district_key": str(w.home.translation_key), "in_school": "1", "content_type": ""}
    return [Post((key,), form | place)]


def new_level_rules(w, person) -> list[Post]:
    """The same through a new rule."""
    return [Post((), post.data) for post in level_rules(w, person)]


def call_backs(w, person) -> list[Post]:
    """Call back what is approved for a later day, as somebody who is not its final approver."""
    if reviewers.is_reviewer(person, w.scheduled, Level.FINAL):
        return []
    return each((w.scheduled,), {"reason": "事实有误。"})


def changes_by_two(w, person) -> list[Post]:
    """Confirm a change alone, or as somebody who is not its final approver."""
    if reviewers.is_reviewer(person, w.home, Level.FINAL):
        return []
    would = {"site": Site.objects.get().pk, "old_path": "/door", "target": "https://example.org/"}
    proposal = ChangeRequest.objects.create(
        kind="redirect",
        title="改址",
        reason="旧地址",
        payload={"action": "add"} | would,
        proposed_by=person,
        district_key=w.home.translation_key,
    )
    actions = ("confirm", "refuse")
    return [Post((proposal.pk,), {"action": action, "opinion": "好"}) for action in actions]


def proposed_sites(w, person) -> list[Post]:
    form = {"site": Site.objects.get().pk, "hostname": "anders", "port": 80, "site_name": "x"}
    return [Post((), form | {"root_page": w.home.pk, "reason": "换域名"})]


def proposed_redirects(w, person) -> list[Post]:
    form = {"site": Site.objects.get().pk, "old_path": "/door", "target": "https://example.org/"}
    return [
        Post((), form | {"reason": "旧"}),
        Post((), {"redirect": w.redirect.pk, "reason": "旧"}),
    ]


def proposed_slots(w, person) -> list[Post]:
    form = {"home": w.home.pk, "slot": "brands", "reason": "迎接校庆。"}
    form |= {"rows-TOTAL_FORMS": 1, "rows-INITIAL_FORMS": 0, "rows-0-page": w.live.pk}
    return [Post((), form)]


def proposed_results(w, person) -> list[Post]:
    row = PromotedResult(words="党旗", page=w.live)
    with confirmed_change():
        row.save()
    form = {"words": "校庆", "page": w.live.pk, "reason": "迎接校庆。"}
    return [Post((), form), Post((), {"ends": row.pk})]


PAYLOADS: dict[str, str | Callable] = {
    "wagtailadmin_home": READS,
    "admin/test404/": READS,
    "admin/^.*/$": "reads only: it answers 404",
    "wagtailadmin_error_test": "reads only: it raises on purpose",
    "wagtailadmin_sprite": READS,
    "wagtailadmin_javascript_catalog": READS,
    "wagtailadmin_tag_autocomplete": READS,
    "wagtailadmin_tag_model_autocomplete": READS,
    "wagtailadmin_block_preview": READS,
    "wagtailadmin_login": OWN_ACCOUNT,
    "wagtailadmin_logout": OWN_ACCOUNT,
    "wagtailadmin_account": OWN_ACCOUNT,
    "wagtailadmin_dismissibles": OWN_ACCOUNT,
    "wagtailadmin_password_reset": OWN_ACCOUNT,
    "wagtailadmin_password_reset_done": OWN_ACCOUNT,
    "wagtailadmin_password_reset_confirm": OWN_ACCOUNT,
    "wagtailadmin_password_reset_complete": OWN_ACCOUNT,
    "wagtailadmin_editing_sessions:ping": OWN_ACCOUNT,
    "wagtailadmin_editing_sessions:release": OWN_ACCOUNT,
    # --- interface for programs
    **dict.fromkeys(
        (
            f"wagtailadmin_api:{kind}:{view}"
            for kind in ("pages", "documents", "images")
            for view in ("listing", "detail", "find")
        ),
        READS,
    ),
    "wagtailadmin_api:pages:action": api_actions,
    # --- pages
    "wagtailadmin_explore_root": READS,
    "wagtailadmin_explore": READS,
    "wagtailadmin_explore_results": READS,
    "wagtail_bulk_action": bulk_actions,
    "wagtailadmin_pages:add": add_pages,
    "wagtailadmin_pages:preview_on_add": "reads only: what it is given is kept in the session",
    "wagtailadmin_pages:type_use": READS,
    "wagtailadmin_pages:type_use_results": READS,
    "wagtailadmin_pages:choose_parent": "reads only: it leads to the form of a new page",
    "wagtailadmin_pages:usage": READS,
    "wagtailadmin_pages:edit": edit_pages,
    "wagtailadmin_pages:preview_on_edit": "reads only: what it is given is kept in the session",
    "wagtailadmin_pages:view_draft": READS,
    "wagtailadmin_pages:add_subpage": READS,
    "wagtailadmin_pages:delete": delete_pages,
    "wagtailadmin_pages:unpublish": unpublish_pages,
    "wagtailadmin_pages:convert_alias": lambda w, person: each((w.live, w.school)),
    "wagtailadmin_pages:search": READS,
    "wagtailadmin_pages:search_results": READS,
    "wagtailadmin_pages:move": "reads only: it leads to the confirmation of a move",
    "wagtailadmin_pages:move_confirm": move_pages,
    "wagtailadmin_pages:set_page_position": lambda w, person: each(
        (w.live, w.home, *w.indexes), query="?position=0"
    ),
    "wagtailadmin_pages:copy": copy_pages,
    "wagtailadmin_pages:workflow_action": workflow_actions,
    "wagtailadmin_pages:collect_workflow_action_data": workflow_actions,
    "wagtailadmin_pages:confirm_workflow_cancellation": lambda w, person: each((w.waiting,)),
    "wagtailadmin_pages:workflow_preview": READS,
    "wagtailadmin_pages:set_privacy": privacy,
    "wagtailadmin_pages:lock": lambda w, person: each((w.live, w.waiting)),
    "wagtailadmin_pages:unlock": lambda w, person: each((w.live, w.waiting)),
    "wagtailadmin_pages:revisions_index": READS,
    "wagtailadmin_pages:revisions_view": READS,
    "wagtailadmin_pages:revisions_revert": reverts,
    "wagtailadmin_pages:revisions_unschedule": unschedule,
    "wagtailadmin_pages:revisions_compare": READS,
    "wagtailadmin_pages:workflow_history": READS,
    "wagtailadmin_pages:workflow_history_detail": READS,
    "wagtailadmin_pages:history": READS,
    "wagtailadmin_pages:history_results": READS,
    # --- choosers
    **dict.fromkeys(
        (
            "wagtailadmin_choose_page",
            "wagtailadmin_choose_page_child",
            "wagtailadmin_choose_page_search",
            "wagtailadmin_choose_page_chosen_multiple",
            "wagtailadmin_choose_page_external_link",
            "wagtailadmin_choose_page_email_link",
            "wagtailadmin_choose_page_phone_link",
            "wagtailadmin_choose_page_anchor_link",
        ),
        CHOOSES,
    ),
    **dict.fromkeys(
        (
            f"wagtail{kind}_chooser:{view}"
            for kind in ("docs", "images")
            for view in ("choose", "choose_results", "chosen", "chosen_multiple")
        ),
        CHOOSES,
    ),
    "wagtailimages_chooser:select_format": CHOOSES,
    "wagtailimages_chooser:create": same_picture_again,
    "wagtaildocs_chooser:create": NEW_FILE,
    # --- files
    "wagtailimages:index": READS,
    "wagtailimages:index_results": READS,
    "wagtailimages:edit": edit_images,
    "wagtailimages:delete": delete_images,
    "wagtailimages:url_generator": READS,
    "wagtailimages:url_generator_output": READS,
    "wagtailimages:preview": READS,
    "wagtailimages:add": NEW_FILE,
    "wagtailimages:image_usage": READS,
    "wagtailimages:add_multiple": NEW_FILE,
    "wagtailimages:edit_multiple": edit_many_images,
    "wagtailimages:create_multiple_from_uploaded_image": UPLOADED,
    "wagtailimages:delete_multiple": delete_images,
    "wagtailimages:delete_upload_multiple": UPLOADED,
    "wagtaildocs:index": READS,
    "wagtaildocs:index_results": READS,
    "wagtaildocs:add": NEW_FILE,
    "wagtaildocs:edit": edit_documents,
    "wagtaildocs:delete": delete_documents,
    "wagtaildocs:add_multiple": NEW_FILE,
    "wagtaildocs:edit_multiple": edit_many_documents,
    "wagtaildocs:create_multiple_from_uploaded_document": UPLOADED,
    "wagtaildocs:delete_multiple": delete_documents,
    "wagtaildocs:delete_upload_multiple": UPLOADED,
    "wagtaildocs:document_usage": READS,
    # --- collections
    "wagtailadmin_collections:index": READS,
    "wagtailadmin_collections:add": "not about pages, because a new collection is empty",
    "wagtailadmin_collections:edit": collections,
    "wagtailadmin_collections:delete": of_collections,
    "wagtailadmin_collections:set_privacy": lock_collections,
    # --- workflows
    "wagtailadmin_workflows:index": READS,
    "wagtailadmin_workflows:index_results": READS,
    "wagtailadmin_workflows:add": new_workflow,
    "wagtailadmin_workflows:enable": of_workflows,
    "wagtailadmin_workflows:disable": of_workflows,
    "wagtailadmin_workflows:edit": of_workflows,
    "wagtailadmin_workflows:usage": READS,
    "wagtailadmin_workflows:usage_results": READS,
    "wagtailadmin_workflows:remove": remove_workflow,
    "wagtailadmin_workflows:add_task": lambda w, person: [
        Post(("review", "schoolreview"), {"name": "一步"})
    ],
    "wagtailadmin_workflows:select_task_type": READS,
    "wagtailadmin_workflows:task_index": READS,
    "wagtailadmin_workflows:task_index_results": READS,
    "wagtailadmin_workflows:edit_task": of_tasks,
    "wagtailadmin_workflows:disable_task": of_tasks,
    "wagtailadmin_workflows:enable_task": of_tasks,
    "wagtailadmin_workflows:task_chooser": READS,
    "wagtailadmin_workflows:task_chooser_results": READS,
    "wagtailadmin_workflows:task_chooser_create": lambda w, person: [
        Post(
            (),
            {"create-task-name": "一步", "create-task-groups": w.group},
            "?create_model=wagtailcore.groupapprovaltask",
        )
    ],
    "wagtailadmin_workflows:task_chosen": CHOOSES,
    # --- reports
    **dict.fromkeys(
        (
            f"wagtailadmin_reports:{report}{end}"
            for report in (
                "locked_pages",
                "workflow",
                "workflow_tasks",
                "site_history",
                "aging_pages",
                "page_types_usage",
            )
            for end in ("", "_results")
        ),
        READS,
    ),
    # --- translation tools
    "wagtail_localize:javascript_catalog": READS,
    "wagtail_localize:translations_report": READS,
    "wagtail_localize:translations_report_results": READS,
    "wagtail_localize:download_pofile": READS,
    "wagtail_localize:preview_translation": READS,
    "wagtail_localize:snippets_api_listing": READS,
    "wagtail_localize:snippets_api_detail": READS,
    "wagtail_localize:submit_snippet_translation": "not about pages, because there are no snippets",
    "wagtail_localize:submit_page_translation": translate,
    "wagtail_localize:update_translations": update_translation,
    "wagtail_localize:edit_string_translation": translated_words,
    "wagtail_localize:edit_override": "not about pages, because an override is a draft's value",
    "wagtail_localize:upload_pofile": one_translation,
    "wagtail_localize:machine_translate": one_translation,
    "wagtail_localize:stop_translation": one_translation,
    "wagtail_localize:convert_to_alias": mirrors,
    # --- redirects, sites, languages
    "wagtailredirects:index": READS,
    "wagtailredirects:index_results": READS,
    "wagtailredirects:add": redirects,
    "wagtailredirects:edit": one_redirect,
    "wagtailredirects:delete": one_redirect,
    "wagtailredirects:start_import": redirect_file,
    "wagtailredirects:process_import": redirect_import,
    **dict.fromkeys(
        (
            f"wagtail{kind}:{view}"
            for kind in ("sites", "locales", "users_users", "users_groups")
            for view in ("index", "index_results", "history", "history_results", "usage")
        ),
        READS,
    ),
    "wagtailsites:add": new_site,
    "wagtailsites:copy": lambda w, person: [
        Post((Site.objects.get().pk,), new_site(w, person)[0].data)
    ],
    "wagtailsites:edit": sites,
    "wagtailsites:delete": delete_site,
    "wagtaillocales:add": new_language,
    "wagtaillocales:copy": lambda w, person: [Post((w.home.locale_id,), {"language_code": "en"})],
    "wagtaillocales:edit": languages,
    "wagtaillocales:delete": delete_language,
    # --- people
    "wagtailusers_users:add": ROLES,
    "wagtailusers_users:edit": ROLES,
    "wagtailusers_users:copy": ROLES,
    "wagtailusers_users:delete": delete_people,
    "wagtailusers_groups:add": ROLES,
    "wagtailusers_groups:edit": ROLES,
    "wagtailusers_groups:delete": delete_groups,
    # --- review
    "review_decide": decisions,
    "review_preview": READS,
    "review_correct": corrections,
    "review_mark_urgent": urgent_marks,
    "review_post_publication_checks": lambda w, person: [
        Post((), {"urgency": "1", "outcome": "fine"})
    ],
    "review_accept_suggestion": lambda w, person: each((w.waiting, w.live, w.draft), {}),
    "review_queue": READS,
    "review_batch": batches,
    "audit_review_report": READS,
    "audit_record": READS,
    "audit_record_results": READS,
    "audit_monthly_export": READS,
    "notifications_inbox": OWN_ACCOUNT,
    "notifications_open": OWN_ACCOUNT,
    "publication_withdraw": withdrawals,
    "publication_schedule": READS,
    "publication_call_back": call_backs,
    # --- readers' reports
    "feedback_reports": READS,
    "feedback_reports_results": READS,
    "feedback_report": "not about pages, because a report and its answer are never published",
    # --- changes by two people
    "change_requests_list": READS,
    "change_requests_detail": changes_by_two,
    "change_requests_propose_site": proposed_sites,
    "change_requests_propose_redirect": proposed_redirects,
    "curation_slots": proposed_slots,
    "core_page_address": READS,
    "curation_promoted_results": proposed_results,
    "roles_deputies": READS,
    "roles_deputy_add": ROLES,
    "roles_deputy_end": ROLES,
    "roles_staffing": READS,
    "roles_staffing_results": READS,
    "review_level_rules": READS,
    "review_level_rule_add": new_level_rules,
    "review_level_rule_edit": level_rules,
    "review_level_rule_delete": level_rules,
    "roles_review_settings_list": READS,
    "roles_review_settings": "not about pages, because terms and words decide on nothing",
}


def posts_of(name: str, world, person) -> list[Post]:
    """What to post to a view as this person; empty where the table says why not."""
    entry = PAYLOADS[name]
    return [] if isinstance(entry, str) else list(entry(world, person))


def as_text(post: Post) -> str:
    """A post in a failure's words."""
    return json.dumps(
        [post.args, {k: str(v)[:30] for k, v in post.data.items()}], ensure_ascii=False
    )
