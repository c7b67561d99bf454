"""The site's URLs, and those of renditions, which in production the web server serves."""

from pathlib import Path

from django.conf import settings
from django.conf.urls.static import static

from district.urls import urlpatterns as site_urlpatterns

urlpatterns = [
    *static(f"{settings.MEDIA_URL}images/", document_root=Path(settings.MEDIA_ROOT) / "images"),
    *site_urlpatterns,
]
