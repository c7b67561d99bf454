"""Choosers and forms name no page and no file of another school, unless it is public."""

import json
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import Document, Image
from tests.helpers.district import brand_draft, brand_form, fresh
from tests.helpers.private_content import SEARCH_TERM, assert_closed, words_shown

pytestmark = pytest.mark.once

# --- choosers ------------------------------------------------------------------------------------

PAGE_TYPES = [
    "",
    "page_type=wagtailcore.page",
    "page_type=brands.brandpage",
    "page_type=schools.schoolpage,brands.brandpage",
    "page_type=brands.brandpage&can_choose_root=true&user_perms=move_to",
]


def test_the_page_chooser_offers_no_foreign_draft(foreigner, private):
    for name in ("wagtailadmin_choose_page", "wagtailadmin_choose_page_search"):
        for kind, search in product(PAGE_TYPES, ("", f"&q={SEARCH_TERM}", "&p=1")):
            assert_closed(foreigner, private, name, query=f"?{kind}{search}")


def test_the_page_chooser_does_not_look_into_a_foreign_school(foreigner, private):
    parents = (private.school.get_parent().pk, private.school.pk, *private.page_ids)
    for parent, kind in product(parents, PAGE_TYPES):
        query = f"?{kind}&q={SEARCH_TERM}" if parent == private.school.pk else f"?{kind}"
        assert_closed(foreigner, private, "wagtailadmin_choose_page_child", parent, query=query)


def test_the_page_chooser_names_no_foreign_draft_by_its_number(foreigner, private):
    query = "?" + "&".join(f"id={page}" for page in private.page_ids)
    assert_closed(foreigner, private, "wagtailadmin_choose_page_chosen_multiple", query=query)


def test_the_other_tabs_of_the_link_chooser_tell_nothing(foreigner, private):
    query = "?allow_external_link=true&allow_email_link=true&allow_phone_link=true"
    query += "&allow_anchor_link=true&page_type=brands.brandpage"
    for kind in ("external", "email", "phone", "anchor"):
        assert_closed(foreigner, private, f"wagtailadmin_choose_page_{kind}_link", query=query)


def test_an_address_typed_as_a_link_does_not_become_a_foreign_draft(foreigner, private):
    """Wagtail looks whether an external address is a page of the site and offers that page."""
    name = "wagtailadmin_choose_page_external_link"
    for address in (f"http://localhost{private.school.url}zebrafinch-2/", "/"):
        response = foreigner.post(
            reverse(name),
            {"external-link-chooser-url": address, "external-link-chooser-link_text": "x"},
        )
        assert response.status_code == 200
        typed = [what for what in words_shown(response, private) if what != "title of a draft"]
        assert not typed
        assert SEARCH_TERM not in response.content.decode()


def test_the_file_choosers_offer_no_foreign_file(foreigner, private):
    queries = ("", f"?q={SEARCH_TERM}", f"?collection_id={private.school.collection_id}")
    ids = f"?id={private.image.pk}&id={private.document.pk}"
    for kind in ("images", "docs"):
        for view, query in product(("choose", "choose_results"), queries):
            response = foreigner.get(reverse(f"wagtail{kind}_chooser:{view}") + query)
            assert not set(words_shown(response, private)) - {"tag"}
        assert_closed(foreigner, private, f"wagtail{kind}_chooser:chosen_multiple", query=ids)


def test_uploading_the_same_picture_does_not_show_the_foreign_one(client, district, private):
    """Wagtail offers an image with the same content instead of the new one."""
    client.force_login(district.editor2)
    with private.image.file.open() as picture:
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
    assert not words_shown(response, private)


def test_a_foreign_collection_takes_no_upload(client, district, private):
    client.force_login(district.editor2)
    form = {
        "title": "x",
        "file": SimpleUploadedFile("x.txt", b"x"),
        "collection": private.school.collection_id,
        "tags": "",
    }
    client.post(reverse("wagtaildocs:add"), form)
    assert not Document.objects.filter(title="x", collection=private.school.collection).exists()


# --- what a form may name ------------------------------------------------------------------------


def brand_with(private) -> dict[str, dict]:
    """What a form can name by its number, in each kind of field."""
    related = {
        "related-TOTAL_FORMS": 1,
        "related-0-target": private.draft.pk,
        "related-0-ORDER": 1,
        "related-0-id": "",
        "related-0-DELETE": "",
    }
    block = {"body-count": 1, "body-0-order": 0, "body-0-deleted": "", "body-0-id": ""}
    picture = {f"body-0-value-{name}": "" for name in ("caption", "credit")}
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": private.draft.pk}}
    line = {"key": "a", "text": "x", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    line["entityRanges"] = [{"offset": 0, "length": 1, "key": 0}]
    link = json.dumps({"blocks": [line], "entityMap": {"0": entity}})
    return {
        "a picture as cover": {"cover": private.image.pk},
        "a page as related": related,
        "a picture in the text": block
        | picture
        | {"body-0-type": "image", "body-0-value-image": private.image.pk},
        "a link in the text": block | {"body-0-type": "paragraph", "body-0-value": link},
    }


def test_a_form_names_no_foreign_page_or_file(client, district, private):
    """A chooser shows the title of whatever a form names, also when it shows the form again."""
    page = brand_draft(district.schools[1], district.editor2)
    client.force_login(district.editor2)
    for what, form in brand_with(private).items():
        for name in ("edit", "preview_on_edit"):
            address = reverse(f"wagtailadmin_pages:{name}", args=[page.pk])
            response = client.post(address, brand_form() | form)
            assert not words_shown(response, private), (what, name)
            response = client.get(address)
            assert not words_shown(response, private), (what, name)
    assert fresh(page).latest_revision_id == page.latest_revision_id


def test_the_school_itself_may_name_them_all(client, district, private):
    page = brand_draft(district.schools[0], district.colleague, title="三", kind="branch")
    client.force_login(district.colleague)
    for what, form in brand_with(private).items():
        before = fresh(page).latest_revision_id
        client.post(
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            brand_form() | {"kind": "branch"} | form,
        )
        assert fresh(page).latest_revision_id != before, what
