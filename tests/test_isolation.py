"""What one school's password opens of another school: nothing that is not public.

The first tests name what must be closed. The last ones walk every
address of the admin that Wagtail's resolver knows, as the other school's people, and look for
words that only the first school's drafts and files contain. What they may still find stands in
`OPEN_LEAKS`, with the reason: a new leak fails, and so does one that has been closed and not
been struck off.
"""

import json
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import GroupPagePermission

from core.models import Document, Image
from roles.models import Role, RoleGroup
from tests.helpers.district import brand_draft, brand_form, fresh
from tests.helpers.url_probe import BAIT, addresses, hide

pytestmark = pytest.mark.once

TAGS = "Tags are one vocabulary of all schools until each has its own."
# View → what of another school it shows, and why that is still so.
OPEN_LEAKS = {
    "wagtailadmin_tag_autocomplete": TAGS,
    "wagtailadmin_tag_model_autocomplete": TAGS,
    "wagtailimages:index": TAGS,
    "wagtailimages_chooser:choose": TAGS,
    "wagtaildocs:index": TAGS,
}
FOREIGNERS = ["editor2", "reviewer2"]


@pytest.fixture
def hidden(district):
    """What the first school keeps to itself."""
    return hide(district)


@pytest.fixture(params=FOREIGNERS)
def foreigner(request, client, district):
    """A client with a password of the other school."""
    client.force_login(getattr(district, request.param))
    return client


def seen_words(response, hidden, status=(200,)) -> list[str]:
    """Which hidden things an answer tells, in its text or in the messages it leaves behind."""
    text = ""
    if response.status_code in status:
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode(errors="replace")
    left = getattr(response.wsgi_request, "_messages", None)
    text += " ".join(str(message) for message in left._queued_messages) if left else ""
    return [what for what, word in hidden.words.items() if word.lower() in text.lower()]


def assert_closed(client, hidden, name, *args, query=""):
    response = client.get(reverse(name, args=args) + query)
    assert response.status_code in (200, 302, 403, 404), name
    assert not seen_words(response, hidden), f"{name}{args}{query}"


# --- explorer and edit ---------------------------------------------------------------------------


def test_a_foreign_school_is_not_explored(foreigner, hidden):
    for name in (
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_pages:add_subpage",
    ):
        for page in (hidden.school.pk, hidden.school.get_parent().pk, *hidden.pages):
            assert_closed(foreigner, hidden, name, page)
            assert_closed(foreigner, hidden, name, page, query=f"?q={BAIT}")


def test_a_foreign_draft_is_not_opened_by_its_number(foreigner, hidden):
    for name in (
        "edit",
        "view_draft",
        "preview_on_edit",
        "history",
        "history_results",
        "revisions_index",
        "workflow_history",
        "usage",
        "copy",
        "move",
        "delete",
        "unpublish",
        "set_privacy",
        "lock",
        "confirm_workflow_cancellation",
    ):
        for page in hidden.pages:
            response = foreigner.get(reverse(f"wagtailadmin_pages:{name}", args=[page]))
            assert response.status_code != 200, name
            assert not seen_words(response, hidden)


def test_a_foreign_version_is_not_read_or_compared(foreigner, hidden):
    page, revision = hidden.draft.pk, hidden.draft.latest_revision_id
    for name, args in (
        ("revisions_view", (page, revision)),
        ("revisions_revert", (page, revision)),
        ("revisions_compare", (page, "earliest", "latest")),
        ("revisions_compare", (page, "live", revision)),
    ):
        response = foreigner.get(reverse(f"wagtailadmin_pages:{name}", args=args))
        assert response.status_code != 200, name
        assert not seen_words(response, hidden)


