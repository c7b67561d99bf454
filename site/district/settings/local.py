"""One machine, as `make run` starts it: production-like, embedded database, no keys to set."""

from .base import *
from .base import VAR_DIR
from .secret import machine_secret

SECRET_KEY = machine_secret(VAR_DIR)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
