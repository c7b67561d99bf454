"""Images, documents, collections."""

from io import BytesIO

import PIL.Image
from django.contrib.auth.models import AbstractUser
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection

from tests.helpers.payloads.post import READ_ONLY, XHR, Payload, Post, post_to_each
from tests.helpers.scenario import Scenario

NEW_FILE = "not about pages, because a new file is shown nowhere; choosing it is an edit of a page"
UPLOADED = "not about pages, because it names and stores an upload that is shown nowhere yet"


def _green_png() -> SimpleUploadedFile:
    buffer = BytesIO()
    PIL.Image.new("RGB", (50, 50), "green").save(buffer, "PNG")
    return SimpleUploadedFile("b.png", buffer.getvalue(), "image/png")


def _image_form(image, prefix: str = "") -> dict:
    form = {
        "title": "偷换的名字",
        "collection": image.collection_id,
        "tags": "",
        "description": "偷换的说明",
        "people": "none",
        "consent": "not_needed",
        "credit": "",
    } | {f"focal_point_{name}": 5 for name in ("x", "y", "width", "height")}
    return {f"{prefix}{name}": value for name, value in form.items()}


def _document_form(document, prefix: str = "") -> dict:
    form = {"title": "偷换的名字", "collection": document.collection_id, "tags": ""}
    return {f"{prefix}{name}": value for name, value in form.items()}


def edit_image(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Change the text, the file and the collection of images that pages show."""
    other = Collection.objects.exclude(pk=scenario.image.collection_id).last().pk
    return [
        Post((image.pk,), _image_form(image) | changes)
        for image in (scenario.image, scenario.waiting_image)
        for changes in ({}, {"file": _green_png()}, {"collection": other})
    ]


def edit_multiple_images(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """The same through the form that follows an upload."""
    return [
        Post((image.pk,), _image_form(image, f"image-{image.pk}-"), headers=XHR)
        for image in (scenario.image, scenario.waiting_image)
    ]


def delete_images(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Delete images that pages show."""
    by_script = post_to_each((scenario.image, scenario.waiting_image), headers=XHR)
    return by_script + post_to_each((scenario.image,))


def upload_same_image(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Upload the content of an existing image once more."""
    with scenario.image.file.open() as file:
        upload = SimpleUploadedFile("same.png", file.read(), "image/png")
    prefix = "image-chooser-upload-"
    return [Post((), _image_form(scenario.image, prefix) | {f"{prefix}file": upload})]


def edit_document(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Change the title and the file of a document that a page links."""
    document = scenario.document
    form = _document_form(document)
    replacement = {"file": SimpleUploadedFile("b.txt", b"2"), "title": document.title}
    return [Post((document.pk,), form), Post((document.pk,), form | replacement)]


def edit_multiple_documents(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """The same through the form that follows an upload."""
    document = scenario.document
    form = _document_form(document, f"doc-{document.pk}-")
    return [Post((document.pk,), form, headers=XHR)]


def delete_documents(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Delete a document that a page links."""
    return post_to_each((scenario.document,), headers=XHR) + post_to_each((scenario.document,))


def edit_collection(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Rename and move a school's collection."""
    root = Collection.get_first_root_node()
    collection = scenario.image.collection_id
    sibling = root.get_children().exclude(pk=collection).first()
    return [
        Post((collection,), {"name": "改名", "parent": parent.pk}) for parent in (sibling, root)
    ]


def delete_collection(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Delete a school's collection and the root."""
    return [Post((scenario.image.collection_id,)), Post((Collection.get_first_root_node().pk,))]


def set_collection_privacy(scenario: Scenario, user: AbstractUser) -> list[Post]:
    """Restrict a collection of public files, and lift a restriction."""
    form = {"password": "", "groups": []}
    return [
        Post((scenario.document.collection_id,), form | {"restriction_type": "login"}),
        Post((scenario.restricted_collection.pk,), form | {"restriction_type": "none"}),
    ]


PAYLOADS: dict[str, Payload] = {
    **dict.fromkeys(
        (
            "wagtailimages:index",
            "wagtailimages:index_results",
            "wagtailimages:url_generator",
            "wagtailimages:url_generator_output",
            "wagtailimages:preview",
            "wagtailimages:image_usage",
            "wagtaildocs:index",
            "wagtaildocs:index_results",
            "wagtaildocs:document_usage",
            "wagtailadmin_collections:index",
        ),
        READ_ONLY,
    ),
    "wagtailimages_chooser:create": upload_same_image,
    "wagtailimages:add": NEW_FILE,
    "wagtailimages:add_multiple": NEW_FILE,
    "wagtailimages:create_multiple_from_uploaded_image": UPLOADED,
    "wagtailimages:delete_upload_multiple": UPLOADED,
    "wagtailimages:edit": edit_image,
    "wagtailimages:edit_multiple": edit_multiple_images,
    "wagtailimages:delete": delete_images,
    "wagtailimages:delete_multiple": delete_images,
    "wagtaildocs_chooser:create": NEW_FILE,
    "wagtaildocs:add": NEW_FILE,
    "wagtaildocs:add_multiple": NEW_FILE,
    "wagtaildocs:create_multiple_from_uploaded_document": UPLOADED,
    "wagtaildocs:delete_upload_multiple": UPLOADED,
    "wagtaildocs:edit": edit_document,
    "wagtaildocs:edit_multiple": edit_multiple_documents,
    "wagtaildocs:delete": delete_documents,
    "wagtaildocs:delete_multiple": delete_documents,
    "wagtailadmin_collections:add": "not about pages, because a new collection is empty",
    "wagtailadmin_collections:edit": edit_collection,
    "wagtailadmin_collections:delete": delete_collection,
    "wagtailadmin_collections:set_privacy": set_collection_privacy,
}
