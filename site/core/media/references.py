"""Which images and documents a page shows, as its object has them (a draft's too)."""

from collections.abc import Iterable, Iterator

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, get_page_models

from core.keys import parse_key


def file_ids(page: Page) -> dict[type[Model], set[str]]:
    """Return the keys (as text) that `page` refers to, by image model and document model."""
    ids: dict[type[Model], set[str]] = {get_image_model(): set(), get_document_model(): set()}
    models = {ContentType.objects.get_for_model(model).pk: model for model in ids}
    for content_type_id, key, _field in _references(page):
        if content_type_id in models:
            ids[models[content_type_id]].add(key)
    return ids


def _references(page: Page) -> Iterator[tuple[int, str, str]]:
    """Yield the content type's id, the key (as the database reads it) and the field of each."""
    references = ReferenceIndex._extract_references_from_object(page)
    for content_type_id, key, model_path, _path in references:
        if number := _number_of(key):
            yield content_type_id, str(number), model_path.split(".")[0]


def _number_of(key: object) -> int:
    """Return the key of a file as the database will read it; 0 if it cannot be one."""
    try:
        return parse_key(int(str(key)))
    except ValueError:
        return 0


def images_by_field(page: Page) -> dict[str, set[str]]:
    """Return the keys (as text) of the images in each field of `page`, at whatever depth."""
    image_type_id = ContentType.objects.get_for_model(get_image_model()).pk
    ids: dict[str, set[str]] = {}
    for content_type_id, key, field in _references(page):
        if content_type_id == image_type_id:
            ids.setdefault(field, set()).add(key)
    return ids


def images_of(page: Page) -> QuerySet:
    """Return the images that `page` shows."""
    model = get_image_model()
    return model.objects.filter(pk__in=file_ids(page)[model])


def documents_of(page: Page) -> QuerySet:
    """Return the documents that `page` offers."""
    model = get_document_model()
    return model.objects.filter(pk__in=file_ids(page)[model])


def pages_showing(model: type[Model], keys: Iterable[object]) -> dict[str, set[int]]:
    """Return, by key of an image or document, the public pages that show it; two queries."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=[str(key) for key in keys],
    )
    pairs = [
        (key, int(page_id)) for key, page_id in references.values_list("to_object_id", "object_id")
    ]
    pages = Page.objects.live().filter(pk__in={page_id for _key, page_id in pairs})
    for page_model in page_types_with_end():
        pages = pages.exclude(pk__in=page_model.ended().values("pk"))
    public_ids = set(pages.values_list("pk", flat=True))
    pages_by_key: dict[str, set[int]] = {}
    for key, page_id in pairs:
        if page_id in public_ids:
            pages_by_key.setdefault(key, set()).add(page_id)
    return pages_by_key


def page_types_with_end() -> list[type[Page]]:
    """Return the page types whose content says when they come down (`BasePage.ended`)."""
    page_types = []
    for model in get_page_models():
        owner = next((base for base in model.__mro__ if "ended" in vars(base)), None)
        if owner is not None and not owner._meta.abstract:
            page_types.append(model)
    return page_types
