"""One machine, as `make run` starts it: production-like, embedded database, no keys to set."""

from .base import *
from .base import INSTALLED_APPS, STORAGES, VAR_DIR
from .secret import machine_secret

INSTALLED_APPS = ["demo", *INSTALLED_APPS]
SERVE_CONTENT = "demo.start.load_once"
SERVE_MESSAGE = "demo.start.accounts"

SECRET_KEY = machine_secret(VAR_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "district.static.QuickStaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
