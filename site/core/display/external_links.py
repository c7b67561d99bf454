"""Links that lead out of the site, and the notice shown before an external site.

What is no plain URL of http or https is no link at all: browsers and Python parse malformed ones
differently, and the reader would go elsewhere than the notice says.
"""

import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import SplitResult, urlencode, urlsplit

import idna
from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import validate_host
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.rich_text import LinkHandler

from core.redirects import referring_url

MAX_URL_LENGTH = 2000
OFFICIAL_DOMAIN = "gov.cn"
VALID_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?")
# External links that Wagtail's rewriter hands to no link handler: `//host`, `ftp:` …
UNHANDLED_LINK = re.compile(
    r'<a\b[^>]*?\bhref="(?!https?:|mailto:|tel:|#|/(?![/\\]))([^"]*)"[^>]*>'
)


@dataclass(frozen=True)
class ExternalTarget:
    """The target of a link: its URL, and its host as a browser sends it."""

    url: str
    host: str

    @property
    def is_internal(self) -> bool:
        """Whether the host is one of ours."""
        own_hosts = [host for host in settings.ALLOWED_HOSTS if host != "*"]
        own_hosts.append(urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "")
        return validate_host(self.host, own_hosts)

    @property
    def needs_no_notice(self) -> bool:
        """Whether the link leads there directly: official sites, and those of `DIRECT_HOSTS`."""
        return any(
            self.host == name or self.host.endswith(f".{name}")
            for name in (OFFICIAL_DOMAIN, *settings.DIRECT_HOSTS)
        )

    @property
    def unicode_host(self) -> str:
        """The host in its own script; empty if that is the same."""
        try:
            decoded = idna.decode(self.host)
        except UnicodeError:
            return ""
        return decoded if decoded != self.host else ""


def parse_target(url: str) -> ExternalTarget | None:
    """Return the target of a link, its host in ASCII; None unless it is plain http or https."""
    url = url.strip()
    if " " in url or not url.isprintable() or len(url) > MAX_URL_LENGTH:
        return None
    try:
        parts = urlsplit(url)
        host, port = _ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not host:
        return None
    netloc = host if port is None else f"{host}:{port}"
    return ExternalTarget(SplitResult(parts.scheme, netloc, *parts[2:]).geturl(), host)


def _ascii_host(host: str) -> str:
    """Return the host as a browser sends it. Raise ValueError if it is not valid."""
    if not host.isascii():
        host = idna.encode(host, uts46=True).decode("ascii")
    if not VALID_HOST.fullmatch(host):
        raise ValueError(host)
    return host


def leaving_notice_url(target: ExternalTarget) -> str:
    """Return the URL of the notice for this target, signed so that nobody else can make one."""
    return f"{reverse('leave')}?{urlencode({'to': _signer().sign(target.url)})}"


def _signer() -> Signer:
    return Signer(salt="core.display.external_links")


def link_opening_tag(url: str) -> SafeString:
    """Return `<a …>` for a link to `url`, marked for screen readers; no href if it is invalid."""
    target = parse_target(url)
    if target is None:
        return SafeString("<a>")
    if target.is_internal:
        return format_html('<a href="{}">', target.url)
    return format_html(
        '<a class="out" href="{}" rel="{}" data-address="{}"><span class="sr">{} </span>',
        target.url if target.needs_no_notice else leaving_notice_url(target),
        "noopener" if target.needs_no_notice else "nofollow",
        target.url,
        _("Outside link:"),
    )


class ExternalLinkHandler(LinkHandler):
    """External links in rich text."""

    identifier = "external"

    @staticmethod
    def expand_db_attributes(attrs: dict) -> str:
        """Return the opening tag of the link."""
        return link_opening_tag(attrs.get("href", ""))


def without_invalid_links(html: str) -> SafeString:
    """Return rendered rich text without links that would avoid the notice (`//host`, ftp)."""
    return SafeString(UNHANDLED_LINK.sub(lambda match: link_opening_tag(unescape(match[1])), html))


@never_cache
@require_safe
def leaving_notice(request: HttpRequest) -> HttpResponse:
    """Show where the link leads and that the site is not ours; one link onward, one back.

    Raises:
        Http404: the URL was not signed here.
    """
    try:
        target = parse_target(_signer().unsign(request.GET.get("to", "")))
    except BadSignature:
        target = None
    if target is None:
        raise Http404("no such notice")
    context = {"target": target, "back_url": referring_url(request)}
    response = render(request, "core/leaving_notice.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response
