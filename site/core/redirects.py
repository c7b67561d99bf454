"""Redirects after pages, and the page of this site from which a request came."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Page, Site


class PagePrecedenceRedirectMiddleware(RedirectMiddleware):
    """Wagtail's redirects, only for addresses at which no page answers.

    A public page answers 404 too: to a page number that its list does not have.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        redirected = super().process_response(request, response)
        is_redirect = redirected is not response
        return response if is_redirect and is_page_request(request) else redirected


def is_page_request(request: HttpRequest) -> bool:
    """Return whether the address (without its query) is that of a public or withdrawn page."""
    site = Site.find_for_request(request)
    return site is not None and page_exists_at(site, request.path, request)


def page_exists_at(site: Site, path: str, request: HttpRequest) -> bool:
    """Return whether a public or withdrawn page of `site` has the address `path` (unquoted)."""
    components = [part for part in path.split("/") if part]
    homes = site.root_page.get_translations(inclusive=True).select_related("locale")
    if components:
        for home in homes:
            if home.locale.language_code == components[0]:
                return _routes(home, request, components[1:])
    return _routes(site.root_page, request, components)


def _routes(home: Page, request: HttpRequest, components: list[str]) -> bool:
    try:
        home.specific.route(request, components)
    except Http404:
        return False
    return True


def referring_url(request: HttpRequest) -> str:
    """Return the page of this site that led to `request`; empty if unknown, or the same page."""
    referer = request.headers.get("referer", "")
    is_own = url_has_allowed_host_and_scheme(referer, {request.get_host()}, request.is_secure())
    return referer if is_own and urlsplit(referer).path != request.path else ""
