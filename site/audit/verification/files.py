"""The files on the disk: their bytes are those that were reviewed."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from audit.verification.chain import CHUNK
from audit.verification.problems import Problem
from core.media.storage import stored_hash


def file_problems() -> Iterator[Problem]:
    """Yield files whose bytes on the disk are missing or not those that were uploaded."""
    for model in (get_image_model(), get_document_model()):
        for file in model.objects.exclude(file_hash="").iterator(CHUNK):
            for error in file_errors(file):
                yield Problem(f"{model._meta.verbose_name} {file.pk}: {error}")


def file_errors(file: Any) -> list[str]:
    """Return why the bytes behind an image or document are not those that were reviewed."""
    current_hash = stored_hash(file)
    if not current_hash:
        return [_("the file is missing")]
    return [] if current_hash == file.file_hash else [_("the file was exchanged on the disk")]