def test_a_foreign_file_is_not_opened_by_its_number(foreigner, hidden):
    image, document = hidden.image.pk, hidden.document.pk
    for name, args in (
        ("wagtailimages:edit", (image,)),
        ("wagtailimages:preview", (image, "width-200")),
        ("wagtailimages:url_generator", (image,)),
        ("wagtailimages:image_usage", (image,)),
        ("wagtailimages:delete", (image,)),
        ("wagtailimages_chooser:select_format", (image,)),
        ("wagtailimages_chooser:chosen", (image,)),
        ("wagtaildocs:edit", (document,)),
        ("wagtaildocs:document_usage", (document,)),
        ("wagtaildocs:delete", (document,)),
        ("wagtaildocs_chooser:chosen", (document,)),
    ):
        response = foreigner.get(reverse(name, args=args))
        assert response.status_code != 200, name
        assert not seen_words(response, hidden)


# --- choosers ------------------------------------------------------------------------------------

PAGE_TYPES = [
    "",
    "page_type=wagtailcore.page",
    "page_type=brands.brandpage",
    "page_type=schools.schoolpage,brands.brandpage",
    "page_type=brands.brandpage&can_choose_root=true&user_perms=move_to",
]


def test_the_page_chooser_offers_no_foreign_draft(foreigner, hidden):
    for name in ("wagtailadmin_choose_page", "wagtailadmin_choose_page_search"):
        for kind, search in product(PAGE_TYPES, ("", f"&q={BAIT}", "&p=1")):
            assert_closed(foreigner, hidden, name, query=f"?{kind}{search}")


def test_the_page_chooser_does_not_look_into_a_foreign_school(foreigner, hidden):
    parents = (hidden.school.get_parent().pk, hidden.school.pk, *hidden.pages)
    for parent, kind in product(parents, PAGE_TYPES):
        query = f"?{kind}&q={BAIT}" if parent == hidden.school.pk else f"?{kind}"
        assert_closed(foreigner, hidden, "wagtailadmin_choose_page_child", parent, query=query)


def test_the_page_chooser_names_no_foreign_draft_by_its_number(foreigner, hidden):
    query = "?" + "&".join(f"id={page}" for page in hidden.pages)
    assert_closed(foreigner, hidden, "wagtailadmin_choose_page_chosen_multiple", query=query)


def test_the_other_tabs_of_the_link_chooser_tell_nothing(foreigner, hidden):
    query = "?allow_external_link=true&allow_email_link=true&allow_phone_link=true"
    query += "&allow_anchor_link=true&page_type=brands.brandpage"
    for kind in ("external", "email", "phone", "anchor"):
        assert_closed(foreigner, hidden, f"wagtailadmin_choose_page_{kind}_link", query=query)


def test_an_address_typed_as_a_link_does_not_become_a_foreign_draft(foreigner, hidden):
    """Wagtail looks whether an external address is a page of the site and offers that page."""
    name = "wagtailadmin_choose_page_external_link"
    for address in (f"http://localhost{hidden.school.url}zebrafinch-2/", "/"):
        response = foreigner.post(
            reverse(name),
            {"external-link-chooser-url": address, "external-link-chooser-link_text": "x"},
        )
        assert response.status_code == 200
        typed = [what for what in seen_words(response, hidden) if what != "title of a draft"]
        assert not typed
        assert BAIT not in response.content.decode()


def test_the_file_choosers_offer_no_foreign_file(foreigner, hidden):
    queries = ("", f"?q={BAIT}", f"?collection_id={hidden.school.collection_id}")
    ids = f"?id={hidden.image.pk}&id={hidden.document.pk}"
    for kind in ("images", "docs"):
        for view, query in product(("choose", "choose_results"), queries):
            response = foreigner.get(reverse(f"wagtail{kind}_chooser:{view}") + query)
            assert not set(seen_words(response, hidden)) - {"tag"}
        assert_closed(foreigner, hidden, f"wagtail{kind}_chooser:chosen_multiple", query=ids)


def test_uploading_the_same_picture_does_not_show_the_foreign_one(client, district, hidden):
    """Wagtail offers an image with the same content instead of the new one."""
    client.force_login(district.editor2)
    with hidden.image.file.open() as picture:
        upload = SimpleUploadedFile("same.png", picture.read(), "image/png")
    form = {
        "image-chooser-upload-title": "x",
        "image-chooser-upload-file": upload,
        "image-chooser-upload-description": "x",
        "image-chooser-upload-people": "none",
        "image-chooser-upload-consent": "not_needed",
        "image-chooser-upload-collection": district.schools[1].collection_id,
        "image-chooser-upload-tags": "",
    }
    response = client.post(reverse("wagtailimages_chooser:create"), form)
    assert Image.objects.filter(collection=district.schools[1].collection).exists()
    assert not seen_words(response, hidden)


