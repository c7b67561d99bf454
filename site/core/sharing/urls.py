"""URLs of share cards and icons; the same in every language."""

from django.urls import path, re_path

from core.sharing import views

urlpatterns = [
    path("favicon.ico", views.favicon, name="favicon"),
    re_path(
        r"^share/card-(?P<pk>\d{1,9})-(?P<digest>[0-9a-f]{24})\.png$",
        views.card,
        name="share_card",
    ),
    re_path(
        r"^share/seal-(?P<pk>\d{1,9})-(?P<digest>[0-9a-f]{24})\.(?P<kind>svg|png)$",
        views.seal,
        name="share_seal",
    ),
]
