"""Storage of what the public must not fetch by guessing a path: originals and documents."""

from typing import Any

from django.core.files.storage import FileSystemStorage, Storage, storages
from wagtail.utils.file import hash_filelike


class PrivateStorage(FileSystemStorage):
    """Files under `PRIVATE_ROOT`, without a URL."""

    def url(self, name: str | None) -> str:
        # Wagtail's serve view takes this error, and no other, for "stream it yourself".
        raise NotImplementedError("private files have no URL")


def private_storage() -> Storage:
    """Return the private storage of the settings (a callable keeps it out of migrations)."""
    return storages["private"]


def stored_hash(row: Any) -> str:
    """Return the SHA-1 (hex) of the bytes behind `row.file`; empty if there are none."""
    try:
        with row.file.storage.open(row.file.name) as stored:
            hexdigest: str = hash_filelike(stored)
    except OSError:
        return ""
    return hexdigest