def test_a_foreign_collection_takes_no_upload(client, district, hidden):
    client.force_login(district.editor2)
    form = {
        "title": "x",
        "file": SimpleUploadedFile("x.txt", b"x"),
        "collection": hidden.school.collection_id,
        "tags": "",
    }
    client.post(reverse("wagtaildocs:add"), form)
    assert not Document.objects.filter(title="x", collection=hidden.school.collection).exists()


# --- admin API -----------------------------------------------------------------------------------


def test_the_admin_api_lists_no_foreign_draft(foreigner, hidden):
    address = reverse("wagtailadmin_api:pages:listing")
    for query in (
        "limit=50",
        f"search={BAIT}",
        "slug=zebrafinch-2",
        "type=brands.BrandPage&fields=*",
        f"child_of={hidden.school.pk}",
        f"descendant_of={hidden.school.pk}",
        f"ancestor_of={hidden.draft.pk}",
        f"translation_of={hidden.draft.pk}",
        f"child_of={hidden.school.pk}&for_explorer=1",
    ):
        response = foreigner.get(f"{address}?{query}")
        assert response.status_code in (200, 400, 404), query
        assert not seen_words(response, hidden, status=(200, 400, 404)), query


def test_the_admin_api_tells_nothing_of_a_foreign_thing(foreigner, hidden):
    keys = {"pages": hidden.pages, "images": [hidden.image.pk], "documents": [hidden.document.pk]}
    for kind, key in [(kind, key) for kind, some in keys.items() for key in some]:
        detail = reverse(f"wagtailadmin_api:{kind}:detail", args=[key])
        found = reverse(f"wagtailadmin_api:{kind}:find") + f"?id={key}"
        assert foreigner.get(detail).status_code == 404
        assert foreigner.get(found).status_code == 404
        for query in ("", f"?search={BAIT}"):
            listing = foreigner.get(reverse(f"wagtailadmin_api:{kind}:listing") + query)
            assert not seen_words(listing, hidden)


def test_the_admin_api_does_nothing_to_a_foreign_draft(foreigner, hidden, district):
    before = hidden.draft.latest_revision_id
    wish = {
        "revision_id": before,
        "destination_page_id": district.schools[1].pk,
        "locale": "en",
    }
    for action in PagesAdminAPIViewSet.actions:
        address = reverse("wagtailadmin_api:pages:action", args=[hidden.draft.pk, action])
        response = foreigner.post(address, wish, content_type="application/json")
        assert response.status_code in (403, 404)
        assert not seen_words(response, hidden, status=(403, 404))
    assert fresh(hidden.draft).latest_revision_id == before


# --- the rest: every address ---------------------------------------------------------------------


def leaks_of(client, user, hidden, method) -> dict[str, set]:
    """View name → what it told of the hidden things, for every address of the admin."""
    client.force_login(user)
    client.raise_request_exception = False
    told: dict[str, set] = {}
    walked = set()
    for name, address in addresses(hidden):
        response = getattr(client, method)(address)
        walked.add(name)
        found = seen_words(response, hidden)
        is_picture = response.headers.get("Content-Type", "").startswith("image/")
        if name.startswith("wagtailimages") and is_picture:
            found.append("the picture itself")
        if found:
            told.setdefault(name, set()).update(found)
    assert len(walked) > 150, "the walk has lost its way"
    assert client.get(reverse("wagtailadmin_home")).status_code == 200, "and its password"
    return told


@pytest.mark.parametrize("person", ["editor2", "reviewer2"])
def test_a_foreigner_finds_nothing_at_any_address(client, district, hidden, person):
    told = leaks_of(client, getattr(district, person), hidden, "get")
    assert all(what == {"tag"} for what in told.values()), told
    assert set(told) <= set(OPEN_LEAKS), told
    # Who may upload sees the most: what no longer tells anything is struck off.
    assert person == "reviewer2" or set(told) == set(OPEN_LEAKS)


