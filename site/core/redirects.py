"""Redirects that never stand before a page: not a public one, not a withdrawn one."""

from django.http import Http404
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Site


class CarefulRedirects(RedirectMiddleware):
    """Wagtail's redirects, for addresses at which no page of ours answers.

    A public page answers 404 too: to a page number its list does not have.
    """

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        return response if answer is not response and is_page_request(request) else answer


def is_page_request(request) -> bool:
    """Whether the address (without its query) is that of a public or withdrawn page."""
    site = Site.find_for_request(request)
    if site is None:
        return False
    return page_stands_at(site, request.path, request)


def page_stands_at(site, path: str, request) -> bool:
    """Whether a public or withdrawn page of `site` has the address `path` (unquoted)."""
    components = [part for part in path.split("/") if part]
    homes = site.root_page.get_translations(inclusive=True).select_related("locale")
    if components:
        english = [home for home in homes if home.locale.language_code == components[0]]
        if english:
            return _routes(english[0], request, components[1:])
    return _routes(site.root_page, request, components)


def _routes(home, request, components) -> bool:
    try:
        home.specific.route(request, components)
    except Http404:
        return False
    return True
