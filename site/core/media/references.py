"""Which images and documents a page shows, as its object says it (a draft's too)."""

from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, ReferenceIndex, get_page_models


def file_ids(page) -> dict[type, set[str]]:
    """Image model and document model → the keys (as text) that `page` refers to."""
    found = {get_image_model(): set(), get_document_model(): set()}
    types = {ContentType.objects.get_for_model(model).pk: model for model in found}
    references = ReferenceIndex._extract_references_from_object(page)
    for type_id, key, _model_path, _path in references:
        if type_id in types:
            found[types[type_id]].add(str(key))
    return found


def images_by_field(page) -> dict[str, set[str]]:
    """Field of `page` → the keys (as text) of the images that it holds, in whatever depth."""
    type_id = ContentType.objects.get_for_model(get_image_model()).pk
    found: dict[str, set[str]] = {}
    for kind, key, model_path, _path in ReferenceIndex._extract_references_from_object(page):
        if kind == type_id:
            found.setdefault(model_path.split(".")[0], set()).add(str(key))
    return found


def images_of(page):
    """The images that `page` shows."""
    model = get_image_model()
    return model.objects.filter(pk__in=file_ids(page)[model])


def documents_of(page):
    """The documents that `page` offers."""
    model = get_document_model()
    return model.objects.filter(pk__in=file_ids(page)[model])


def pages_showing(model, keys) -> dict[str, set[int]]:
    """Key of an image or document → the live pages whose term runs that show it; two queries."""
    references = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=[str(key) for key in keys],
    )
    pairs = [(key, int(page)) for key, page in references.values_list("to_object_id", "object_id")]
    pages = Page.objects.live().filter(pk__in={page for _key, page in pairs})
    for page_model in page_types_with_end():
        pages = pages.exclude(pk__in=page_model.ended().values("pk"))
    public = set(pages.values_list("pk", flat=True))
    found: dict[str, set[int]] = {}
    for key, page in pairs:
        if page in public:
            found.setdefault(key, set()).add(page)
    return found


def page_types_with_end() -> list[type]:
    """The page types whose content itself tells when they come down (`BasePage.ended`)."""
    found = []
    for model in get_page_models():
        owner = next((base for base in model.__mro__ if "ended" in vars(base)), None)
        if owner is not None and not owner._meta.abstract:
            found.append(model)
    return found