@pytest.mark.parametrize("person", ["editor2", "reviewer2"])
def test_a_foreigner_who_posts_finds_and_changes_nothing(client, district, hidden, person):
    before = state_of(hidden)
    told = leaks_of(client, getattr(district, person), hidden, "post")
    assert all(what == {"tag"} for what in told.values()), told
    assert set(told) <= set(OPEN_LEAKS), told
    assert state_of(hidden) == before


def state_of(hidden) -> list:
    """What a foreign POST could have changed."""
    pages = [fresh(page) for page in (hidden.school, hidden.draft, hidden.waiting)]
    files = [fresh(hidden.image), fresh(hidden.document)]
    return [
        *[(page.path, page.live, page.locked, page.latest_revision_id) for page in pages],
        *[(file.title, file.collection_id, file.file.name) for file in files],
        fresh(hidden.waiting).current_workflow_state.status,
        fresh(hidden.waiting).current_workflow_task_state.status,
    ]


def test_the_walk_finds_what_is_there(client, district, hidden):
    """The school's own editor sees every hidden thing on the same walk: the words are right."""
    told = leaks_of(client, district.editor1, hidden, "get")
    assert set().union(*told.values()) >= set(hidden.words) - {"file of a document"}
    for name in ("wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailimages:edit"):
        assert told[name]


# --- the other language --------------------------------------------------------------------------


def test_school_people_have_rows_in_the_chinese_tree_only(district):
    roles = [Role.SCHOOL_EDITOR, Role.SCHOOL_REVIEWER]
    groups = RoleGroup.objects.filter(role__in=roles).values("group")
    rows = GroupPagePermission.objects.filter(group__in=groups)
    assert rows.exists()
    assert all(row.page.path.startswith(district.home.path) for row in rows)
    assert {row.page.locale.language_code for row in rows} == {"zh-hans"}


# --- what a form may name ------------------------------------------------------------------------


def brand_with(hidden) -> dict[str, dict]:
    """What a form can name by its number, in each kind of field."""
    related = {
        "related-TOTAL_FORMS": 1,
        "related-0-target": hidden.draft.pk,
        "related-0-ORDER": 1,
        "related-0-id": "",
        "related-0-DELETE": "",
    }
    block = {"body-count": 1, "body-0-order": 0, "body-0-deleted": "", "body-0-id": ""}
    picture = {f"body-0-value-{name}": "" for name in ("caption", "credit")}
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": hidden.draft.pk}}
    line = {"key": "a", "text": "x", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    line["entityRanges"] = [{"offset": 0, "length": 1, "key": 0}]
    link = json.dumps({"blocks": [line], "entityMap": {"0": entity}})
    return {
        "a picture as cover": {"cover": hidden.image.pk},
        "a page as related": related,
        "a picture in the text": block
        | picture
        | {"body-0-type": "image", "body-0-value-image": hidden.image.pk},
        "a link in the text": block | {"body-0-type": "paragraph", "body-0-value": link},
    }


def test_a_form_names_no_foreign_page_or_file(client, district, hidden):
    """A chooser shows the title of whatever a form names, also when it shows the form again."""
    page = brand_draft(district.schools[1], district.editor2)
    client.force_login(district.editor2)
    for what, wish in brand_with(hidden).items():
        for name in ("edit", "preview_on_edit"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            response = client.post(address, brand_form() | wish)
            assert not seen_words(response, hidden), (what, name)
            response = client.get(address)
            assert not seen_words(response, hidden), (what, name)
    assert fresh(page).latest_revision_id == page.latest_revision_id


def test_the_school_itself_may_name_them_all(client, district, hidden):
    page = brand_draft(district.schools[0], district.colleague, title="三", kind="branch")
    client.force_login(district.colleague)
    for what, wish in brand_with(hidden).items():
        before = fresh(page).latest_revision_id
        client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            brand_form() | {"kind": "branch"} | wish,
        )
        assert fresh(page).latest_revision_id != before, what
