"""The content digest: what an approval is bound to, in place of a revision's id.

A revision id is no identity of content: an autosave rewrites the latest revision in place.
"""

import hashlib
import json

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from core.publishing import BOOKKEEPING


def content_digest(page, revision) -> str:
    """SHA-256 (hex) over a revision's content, the place of its page, and the files it shows.

    The same words below another school, or with another picture behind the same id, are
    other content.
    """
    content = {key: value for key, value in revision.content.items() if key not in BOOKKEEPING}
    whole = {
        "content": content,
        "parent": page.path[: -page.steplen],
        "media": sorted(media_digests(revision.as_object())),
    }
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def media_digests(page) -> set[str]:
    """One text for each image and document `page` refers to: its id, file hash and words."""
    image_model, document_model = get_image_model(), get_document_model()
    ids = {image_model: set(), document_model: set()}
    types = {ContentType.objects.get_for_model(model).pk: model for model in ids}
    for type_id, object_id, _model_path, _path in ReferenceIndex._extract_references_from_object(
        page
    ):
        if type_id in types:
            ids[types[type_id]].add(object_id)
    images = image_model.objects.filter(pk__in=ids[image_model])
    documents = document_model.objects.filter(pk__in=ids[document_model])
    return {
        f"image {image.pk} {image.file.name} {image.get_file_hash()} {image.title} "
        f"{image.description} {image.is_decorative} {image.credit}"
        for image in images
    } | {
        f"document {document.pk} {document.file.name} {document.get_file_hash()} {document.title}"
        for document in documents
    }
