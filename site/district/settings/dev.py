"""Development, as `make dev` starts it: DEBUG, files where they lie, demo accounts at the login.

The same database and files as `local`, so that `make run` and `make dev` show the same district.
"""

from .local import *
from .local import INSTALLED_APPS, STORAGES

DEBUG = True
# Returns rows of name, password, role and school for the login screen.
LOGIN_ACCOUNTS = "demo.start.account_rows"
INSTALLED_APPS = ["district.dev", *INSTALLED_APPS]
ROOT_URLCONF = "district.dev.urls"
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
