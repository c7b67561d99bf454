"""The site's routes, and renditions, which a server hands out itself."""

from pathlib import Path

from django.conf import settings
from django.conf.urls.static import static

from district.urls import urlpatterns as routes_of_the_site

urlpatterns = [
    *static(f"{settings.MEDIA_URL}images/", document_root=Path(settings.MEDIA_ROOT) / "images"),
    *routes_of_the_site,
]
