"""What a user of one school can open of another school: nothing that is not public.

The first tests name what must be closed. The last ones walk every
address of the admin that Wagtail's resolver knows, as the other school's people, and look for
words that only the first school's drafts and files contain. What they may still find stands in
`OPEN_LEAKS`, with the reason: a new leak fails, and so does one that has been closed and not
been struck off.
"""

import json

import pytest
from django.urls import reverse
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.models import GroupPagePermission, Page

from roles.models import Role, RoleGroup
from tests.helpers.district import fresh
from tests.helpers.private_content import SEARCH_TERM, assert_closed, words_shown
from tests.helpers.url_probe import admin_urls

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


# --- explorer and edit ---------------------------------------------------------------------------


def test_a_foreign_school_is_not_explored(foreigner, private):
    for name in (
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_pages:add_subpage",
    ):
        for page in (private.school.pk, private.school.get_parent().pk, *private.page_ids):
            assert_closed(foreigner, private, name, page)
            assert_closed(foreigner, private, name, page, query=f"?q={SEARCH_TERM}")


def test_a_foreign_draft_is_not_opened_by_its_number(foreigner, private):
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
        for page in private.page_ids:
            response = foreigner.get(reverse(f"wagtailadmin_pages:{name}", args=[page]))
            assert response.status_code != 200, name
            assert not words_shown(response, private)


def test_a_foreign_version_is_not_read_or_compared(foreigner, private):
    page, revision = private.draft.pk, private.draft.latest_revision_id
    for name, args in (
        ("revisions_view", (page, revision)),
        ("revisions_revert", (page, revision)),
        ("revisions_compare", (page, "earliest", "latest")),
        ("revisions_compare", (page, "live", revision)),
    ):
        response = foreigner.get(reverse(f"wagtailadmin_pages:{name}", args=args))
        assert response.status_code != 200, name
        assert not words_shown(response, private)


def test_a_foreign_file_is_not_opened_by_its_number(foreigner, private):
    image, document = private.image.pk, private.document.pk
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
        assert not words_shown(response, private)


# How Django's forms and queries read a number, besides as it is printed.
OTHER_SPELLINGS = ["+{}", " {}", "{} ", "{}\t", "0{}", "{}_0", "\u00a0{}", "²", "9" * 30, "abc"]


@pytest.mark.parametrize("spelling", OTHER_SPELLINGS)
def test_a_foreign_thing_is_not_reached_by_another_spelling_of_its_number(
    client, district, private, spelling
):
    client.force_login(district.editor2)
    spelled = spelling.format(private.draft.pk)
    chosen = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert client.get(chosen, {"id": spelled}).status_code == 404
    school, before = district.schools[1], Page.objects.count()
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", school.pk])
    link = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": spelled}}
    for changes in (
        {"lead_image": spelling.format(private.image.pk)},
        {"attachments-TOTAL_FORMS": "1", "attachments-0-id": "",
         "attachments-0-document": spelling.format(private.document.pk)},
        {"body-0-value": rich_text(link)},
        {"body-0-value": rich_text(link | {"type": "DOCUMENT"})},
    ):  # fmt: skip
        response = client.post(add, news_form() | changes)
        assert (response.status_code, Page.objects.count()) == (302, before), changes
        assert response.url == reverse("wagtailadmin_home"), "refused, not saved"


def news_form() -> dict[str, str]:
    """A complete news item, with one paragraph."""
    empty = {f"{name}-{field}": "0" for name in ("attachments", "comments") for field in FORMS}
    body = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-id": "",
            "body-0-type": "paragraph", "body-0-value": rich_text()}  # fmt: skip
    return {"title": "路队", "slug": "ludui", "kind": "activity"} | empty | body


FORMS = ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")


def rich_text(entity: dict | None = None) -> str:
    """A paragraph as the editor posts it; `entity` lies on its first two characters."""
    ranges = [{"offset": 0, "length": 2, "key": 0}] if entity else []
    block = {"key": "a", "text": "七支路队。", "type": "unstyled", "depth": 0,
             "inlineStyleRanges": [], "entityRanges": ranges}  # fmt: skip
    return json.dumps({"blocks": [block], "entityMap": {"0": entity} if entity else {}})


def test_the_news_form_of_these_tests_is_saved_when_it_names_nothing_foreign(client, district):
    client.force_login(district.editor2)
    add = reverse("wagtailadmin_pages:add", args=["news", "newspage", district.schools[1].pk])
    assert client.post(add, news_form()).status_code == 302
    assert Page.objects.filter(draft_title="路队").exists()


# --- admin API -----------------------------------------------------------------------------------


