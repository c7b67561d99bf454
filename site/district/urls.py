"""URLs: public pages have a language prefix for English, all else has none."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from appointments.views.activation import activate_account
from core.display import external_links
from district import maintenance
from home.styleguide import styleguide
from syndication import robots, sitemaps

urlpatterns = [
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("styleguide/", styleguide, name="styleguide"),
    path("", include("core.sharing.urls")),
    path("activate/<str:token>/", activate_account, name="activate_account"),
    path("health/", maintenance.health, name="health"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_part"),
]
urlpatterns += i18n_patterns(
    path("", include("syndication.urls")),
    path("", include("feedback.urls")),
    path("", include("search.urls")),
    path("leave/", external_links.leaving_notice, name="leave"),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
