"""Tests: quick hashing, plain static files, files in a temporary folder."""

import tempfile
from pathlib import Path

from .base import *
from .base import INSTALLED_APPS, STORAGES

INSTALLED_APPS = ["demo", *INSTALLED_APPS]

SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

FLUSH_ALLOWED = True

VAR_DIR = Path(tempfile.mkdtemp(prefix="yipin-test-"))
MEDIA_ROOT = VAR_DIR / "media"
PRIVATE_ROOT = VAR_DIR / "private"
SHARE_ROOT = VAR_DIR / "share"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = STORAGES | {
    "private": STORAGES["private"] | {"OPTIONS": {"location": str(PRIVATE_ROOT)}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
