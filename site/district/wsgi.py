"""The WSGI entry point; the server puts both import roots on its path (docs/operations.md)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "district.settings.production")
application = get_wsgi_application()