def test_the_admin_api_lists_no_foreign_draft(foreigner, private):
    address = reverse("wagtailadmin_api:pages:listing")
    for query in (
        "limit=50",
        f"search={SEARCH_TERM}",
        "slug=zebrafinch-2",
        "type=brands.BrandPage&fields=*",
        f"child_of={private.school.pk}",
        f"descendant_of={private.school.pk}",
        f"ancestor_of={private.draft.pk}",
        f"translation_of={private.draft.pk}",
        f"child_of={private.school.pk}&for_explorer=1",
    ):
        response = foreigner.get(f"{address}?{query}")
        assert response.status_code in (200, 400, 404), query
        assert not words_shown(response, private, statuses=(200, 400, 404)), query


def test_the_admin_api_tells_nothing_of_a_foreign_thing(foreigner, private):
    keys = {
        "pages": private.page_ids,
        "images": [private.image.pk],
        "documents": [private.document.pk],
    }
    for kind, key in [(kind, key) for kind, some in keys.items() for key in some]:
        detail = reverse(f"wagtailadmin_api:{kind}:detail", args=[key])
        find = reverse(f"wagtailadmin_api:{kind}:find") + f"?id={key}"
        assert foreigner.get(detail).status_code == 404
        assert foreigner.get(find).status_code == 404
        for query in ("", f"?search={SEARCH_TERM}"):
            listing = foreigner.get(reverse(f"wagtailadmin_api:{kind}:listing") + query)
            assert not words_shown(listing, private)


def test_the_admin_api_does_nothing_to_a_foreign_draft(foreigner, private, district):
    before = private.draft.latest_revision_id
    form = {
        "revision_id": before,
        "destination_page_id": district.schools[1].pk,
        "locale": "en",
    }
    for action in PagesAdminAPIViewSet.actions:
        address = reverse("wagtailadmin_api:pages:action", args=[private.draft.pk, action])
        response = foreigner.post(address, form, content_type="application/json")
        assert response.status_code in (403, 404)
        assert not words_shown(response, private, statuses=(403, 404))
    assert fresh(private.draft).latest_revision_id == before


# --- the rest: every address ---------------------------------------------------------------------


def leaks_of(client, user, private, method) -> dict[str, set]:
    """View name → what it shows of the private things, for every URL of the admin."""
    client.force_login(user)
    client.raise_request_exception = False
    leaks: dict[str, set] = {}
    visited = set()
    for name, address in admin_urls(private):
        response = getattr(client, method)(address)
        visited.add(name)
        shown = words_shown(response, private)
        is_image = response.headers.get("Content-Type", "").startswith("image/")
        if name.startswith("wagtailimages") and is_image:
            shown.append("the image itself")
        if shown:
            leaks.setdefault(name, set()).update(shown)
    assert len(visited) > 150, "too few URLs were visited"
    assert client.get(reverse("wagtailadmin_home")).status_code == 200, "and the session goes on"
    return leaks


@pytest.mark.parametrize("person", ["editor2", "reviewer2"])
def test_a_foreigner_finds_nothing_at_any_address(client, district, private, person):
    leaks = leaks_of(client, getattr(district, person), private, "get")
    assert all(what == {"tag"} for what in leaks.values()), leaks
    assert set(leaks) <= set(OPEN_LEAKS), leaks
    # Who may upload sees the most: what no longer tells anything is struck off.
    assert person == "reviewer2" or set(leaks) == set(OPEN_LEAKS)


@pytest.mark.parametrize("person", ["editor2", "reviewer2"])
def test_a_foreigner_who_posts_finds_and_changes_nothing(client, district, private, person):
    before = state_of(private)
    leaks = leaks_of(client, getattr(district, person), private, "post")
    assert all(what == {"tag"} for what in leaks.values()), leaks
    assert set(leaks) <= set(OPEN_LEAKS), leaks
    assert state_of(private) == before


def state_of(private) -> list:
    """What a foreign POST could have changed."""
    pages = [fresh(page) for page in (private.school, private.draft, private.waiting)]
    files = [fresh(private.image), fresh(private.document)]
    return [
        *[(page.path, page.live, page.locked, page.latest_revision_id) for page in pages],
        *[(file.title, file.collection_id, file.file.name) for file in files],
        fresh(private.waiting).current_workflow_state.status,
        fresh(private.waiting).current_workflow_task_state.status,
    ]


def test_the_walk_finds_what_is_there(client, district, private):
    """The school's own editor sees every private thing at the same URLs: the words are right."""
    leaks = leaks_of(client, district.editor1, private, "get")
    assert set().union(*leaks.values()) >= set(private.unique_words) - {"file of a document"}
    for name in ("wagtailadmin_explore", "wagtailadmin_pages:edit", "wagtailimages:edit"):
        assert leaks[name]


# --- the other language --------------------------------------------------------------------------


def test_school_people_have_rows_in_the_chinese_tree_only(district):
    roles = [Role.SCHOOL_EDITOR, Role.SCHOOL_REVIEWER]
    groups = RoleGroup.objects.filter(role__in=roles).values("group")
    rows = GroupPagePermission.objects.filter(group__in=groups)
    assert rows.exists()
    assert all(row.page.path.startswith(district.home.path) for row in rows)
    assert {row.page.locale.language_code for row in rows} == {"zh-hans"}
