"""Storage of what the public must not fetch by guessing a path: originals and documents."""

from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """Files under `PRIVATE_ROOT`, without a URL."""

    def url(self, name: str | None) -> str:
        # Wagtail's serve view takes this error, and no other, for "stream it yourself".
        raise NotImplementedError("private files have no URL")


def private_storage() -> Storage:
    """Return the private storage of the settings (a callable keeps it out of migrations)."""
    return storages["private"]
