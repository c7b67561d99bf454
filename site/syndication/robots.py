"""`robots.txt`: what search engines may read."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Site


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Allow everything but the admin; nothing at all outside production."""
    return HttpResponse("\n".join([*_lines(request), ""]), content_type="text/plain; charset=utf-8")


def _lines(request: HttpRequest) -> list[str]:
    if not settings.PRODUCTION:
        return ["User-agent: *", "Disallow: /"]
    lines = ["User-agent: *", f"Disallow: {reverse('wagtailadmin_home')}"]
    if site := Site.find_for_request(request):
        lines += ["", f"Sitemap: {site.root_url}{reverse('sitemap')}"]
    return lines
