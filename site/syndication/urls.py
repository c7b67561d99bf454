"""Addresses of the public site that are no pages, in every language."""

from django.urls import path

from syndication import feeds, site_map

urlpatterns = [
    path("sitemap/", site_map.site_map, name="site_map"),
    path("feed/", feeds.whole, name="feed"),
    path("feed/<slug:kind>/", feeds.of_kind, name="feed_of_kind"),
    path("feed/school/<slug:slug>/", feeds.of_school, name="feed_of_school"),
]
