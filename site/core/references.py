"""Which images and documents a page shows, as its object says it (a draft's too)."""

from django.contrib.contenttypes.models import ContentType
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex


def file_ids(page) -> dict[type, set[str]]:
    """Image model and document model → the keys (as text) that `page` refers to."""
    found = {get_image_model(): set(), get_document_model(): set()}
    types = {ContentType.objects.get_for_model(model).pk: model for model in found}
    references = ReferenceIndex._extract_references_from_object(page)
    for type_id, key, _model_path, _path in references:
        if type_id in types:
            found[types[type_id]].add(str(key))
    return found


def images_of(page):
    """The images that `page` shows."""
    model = get_image_model()
    return model.objects.filter(pk__in=file_ids(page)[model])


def documents_of(page):
    """The documents that `page` offers."""
    model = get_document_model()
    return model.objects.filter(pk__in=file_ids(page)[model])
