"""URLs of the feeds and of the site map, in every language."""

from django.urls import path

from syndication import feeds, site_map

urlpatterns = [
    path("sitemap/", site_map.site_map, name="site_map"),
    path("feed/", feeds.site_feed, name="feed"),
    path("feed/<slug:kind>/", feeds.kind_feed, name="feed_of_kind"),
    path("feed/school/<slug:slug>/", feeds.school_feed, name="feed_of_school"),
]
