"""Storage of what the public must not fetch by guessing a path: originals and documents."""

from django.core.files.storage import FileSystemStorage, storages


class PrivateStorage(FileSystemStorage):
    """Files under `PRIVATE_ROOT`; they have no address of their own."""

    def url(self, name):
        # Wagtail's serve view takes this error, and no other, for "stream it yourself".
        raise NotImplementedError("private files have no URL")


def private_storage():
    """The private storage named in the settings (a callable keeps it out of migrations)."""
    return storages["private"]
